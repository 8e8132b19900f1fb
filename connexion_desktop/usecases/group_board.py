"""A group at a glance: its people's cards, from a dozen SELECTs whatever the size of the base."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.domain import alerts
from connexion_desktop.domain.board import BoardQuery, GroupBoard, GroupBrief, ProgrammeDay
from connexion_desktop.domain.calendar_fr import holiday_name
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY, phase_text, programme_days
from connexion_desktop.usecases import group_reads as reads
from connexion_desktop.usecases.group_cards import Frame, cards

_SILENCE, _DAYS = "programme.no_contact_days", "programme.days"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Row = sa.Row[Any]


def load(session: Session, query: BoardQuery) -> GroupBoard:
    """The board of a group; without one asked for (or if it is gone), of the latest that began."""
    listed = reads.groups(session)
    group = _pick(session, listed, query)
    if group is None:
        return GroupBoard(query.today)
    settings = reads.settings(session, (_SILENCE, _DAYS))
    frame = Frame(
        today=query.today,
        days=_days(session, group, settings.get(_DAYS)),
        no_contact_days=settings.get(_SILENCE, alerts.NO_CONTACT_DAYS),
        is_over=group.closed_on is not None,
    )
    return GroupBoard(
        today=query.today,
        cohort=_brief(group, query.today),
        days=frame.days,
        cards=cards(session, reads.people(session, group.id), frame),
        groups=tuple(_brief(row, query.today) for row in listed),
        no_contact_days=frame.no_contact_days,
    )


def load_days(session: Session, query: BoardQuery, days: int) -> list[GroupBoard]:
    """The boards that `load` gives if nothing changes: on the day asked for, and on the next ones.

    A board depends on the base and on the day alone.
    """
    nexts = (query.today + timedelta(days=later) for later in range(days))
    return [load(session, replace(query, today=day)) for day in nexts]


def _pick(session: Session, listed: reads.Rows, query: BoardQuery) -> Row | None:
    if query.cohort_id is not None:
        known = next((row for row in listed if row.id == query.cohort_id), None)
        asked = known or reads.group(session, query.cohort_id)
        if asked is not None:
            return asked
    begun = (row for row in listed if row.starts_on <= query.today)
    return next(begun, listed[-1] if listed else None)


def _brief(row: Row, today: date) -> GroupBrief:
    return GroupBrief(
        id=row.id,
        name=row.name,
        starts_on=row.starts_on,
        phase=phase_text(row.starts_on, row.weeks, row.closed_on, today),
        site=row.site or "",
        conseiller=full_name(row.given_name or "", row.family_name or ""),
    )


def _days(session: Session, group: Row, names: list[str] | None) -> tuple[ProgrammeDay, ...]:
    weekdays = (
        tuple(_WEEKDAYS.index(name) for name in names if name in _WEEKDAYS)
        if names
        else MONDAY_AND_TUESDAY
    )
    days = programme_days(group.starts_on, group.weeks, weekdays)
    if not days:
        return ()
    closed = _closing_names(reads.closures(session, group.site_id, days[0].on, days[-1].on))
    return tuple(ProgrammeDay(day.on, day.week, closed(day.on)) for day in days)


def _closing_names(closures: reads.Rows) -> Callable[[date], str]:
    def name(day: date) -> str:
        closing = (row.label for row in closures if row.first_on <= day <= row.last_on)
        return holiday_name(day) or next(closing, "")

    return name
