"""Computers lent and given back: the fleet, a hand-over, a return."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.conflicts import loaded
from connexion_desktop.domain.equipment import (
    EditEquipment,
    EquipmentRow,
    EquipmentState,
    GiveBack,
    Lend,
    NewEquipment,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.names import full_name

from .conflicts import merged_columns
from .person_rows import journey_on, the_person
from .taken import free_name


def fleet(session: Session) -> tuple[EquipmentRow, ...]:
    """Every piece of equipment by its number, and who has it."""
    item, loan = m.Equipment, m.Loan
    still_lent = sa.and_(
        loan.equipment_id == item.id, loan.returned_on.is_(None), loan.deleted_at.is_(None)
    )
    rows = session.execute(
        sa.select(
            item.id,
            item.number,
            item.model,
            item.serial,
            item.state,
            item.accessories,
            item.condition,
            item.value_cents,
            item.bought_on,
            loan.id.label("loan_id"),
            loan.lent_on,
            loan.due_on,
            m.Person.id.label("person_id"),
            m.Person.number.label("person_number"),
            m.Person.given_name,
            m.Person.family_name,
        )
        .outerjoin(loan, still_lent)
        .outerjoin(m.Person, m.Person.id == loan.person_id)
        .where(item.deleted_at.is_(None))
        .order_by(item.number)
    )
    return tuple(
        EquipmentRow(
            id=row.id,
            number=row.number,
            model=row.model or "",
            serial=row.serial or "",
            state=EquipmentState(row.state),
            accessories=row.accessories or "",
            condition=row.condition or "",
            loan_id=row.loan_id,
            person_id=row.person_id,
            person=full_name(row.given_name or "", row.family_name or ""),
            person_number=row.person_number or "",
            lent_on=row.lent_on,
            due_on=row.due_on,
            value_cents=row.value_cents,
            bought_on=row.bought_on,
        )
        for row in rows
    )


def add(session: Session, command: NewEquipment) -> None:
    """A piece that comes in. Raises UserError without a number, or with one that another has."""
    command.check()
    session.add(
        m.Equipment(
            id=command.id,
            number=_free_number(session, command.number),
            model=command.model.strip() or None,
            serial=command.serial.strip() or None,
        )
    )


def edit(session: Session, command: EditEquipment, today: date) -> None:
    """Mend what is known of a piece, lent or not. Raises UserError if it is gone, for a number that
    another has, or for what cannot be; ConflictError for what somebody else changed too."""
    cents = command.check(today)
    equipment = _the_equipment(session, command.id)
    typed = {
        "number": command.number.strip(),
        "model": command.model.strip() or None,
        "serial": command.serial.strip() or None,
        "value_cents": cents,
        "bought_on": command.bought_on,
        "accessories": command.accessories.strip() or None,
        "condition": command.condition.strip() or None,
    }
    values = merged_columns(session, equipment, command.seen and loaded(command.seen), typed)
    number = _free_number(session, values["number"], own=command.id)
    for column, value in {**values, "number": number}.items():
        setattr(equipment, column, value)


def _free_number(session: Session, typed: str, own: UUID | None = None) -> str:
    todo = "Chaque ordinateur a son numéro : corrigez celui-ci."
    return free_name(session, m.Equipment.number, typed, what="un", todo=todo, own=own)


def lend(session: Session, command: Lend, today: date) -> None:
    """Hand a piece over. Raises UserError if it is lent already, not in a state to be lent, or to
    somebody gone; in the future, or before it came back from the last loan."""
    command.check()
    equipment = _the_equipment(session, command.equipment_id)
    the_person(session, command.person_id)
    loans = session.scalars(
        sa.select(m.Loan).where(m.Loan.equipment_id == equipment.id, m.Loan.deleted_at.is_(None))
    ).all()
    is_out = any(loan.returned_on is None for loan in loans)
    if is_out or equipment.state != EquipmentState.AVAILABLE:
        state = EquipmentState.LENT if is_out else EquipmentState(equipment.state)
        raise UserError(
            f"{equipment.number} est {state.label}.",
            "Rien n’a changé.",
            "Choisissez un ordinateur disponible, ou notez d’abord son retour.",
        )
    back = max((loan.returned_on for loan in loans if loan.returned_on), default=date.min)
    if not back <= command.on <= today:
        raise UserError(
            f"Le {long_day(command.on)} n’est pas encore venu."
            if command.on > today
            else f"{equipment.number} n’était pas revenu le {long_day(command.on)}.",
            "Rien n’a changé.",
            "Corrigez le jour du prêt.",
        )
    equipment.state = EquipmentState.LENT.value
    session.add(
        m.Loan(
            id=command.loan_id,
            equipment_id=equipment.id,
            person_id=command.person_id,
            journey_id=journey_on(session, command.person_id, command.on),
            lent_on=command.on,
            due_on=command.due_on,
            condition_out=equipment.condition,
            accessories_out=equipment.accessories,
            aim=command.aim.strip() or None,
            digital_level_out=command.level,
        )
    )


def set_state(session: Session, equipment_id: UUID, state: EquipmentState) -> None:
    """Say what became of a piece that nobody has: repaired, lost, found again, retired. Raises
    UserError while it is lent: its return says it."""
    equipment = _the_equipment(session, equipment_id)
    if EquipmentState.LENT in (state, equipment.state):
        raise UserError(
            f"{equipment.number} est prêté.", "Rien n’a changé.", "Notez d’abord son retour."
        )
    equipment.state = state.value


def give_back(session: Session, command: GiveBack, today: date) -> None:
    """A return. Raises UserError if it is back already, before it was lent, or in the future."""
    loan = session.get(m.Loan, command.loan_id)
    if loan is None or loan.deleted_at is not None or loan.returned_on is not None:
        raise UserError("Ce prêt est déjà terminé.", "Rien n’a changé.")
    if command.state is EquipmentState.LENT:
        raise UserError("Ce qui revient n’est plus prêté.", "Rien n’a changé.")
    if not loan.lent_on <= command.on <= today:
        raise UserError(
            f"Le {long_day(command.on)} n’est pas entre le prêt ({long_day(loan.lent_on)}) et "
            "aujourd’hui.",
            "Rien n’a changé.",
            "Corrigez le jour du retour.",
        )
    loan.returned_on = command.on
    loan.condition_in = command.condition.strip() or None
    loan.digital_level_in = command.level
    equipment = session.get_one(m.Equipment, loan.equipment_id)
    equipment.state = command.state.value
    if command.condition.strip():
        equipment.condition = command.condition.strip()


def _the_equipment(session: Session, equipment_id: UUID) -> m.Equipment:
    equipment = session.get(m.Equipment, equipment_id)
    if equipment is None or equipment.deleted_at is not None:
        raise UserError("Cet ordinateur n’est plus dans la base.", "Rien n’a changé.")
    return equipment
