"""The facts of attendance: half-days there, away, begun late, journey by journey."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.activity_report import Question

from .figure_facts import facts, journeys, within

_PRESENT = ("P", "R")


def attendance(asked: Question) -> sa.Select[Any]:
    """For each journey, half-days there among those marked."""
    mark = m.Attendance.mark
    there = sa.func.sum(sa.case((mark.in_(_PRESENT), 1), else_=0))
    query = facts(
        m.Journey.id, m.Journey.person_id, weight=there, total=sa.func.count(m.Attendance.id)
    )
    return _half_days(query, asked)


def absences(asked: Question) -> sa.Select[Any]:
    """For each journey, half-days away, by how."""
    mark = m.Attendance.mark
    query = facts(m.Journey.id, m.Journey.person_id, mark, weight=sa.func.count(m.Attendance.id))
    return _half_days(query, asked).where(mark.in_(("A", "E"))).group_by(mark)


def late(asked: Question) -> sa.Select[Any]:
    """For each journey, half-days begun late."""
    query = facts(m.Journey.id, m.Journey.person_id, weight=sa.func.count(m.Attendance.id))
    return _half_days(query, asked).where(m.Attendance.mark == "R")


def _half_days(query: sa.Select[Any], asked: Question) -> sa.Select[Any]:
    return (
        journeys(query)
        .join(m.Attendance, m.Attendance.journey_id == m.Journey.id)
        .where(within(m.Attendance.on, asked), m.Attendance.deleted_at.is_(None))
        .group_by(m.Journey.id, m.Journey.person_id, m.Cohort.id, m.Cohort.site_id)
    )
