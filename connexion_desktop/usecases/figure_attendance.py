"""The facts of attendance: half-days there, away, begun late, journey by journey."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m

from .figure_facts import Column, facts, journeys, within
from .meeting_reads import is_there

_MARK = m.Attendance.mark
_HALF_DAYS: Column = sa.func.count(m.Attendance.id)


def _half_days(*kinds: Column, weight: Column, total: Column | None = None) -> sa.Select[Any]:
    query = facts(m.Journey.id, m.Journey.person_id, *kinds, weight=weight, total=total)
    return (
        journeys(query)
        .join(m.Attendance, m.Attendance.journey_id == m.Journey.id)
        .where(
            within(m.Attendance.on), is_there(m.Attendance.on), m.Attendance.deleted_at.is_(None)
        )
        .group_by(m.Journey.id, m.Journey.person_id, m.Cohort.id, m.Cohort.site_id, *kinds)
    )


ATTENDANCE = _half_days(
    weight=sa.func.sum(sa.case((_MARK.in_(("P", "R")), 1), else_=0)), total=_HALF_DAYS
)
"""For each journey, half-days there among those marked."""

ABSENCES = _half_days(_MARK, weight=_HALF_DAYS).where(_MARK.in_(("A", "E")))
"""For each journey, half-days away, by how."""

LATE = _half_days(weight=_HALF_DAYS).where(_MARK == "R")
"""For each journey, half-days begun late."""
