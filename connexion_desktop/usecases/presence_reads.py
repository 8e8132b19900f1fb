"""The presences of a group, read whole: another range of days asks nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.board import BoardQuery, Presence, day_presence
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_grid import (
    Cell,
    Column,
    PresenceGrid,
    Reason,
    cells_of,
    columns_of,
)
from connexion_desktop.domain.presences import CellKey, Slot
from connexion_desktop.domain.programme import Participant

from . import group_reads, meeting_reads
from .chosen_group import choose
from .roles import not_mine

Row = sa.Row[Any]


def load(session: Session, query: BoardQuery) -> PresenceGrid:
    """The presences of a group; without one asked for (or if it is gone), of the latest begun."""
    chosen = choose(session, query)
    group = chosen.group
    if group is None:
        return PresenceGrid(query.today)
    confides = chosen.confides(session)
    journeys = group_reads.journeys_of(group.id)
    with together(session) as ask:
        people = ask(meeting_reads.participants, session, group.id)
        guests = ask(meeting_reads.guests, session, group.id)
        found = ask(meeting_reads.read, session, meeting_reads.of_group(group.id))
        noted = ask(_noted, session, journeys, meeting_reads.named_with(group.id))
        reasons = ask(_reasons, session)
    rows = _by_cell(noted.value)
    meetings = found.value.told({group.id: people.value})
    of_group = {each.journey_id for each in people.value}
    columns = columns_of(meetings, {key.slot for key in rows if key.journey_id in of_group})
    told = {key: _cell(each) for key, each in rows.items()}
    cells = cells_of(people.value, columns, told)
    theirs = _cells_of_guests(guests.value, columns, told, group.id)
    expected = {key.journey_id for key, cell in theirs.items() if cell.is_expected}
    return PresenceGrid(
        today=query.today,
        cohort=chosen.brief(group, query.today, closed_to_me=chosen.is_closed_to_me(session)),
        people=people.value,
        columns=columns,
        cells=cells | theirs,
        reasons=reasons.value if confides else None,
        may_mark=confides,
        guests=tuple(each for each in guests.value if each.journey_id in expected),
        reserved=not_mine(session, expected),
    )


def _cells_of_guests(
    guests: Sequence[Participant],
    columns: Sequence[Column],
    noted: Mapping[CellKey, Cell],
    cohort_id: UUID,
) -> dict[CellKey, Cell]:
    """Those of other groups where a séance of this one expects them; what is noted of them
    elsewhere is of their group."""
    own = [
        Column(each.slot, tuple(it for it in each.meetings if it.cohort_id == cohort_id))
        for each in columns
    ]
    blank = cells_of(guests, own, {})
    return {
        key: replace(noted.get(key, cell), is_expected=True) if cell.is_expected else cell
        for key, cell in blank.items()
    }


def _noted(session: Session, journeys: group_reads.Few, guests: meeting_reads.Few) -> Sequence[Row]:
    mark, why = m.Attendance, m.AbsenceReason
    return session.execute(
        sa.select(
            mark.journey_id,
            mark.on,
            mark.half,
            mark.mark,
            mark.minutes,
            mark.late_minutes,
            mark.locked_at,
            why.reason,
        )
        .outerjoin(why, sa.and_(why.attendance_id == mark.id, why.deleted_at.is_(None)))
        .where(
            sa.or_(mark.journey_id.in_(journeys), mark.journey_id.in_(guests)),
            mark.deleted_at.is_(None),
        )
    ).all()


def _by_cell(rows: Sequence[Row]) -> dict[CellKey, list[Row]]:
    found: dict[CellKey, list[Row]] = defaultdict(list)
    for row in rows:
        found[CellKey(row.journey_id, Slot(row.on, Half(row.half)))].append(row)
    return found


def _cell(rows: Sequence[Row]) -> Cell:
    """What is noted of a half-day; where several séances of it were marked apart, the mark that
    calls for attention."""
    mark = day_presence(frozenset(Presence(row.mark) for row in rows))
    shown = next(row for row in rows if row.mark == mark.value)
    return Cell(
        mark=mark,
        late=shown.late_minutes,
        minutes=sum(row.minutes or 0 for row in rows),
        reason=shown.reason or "",
        is_locked=any(row.locked_at is not None for row in rows),
    )


def _reasons(session: Session) -> tuple[Reason, ...]:
    """Why somebody may be away, in the order of the list."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label, item.retired_on)
        .where(item.list == "absence_reason", item.deleted_at.is_(None))
        .order_by(item.position, item.code)
    )
    return tuple(Reason(row.code, row.label, row.retired_on is None) for row in rows)
