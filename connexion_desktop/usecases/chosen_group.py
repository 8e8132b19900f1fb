"""Which group a page is about: the one asked for, else the latest that began; and its calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.together import together
from connexion_desktop.domain.board import BoardQuery, GroupBrief
from connexion_desktop.domain.calendar_fr import holiday_name
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.servers import Role, reads_confidential, reads_people
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY, phase_text, programme_mondays
from connexion_desktop.usecases import group_reads as reads
from connexion_desktop.usecases.group_weeks import held_days
from connexion_desktop.usecases.roles import roles_of, staff_of

_DAYS = "programme.days"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Row = sa.Row[Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The `group`, None where there is none; all that are `listed`; those that are one's own; the
    days when they have a séance; the settings asked for beside."""

    group: Row | None
    listed: reads.Rows
    mine: frozenset[UUID]
    held: Mapping[UUID, frozenset[date]]
    settings: Mapping[str, Any]

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The days of the programme, counted from Monday."""
        return _weekdays(self.settings)

    def is_closed_to_me(self, session: Session) -> bool:
        """Whether who asks sees nobody of the group: a colleague's, or any for the direction."""
        roles, group = roles_of(session), self.group
        if not reads_people(roles):
            return True
        sees_all = not roles or Role.SECRETARIAT in roles
        followed = group is not None and group.conseiller_id is not None
        return not sees_all and followed and group is not None and group.id not in self.mine

    def brief(self, row: Row, today: date, *, closed_to_me: bool = False) -> GroupBrief:
        """A group in a list."""
        mondays = programme_mondays(
            row.starts_on, row.weeks, self.held.get(row.id, ()), self.weekdays
        )
        return GroupBrief(
            id=row.id,
            name=row.name,
            starts_on=row.starts_on,
            phase=phase_text(row.starts_on, mondays, row.weeks, row.closed_on, today),
            site=row.site or "",
            conseiller=full_name(row.given_name or "", row.family_name or ""),
            is_closed_to_me=closed_to_me,
        )

    def confides(self, session: Session) -> bool:
        """Whether who asks reads and writes what is confidential in the group: on the shared
        server, who follows it or replaces there; on a file, who opens it."""
        group = self.group
        if staff_of(session) is None or group is None or group.id in self.mine:
            return True
        return reads_confidential(roles_of(session)) and group.conseiller_id is None


def programme_weekdays(session: Session) -> tuple[int, ...]:
    """The days of the programme, counted from Monday."""
    return _weekdays(reads.settings(session, (_DAYS,)))


def _weekdays(settings: Mapping[str, Any]) -> tuple[int, ...]:
    names = settings.get(_DAYS) or ()
    return tuple(_WEEKDAYS.index(each) for each in names if each in _WEEKDAYS) or (
        MONDAY_AND_TUESDAY
    )


def choose(session: Session, query: BoardQuery, settings: tuple[str, ...] = ()) -> Chosen:
    """The group asked for; without one (or if it is gone), the latest begun, of one's own where one
    has any."""
    with together(session) as ask:
        listing = ask(reads.groups, session)
        asked = ask(_asked, session, query.cohort_id)
        known = ask(reads.settings, session, (*settings, _DAYS))
        own = ask(reads.own_groups, session, query.today)
        held = ask(held_days, session, query.today, query.cohort_id, most=reads.GROUPS_LISTED)
    group = asked.value or _latest(listing.value, query.today, own.value)
    return Chosen(group, listing.value, own.value, held.value, known.value)


def _asked(session: Session, cohort_id: UUID | None) -> Row | None:
    return None if cohort_id is None else reads.group(session, cohort_id)


def _latest(listed: reads.Rows, today: date, mine: frozenset[UUID]) -> Row | None:
    listed = [row for row in listed if row.id in mine] or listed
    begun = (row for row in listed if row.starts_on <= today)
    return next(begun, listed[-1] if listed else None)


def closing_names(closures: reads.Rows) -> Callable[[date], str]:
    """Why a day is closed: its holiday's name, else the closure's; « » where it is open."""

    def name(day: date) -> str:
        closing = (row.label for row in closures if row.first_on <= day <= row.last_on)
        return holiday_name(day) or next(closing, "")

    return name
