"""The facts of loans: begun, ended, under way, overdue."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m

from .figure_facts import LAST_DAY, facts, with_latest_group, within


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


LENT = _loans(on=m.Loan.lent_on).where(within(m.Loan.lent_on))
"""Loans begun."""

RETURNED = _loans(on=m.Loan.returned_on).where(within(m.Loan.returned_on))
"""Loans ended."""

STILL_LENT = _loans(on=m.Loan.lent_on).where(
    m.Loan.lent_on <= LAST_DAY,
    sa.or_(m.Loan.returned_on.is_(None), m.Loan.returned_on > LAST_DAY),
)
"""Loans under way on the last day of the period, or today if that is to come."""

OVERDUE = STILL_LENT.where(m.Loan.due_on < LAST_DAY)
"""Loans under way that day and due before it."""
