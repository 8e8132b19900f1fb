"""Organisations: partners, hosts, funders; their contacts."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connexion_desktop.domain.names import LONGEST_FOLDED

from .base import Row, code, ref, unique_alive, words


class Organisation(Row):
    """A company, an association, a public body."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_siret", "siret"),
        Index("ix_organisation_folded", "folded"),
    )

    name: Mapped[str] = words(200, "Nom")
    folded: Mapped[str] = mapped_column(String(LONGEST_FOLDED))
    siret: Mapped[str | None] = words(40, "SIRET")
    legal_form: Mapped[str | None] = words(80, "Forme juridique")
    ape: Mapped[str | None] = words(8, "Code APE")
    activity: Mapped[str | None] = words(200, "Activité")
    collective_agreement: Mapped[str | None] = words(200, "Convention collective")
    address: Mapped[str | None] = words(300, "Adresse")
    postal_code: Mapped[str | None] = words(10, "Code postal")
    city: Mapped[str | None] = words(120, "Ville")
    country: Mapped[str | None] = words(80, "Pays")
    phone: Mapped[str | None] = words(30, "Téléphone")
    email: Mapped[str | None] = words(200, "Courriel")
    signatory_name: Mapped[str | None] = words(160, "Signataire")
    signatory_function: Mapped[str | None] = words(160, "Fonction du signataire")
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
    name: Mapped[str] = words(160, "Nom")
    function: Mapped[str | None] = words(160, "Fonction")
    phone: Mapped[str | None] = words(30, "Téléphone")
    email: Mapped[str | None] = words(200, "Courriel")
    left_on: Mapped[date | None]
