"""What every convention says of the association: who it is, its delegation, its team."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement import PlacementState
from connexion_desktop.domain.placement_file import (
    Choice,
    DelegationRow,
    EditPrescriber,
    NewStaff,
    PrescriberRow,
    SaveDelegation,
)
from connexion_desktop.domain.siret import bare_siret
from connexion_desktop.usecases.conflicts import Held, column_of, refuse_overwriting
from connexion_desktop.usecases.placement_drafts import editable
from connexion_desktop.usecases.placement_facts import valid_delegation
from connexion_desktop.usecases.placement_paper import get
from connexion_desktop.usecases.team_names import refuse_homonym

_EDITABLE = (
    "name",
    "siret",
    "address",
    "postal_code",
    "city",
    "phone",
    "email",
    "signatory_name",
    "signatory_function",
)
_LENGTH_OF_SIRET = 14


def prescriber(session: Session, delegation_id: UUID | None) -> PrescriberRow:
    """The association, and one of its delegations."""
    association = _association(session)
    found = get(session, m.Delegation, delegation_id)
    return PrescriberRow(
        {name: getattr(association, name) or "" for name in _EDITABLE},
        DelegationRow(
            found.id,
            found.reference,
            found.body_name,
            found.body_address or "",
            found.starts_on,
            found.ends_on,
        )
        if found is not None
        else None,
    )


def edit_prescriber(session: Session, command: EditPrescriber) -> None:
    """Set one field of the association. Issued conventions keep what they said. Raises
    ConflictError where somebody changed it, or one linked to it, since it was seen."""
    if command.field not in _EDITABLE:
        raise ValueError(command.field)
    association, name = _association(session), f"prescriber.{command.field}"
    refuse_overwriting(
        session,
        command.seen,
        name,
        command.value,
        lambda each: _held(association, each),
        kept=_kept,
    )
    value = _kept(name, command.value)
    if command.field == "siret" and len(value) > _LENGTH_OF_SIRET:
        raise UserError("Un SIRET compte 14 chiffres.", "Ce qui était noté avant est gardé.")
    if command.field == "name" and not value:
        raise UserError("Le nom de l’association manque.", "L’ancien nom est gardé.")
    setattr(association, command.field, value or None)


def _held(association: m.Association, name: str) -> Held:
    found = column_of(association, name.removeprefix("prescriber."))
    return replace(found, value=found.value or "")


def _kept(name: str, sent: str) -> str:
    text = sent.strip()
    if name == "prescriber.siret":
        return bare_siret(text)
    return tidy_phone(text) if name == "prescriber.phone" else text


def save_delegation(session: Session, command: SaveDelegation) -> None:
    """Write a delegation or correct it. The open drafts it serves are put on it.

    Raises UserError while its reference, its body or a date is missing, or if it ends too soon.
    """
    reference, body = command.reference.strip(), command.body_name.strip()
    first, last = command.starts_on, command.ends_on
    if not reference or not body or first is None or last is None:
        raise UserError(
            "Il manque une mention de la délégation.",
            "Rien n’a été enregistré.",
            "Il faut sa référence, l’organisme délégant, sa date de début et sa date de fin.",
        )
    if last < first:
        raise UserError("La délégation prend fin avant de commencer.", "Rien n’a été enregistré.")
    row = get(session, m.Delegation, command.id)
    if row is None:
        row = m.Delegation(id=command.id)
        session.add(row)
    row.reference, row.body_name = reference, body
    row.body_address = command.body_address.strip() or None
    row.starts_on, row.ends_on = first, last
    session.flush()
    put_drafts_on(session, command.today)


def put_drafts_on(session: Session, today: date) -> None:
    """Put each open draft on the delegation valid on its first day."""
    drafts = session.scalars(
        select(m.Placement).where(
            or_(m.Placement.state == PlacementState.DRAFT, m.Placement.revising),
            m.Placement.deleted_at.is_(None),
        )
    ).all()
    for draft in drafts:
        valid = valid_delegation(session, draft.starts_on or today)
        draft.delegation_id = valid.id if valid is not None else None


def staff_choices(session: Session) -> tuple[Choice, ...]:
    """Who may be the conseiller référent."""
    rows = session.scalars(
        select(m.Staff)
        .where(m.Staff.deleted_at.is_(None), m.Staff.left_on.is_(None))
        .order_by(m.Staff.family_name, m.Staff.given_name)
    )
    return tuple(
        Choice(row.id, full_name(row.given_name, row.family_name), row.function) for row in rows
    )


def add_staff(session: Session, command: NewStaff) -> None:
    """Write a conseiller in the team and put the draft in their hands."""
    given, _, family = command.name.strip().partition(" ")
    if not given:
        raise UserError("Le nom du conseiller manque.", "Rien n’a changé.")
    placement = editable(session, command.placement_id)
    refuse_homonym(session, full_name(given, family.strip()))
    session.add(m.Staff(id=command.id, given_name=given, family_name=family.strip()))
    session.flush()
    placement.staff_id = command.id


def _association(session: Session) -> m.Association:
    return session.get_one(m.Association, session.info["association_id"])
