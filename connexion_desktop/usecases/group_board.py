"""A group at a glance: its people's cards, from a dozen SELECTs whatever the size of the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.together import together
from connexion_desktop.domain import alerts
from connexion_desktop.domain.board import BoardQuery, GroupBoard, GroupBrief, ProgrammeDay
from connexion_desktop.domain.calendar_fr import holiday_name
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.servers import Role, reads_confidential, reads_people
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY, phase_text, programme_days
from connexion_desktop.usecases import group_reads as reads
from connexion_desktop.usecases.group_cards import Frame, cards, gather
from connexion_desktop.usecases.roles import roles_of

_SILENCE, _DAYS = "programme.no_contact_days", "programme.days"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Row = sa.Row[Any]


def load(session: Session, query: BoardQuery) -> GroupBoard:
    """The board of a group; without one asked for (or if it is gone), of the latest that began."""
    with together(session) as ask:
        listing = ask(reads.groups, session)
        asked = ask(_asked, session, query.cohort_id)
        known = ask(reads.settings, session, (_SILENCE, _DAYS))
        own = ask(reads.own_groups, session, query.today)
    listed, settings = listing.value, known.value
    mine = own.value
    group = asked.value or _latest(listed, query.today, mine)
    if group is None:
        return GroupBoard(query.today)
    days = _programme(group, settings.get(_DAYS))
    with together(session) as ask:
        closings = ask(_closings, session, group.site_id, days)
        facts = ask(gather, session, group.id, query.today)
    closed = _closing_names(closings.value)
    frame = Frame(
        today=query.today,
        days=tuple(ProgrammeDay(day.on, day.week, closed(day.on)) for day in days),
        no_contact_days=settings.get(_SILENCE, alerts.NO_CONTACT_DAYS),
        is_over=group.closed_on is not None,
        reserved=not reads_confidential(roles_of(session)),
    )
    return GroupBoard(
        today=query.today,
        cohort=_brief(group, query.today, closed_to_me=_is_closed(session, group, mine)),
        days=frame.days,
        cards=cards(facts.value, frame),
        groups=tuple(_brief(row, query.today) for row in listed),
        no_contact_days=frame.no_contact_days,
    )


def load_days(session: Session, query: BoardQuery, days: int) -> list[GroupBoard]:
    """The boards that `load` gives if nothing changes: on the day asked for, and on the next ones.

    A board depends on the base and on the day alone.
    """
    nexts = (query.today + timedelta(days=later) for later in range(days))
    return [load(session, replace(query, today=day)) for day in nexts]


def _asked(session: Session, cohort_id: UUID | None) -> Row | None:
    return None if cohort_id is None else reads.group(session, cohort_id)


def _latest(listed: reads.Rows, today: date, mine: frozenset[UUID]) -> Row | None:
    """Of one's own, where one has any."""
    listed = [row for row in listed if row.id in mine] or listed
    begun = (row for row in listed if row.starts_on <= today)
    return next(begun, listed[-1] if listed else None)


def _is_closed(session: Session, group: Row, mine: frozenset[UUID]) -> bool:
    """Whether who asks sees nobody of a group: a colleague's, or any for the direction."""
    roles = roles_of(session)
    if not reads_people(roles):
        return True
    sees_all = not roles or Role.SECRETARIAT in roles
    return not sees_all and group.conseiller_id is not None and group.id not in mine


def _brief(row: Row, today: date, *, closed_to_me: bool = False) -> GroupBrief:
    return GroupBrief(
        id=row.id,
        name=row.name,
        starts_on=row.starts_on,
        phase=phase_text(row.starts_on, row.weeks, row.closed_on, today),
        site=row.site or "",
        conseiller=full_name(row.given_name or "", row.family_name or ""),
        is_closed_to_me=closed_to_me,
    )


def _programme(group: Row, names: list[str] | None) -> tuple[ProgrammeDay, ...]:
    weekdays = (
        tuple(_WEEKDAYS.index(name) for name in names if name in _WEEKDAYS)
        if names
        else MONDAY_AND_TUESDAY
    )
    return programme_days(group.starts_on, group.weeks, weekdays)


def _closings(session: Session, site_id: UUID | None, days: Sequence[ProgrammeDay]) -> reads.Rows:
    return reads.closures(session, site_id, days[0].on, days[-1].on) if days else ()


def _closing_names(closures: reads.Rows) -> Callable[[date], str]:
    def name(day: date) -> str:
        closing = (row.label for row in closures if row.first_on <= day <= row.last_on)
        return holiday_name(day) or next(closing, "")

    return name
