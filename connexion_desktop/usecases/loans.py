"""Computers lent and given back: the fleet, a hand-over, a return."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.equipment import (
    EquipmentRow,
    EquipmentState,
    GiveBack,
    Lend,
    NewEquipment,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.names import fold, full_name


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
            loan.id.label("loan_id"),
            loan.lent_on,
            loan.due_on,
            m.Person.id.label("person_id"),
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
            lent_on=row.lent_on,
            due_on=row.due_on,
        )
        for row in rows
    )


def add(session: Session, command: NewEquipment) -> None:
    """A piece that comes in. Raises UserError without a number, or with one that another has."""
    command.check()
    number = " ".join(command.number.split())
    known = session.scalars(sa.select(m.Equipment.number).where(m.Equipment.deleted_at.is_(None)))
    if any(fold(other) == fold(number) for other in known):
        raise UserError(
            f"Il y a déjà un « {number} ».",
            "Ce que vous avez écrit est gardé.",
            "Chaque ordinateur a son numéro : corrigez celui-ci.",
        )
    session.add(
        m.Equipment(
            id=command.id,
            number=number,
            model=command.model.strip() or None,
            serial=command.serial.strip() or None,
        )
    )


def lend(session: Session, command: Lend) -> None:
    """Hand a piece over. Raises UserError if it is lent already, or not in a state to be lent."""
    command.check()
    equipment = session.get(m.Equipment, command.equipment_id)
    if equipment is None or equipment.deleted_at is not None:
        raise UserError("Cet ordinateur n’est plus dans la base.", "Rien n’a changé.")
    if equipment.state != EquipmentState.AVAILABLE:
        raise UserError(
            f"{equipment.number} est {EquipmentState(equipment.state).label}.",
            "Rien n’a changé.",
            "Choisissez un ordinateur disponible, ou notez d’abord son retour.",
        )
    equipment.state = EquipmentState.LENT.value
    session.add(
        m.Loan(
            id=command.loan_id,
            equipment_id=equipment.id,
            person_id=command.person_id,
            journey_id=_journey_of(session, command.person_id),
            lent_on=command.on,
            due_on=command.due_on,
            condition_out=equipment.condition,
            accessories_out=equipment.accessories,
            aim=command.aim.strip() or None,
            digital_level_out=command.level,
        )
    )


def give_back(session: Session, command: GiveBack, today: date) -> None:
    """A return. Raises UserError if it is back already, before it was lent, or in the future."""
    loan = session.get(m.Loan, command.loan_id)
    if loan is None or loan.deleted_at is not None or loan.returned_on is not None:
        raise UserError("Ce prêt est déjà terminé.", "Rien n’a changé.")
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


def _journey_of(session: Session, person_id: UUID) -> UUID | None:
    journey = m.Journey
    return session.scalar(
        sa.select(journey.id)
        .where(
            journey.person_id == person_id,
            journey.left_on.is_(None),
            journey.deleted_at.is_(None),
        )
        .order_by(journey.entered_on.desc())
        .limit(1)
    )
