"""The association, its sites, its staff, its settings and its reference lists."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import JSON_OR_NULL, Row, code, ref, unique_alive, words


class Association(Row):
    """The tenant: an association, prescriber of its own conventions."""

    __tablename__ = "association"

    name: Mapped[str] = words(200, "Nom")
    legal_form: Mapped[str] = words(80, "Forme juridique", default="Association loi 1901")
    siret: Mapped[str | None] = words(14, "SIRET")
    address: Mapped[str | None] = words(300, "Adresse")
    postal_code: Mapped[str | None] = words(10, "Code postal")
    city: Mapped[str | None] = words(120, "Ville")
    phone: Mapped[str | None] = words(30, "Téléphone")
    email: Mapped[str | None] = words(200, "Courriel")
    signatory_name: Mapped[str | None] = words(160, "Signataire")
    signatory_function: Mapped[str | None] = words(160, "Fonction du signataire")


class Site(Row):
    """A place where groups meet: Bordeaux, Talence, Pessac."""

    __tablename__ = "site"
    __table_args__ = (unique_alive("site_code", "code"),)

    code: Mapped[str] = code()
    name: Mapped[str] = words(120, "Nom")
    address: Mapped[str | None] = words(300, "Adresse")
    postal_code: Mapped[str | None] = words(10, "Code postal")
    city: Mapped[str | None] = words(120, "Ville")
    sessions: Mapped[int | None]
    room: Mapped[str | None] = words(120, "Salle habituelle")


class Staff(Row):
    """A member of the team."""

    __tablename__ = "staff"
    __table_args__ = (unique_alive("staff_login", "login"),)

    given_name: Mapped[str] = words(120, "Prénom")
    family_name: Mapped[str] = words(120, "Nom")
    function: Mapped[str] = words(160, "Fonction", default="Conseiller référent")
    phone: Mapped[str | None] = words(30, "Téléphone")
    email: Mapped[str | None] = words(200, "Courriel")
    login: Mapped[str | None] = mapped_column(String(80))
    left_on: Mapped[date | None]


class StaffRole(Row):
    """A role held by a member of the team, for a site or for all; one person may hold two."""

    __tablename__ = "staff_role"

    staff_id: Mapped[UUID] = ref("staff")
    role: Mapped[str] = code()
    site_id: Mapped[UUID | None] = ref("site")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class CohortAccess(Row):
    """A dated replacement: access to a group's people during a colleague's leave."""

    __tablename__ = "cohort_access"

    staff_id: Mapped[UUID] = ref("staff")
    cohort_id: Mapped[UUID] = ref("cohort")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Delegation(Row):
    """The convention by which a public body makes the association a prescriber (L.5135-2 5°)."""

    __tablename__ = "delegation"

    reference: Mapped[str] = words(120, "Référence")
    body_name: Mapped[str] = words(200, "Organisme")
    body_address: Mapped[str | None] = words(400, "Adresse de l’organisme")
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Setting(Row):
    """A setting of the association, by key; the value is JSON."""

    __tablename__ = "setting"
    __table_args__ = (unique_alive("setting_key", "key"),)

    key: Mapped[str] = mapped_column(String(120))
    value: Mapped[Any] = mapped_column(JSON)


class ReferenceItem(Row):
    """A line of a reference list: stable code, editable words; once used, retired, not deleted."""

    __tablename__ = "reference_item"
    __table_args__ = (unique_alive("reference_item_code", "list", "code"),)

    list: Mapped[str] = code()
    code: Mapped[str] = code()
    label: Mapped[str] = words(200, "Libellé")
    definition: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    to_confirm: Mapped[bool] = mapped_column(default=False)
    retired_on: Mapped[date | None]
    data: Mapped[Any | None] = mapped_column(JSON_OR_NULL)


class Target(Row):
    """An objective agreed with a funder for a figure, over a period."""

    __tablename__ = "target"

    figure: Mapped[str] = mapped_column(String(80))
    funder_id: Mapped[UUID | None] = ref("organisation")
    site_id: Mapped[UUID | None] = ref("site")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    value: Mapped[float]


class FunderCode(Row):
    """How a funder names a code of a reference list (« emploi durable », ISCED band…)."""

    __tablename__ = "funder_code"
    __table_args__ = (unique_alive("funder_code", "funder_id", "list", "code"),)

    funder_id: Mapped[UUID] = ref("organisation")
    list: Mapped[str] = code()
    code: Mapped[str] = code()
    theirs: Mapped[str] = mapped_column(String(200))
