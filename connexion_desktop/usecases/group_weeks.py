"""On which days the groups have their séances: what their weeks are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.meetings import MeetingState

_LONGEST = timedelta(weeks=60)
"""A group that began before is past its weeks."""


def held_days(
    session: Session, today: date, also: UUID | None = None, most: int | None = None
) -> Mapping[UUID, frozenset[date]]:
    """The days when each group that may be in its weeks has a séance that takes place: the `most`
    recent ones, or all of them, and `also` that one."""
    cohort, meeting = m.Cohort, m.Meeting
    lately = (
        sa.select(cohort.id)
        .where(
            cohort.deleted_at.is_(None),
            cohort.starts_on <= today,
            cohort.starts_on > today - _LONGEST,
        )
        .order_by(cohort.starts_on.desc())
        .limit(most)
    )
    rows = session.execute(
        sa.select(meeting.cohort_id, meeting.on)
        .where(
            sa.or_(meeting.cohort_id.in_(lately), meeting.cohort_id == also),
            meeting.state != MeetingState.CANCELLED.value,
            meeting.deleted_at.is_(None),
        )
        .distinct()
    )
    found: dict[UUID, set[date]] = defaultdict(set)
    for row in rows:
        found[row.cohort_id].add(row.on)
    return {cohort_id: frozenset(days) for cohort_id, days in found.items()}
