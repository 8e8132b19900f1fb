"""The attendance sheets of the demo: two weeks at a time, signed but for the last."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.attendance_paper import SheetRequest
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.usecases import attendance_sheets

_LATE = timedelta(days=3)


def print_sheets(session: Session, today: date) -> None:
    """Print the sheets of the groups that meet today, two weeks at a time from their first day."""
    cohort = m.Cohort
    running = session.execute(
        sa.select(cohort.id, cohort.starts_on, cohort.weeks)
        .where(cohort.starts_on <= today, cohort.ends_on >= today)
        .order_by(cohort.starts_on)
    ).all()
    for group_id, starts_on, weeks in running:
        for week in range(1, weeks, 2):
            first = starts_on + timedelta(weeks=week - 1)
            if first <= today:
                query = BoardQuery(group_id, first)
                attendance_sheets.make(session, query, SheetRequest(monday=monday_of(first)))
    table = m.AttendanceSheet
    for sheet in session.scalars(sa.select(table)):
        back = sheet.last_on + _LATE
        sheet.signed_on = back if back < today else None
