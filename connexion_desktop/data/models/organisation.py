"""Organisations: partners, hosts, funders; their contacts."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connexion_desktop.domain.names import LONGEST_FOLDED

from .base import Row, code, ref, unique_alive


class Organisation(Row):
    """A company, an association, a public body."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_siret", "siret"),
        Index("ix_organisation_folded", "folded"),
    )

    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(LONGEST_FOLDED))
    siret: Mapped[str | None] = mapped_column(String(40))
    legal_form: Mapped[str | None] = mapped_column(String(80))
    ape: Mapped[str | None] = mapped_column(String(8))
    activity: Mapped[str | None] = mapped_column(String(200))
    collective_agreement: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(300))
    postal_code: Mapped[str | None] = mapped_column(String(10))
    city: Mapped[str | None] = mapped_column(String(120))
    country: Mapped[str | None] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(200))
    signatory_name: Mapped[str | None] = mapped_column(String(160))
    signatory_function: Mapped[str | None] = mapped_column(String(160))
    insurance_attested_on: Mapped[date | None]
    sunday_practice: Mapped[bool] = mapped_column(Boolean, default=False)
    night_practice: Mapped[bool] = mapped_column(Boolean, default=False)
    detail: Mapped[str | None] = mapped_column(Text)


class OrganisationRole(Row):
    """What an organisation is to us: host, partner, orienting body, funder, employer."""

    __tablename__ = "organisation_role"
    __table_args__ = (unique_alive("organisation_role", "organisation_id", "role"),)

    organisation_id: Mapped[UUID] = ref("organisation")
    role: Mapped[str] = code()


class Contact(Row):
    """Someone at an organisation: a tutor, a signatory, a correspondent."""

    __tablename__ = "contact"

    organisation_id: Mapped[UUID] = ref("organisation")
    name: Mapped[str] = mapped_column(String(160))
    function: Mapped[str | None] = mapped_column(String(160))
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(200))
    left_on: Mapped[date | None]
