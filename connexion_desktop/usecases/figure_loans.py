"""The facts of loans: begun, ended, under way, overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.activity_report import Question

from .figure_facts import facts, last_day, with_latest_group, within


def lent(asked: Question) -> sa.Select[Any]:
    """Loans begun."""
    return _loans(on=m.Loan.lent_on).where(within(m.Loan.lent_on, asked))


def returned(asked: Question) -> sa.Select[Any]:
    """Loans ended."""
    return _loans(on=m.Loan.returned_on).where(within(m.Loan.returned_on, asked))


def still_lent(asked: Question) -> sa.Select[Any]:
    """Loans under way on the last day of the period, or today if that is to come."""
    return _under_way(last_day(asked))


def overdue(asked: Question) -> sa.Select[Any]:
    """Loans under way that day and due before it."""
    day = last_day(asked)
    return _under_way(day).where(m.Loan.due_on < day)


def _loans(on: Any) -> sa.Select[Any]:
    loan, person, equipment = m.Loan, m.Person, m.Equipment
    query = facts(loan.id, loan.person_id, equipment.kind, on=on, site=person.site_id)
    joined = (
        query.select_from(loan)
        .join(person, person.id == loan.person_id)
        .join(equipment, equipment.id == loan.equipment_id)
    )
    return with_latest_group(joined, person.id).where(
        loan.deleted_at.is_(None), person.deleted_at.is_(None)
    )


def _under_way(day: date) -> sa.Select[Any]:
    loan = m.Loan
    return _loans(on=loan.lent_on).where(
        loan.lent_on <= day, sa.or_(loan.returned_on.is_(None), loan.returned_on > day)
    )
