"""Who a paper is between, gathered from the rows of the base: any paper says them alike."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.convention_paper import Address, Body, Contact


def association_of(session: Session) -> m.Association:
    """The association whose base it is."""
    return session.get_one(m.Association, session.info["association_id"])


def contacts_of(session: Session, person_id: UUID) -> dict[str, Contact]:
    """Who stands beside a person, by kind (« emergency », « representative »)."""
    contacts = session.scalars(
        select(m.PersonContact).where(
            m.PersonContact.person_id == person_id, m.PersonContact.deleted_at.is_(None)
        )
    )
    return {
        contact.kind: Contact(
            contact.name, contact.relation or "", contact.phone or "", contact.email or ""
        )
        for contact in contacts
    }


def body_of(row: m.Association | m.Organisation | m.PersonEmployer) -> Body:
    """An organisation as a paper describes one."""
    return Body(
        name=row.name,
        legal_form=row.legal_form or "",
        siret=row.siret or "",
        address=address_of(row),
        phone=row.phone or "",
        email=_text(row, "email"),
    )


def address_of(row: m.Association | m.Organisation | m.Person | m.PersonEmployer) -> Address:
    """Where they are."""
    return Address(
        street=row.address or "",
        extra=_text(row, "address_extra"),
        postal_code=row.postal_code or "",
        city=row.city or "",
        country=_text(row, "country") or "France",
    )


def _text(row: m.Row, column: str) -> str:
    """What a row holds there; nothing where its table has no such column."""
    return getattr(row, column, None) or ""
