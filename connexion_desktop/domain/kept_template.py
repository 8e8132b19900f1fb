"""A model made of a programme that was drawn up, or mended, for a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.groups import MOST_WEEKS
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme_days import Cycle, CycleDay
from connexion_desktop.domain.programme_template import ACTIVITY, TemplateLine

_TITLE = "Activité"


@dataclass(frozen=True, slots=True)
class Kept:
    """The lines of the model, and how many séances are `before` the cycle: it has no day there."""

    lines: tuple[TemplateLine, ...]
    before: int = 0


def lines_of(
    meetings: Iterable[MeetingRow],
    cycle: Cycle,
    weekdays: Sequence[int],
    *,
    place: str,
    offered: Collection[str],
) -> Kept:
    """What a model must hold to draw these séances up again, the cancelled ones left out. A closed
    day that was made up counts as itself; activities that are all held at once are one line. The
    `place` where the group meets anyway, and who leads, are each group's own."""
    lines: list[TemplateLine] = []
    before = 0
    for meeting, is_each in _once(meetings, offered):
        when = _when(meeting.on, cycle, weekdays)
        if when is None:
            before += 1
            continue
        week, day, weekday = when
        lines.append(
            TemplateLine(
                week,
                day,
                meeting.kind,
                _TITLE if is_each else meeting.title,
                meeting.start,
                meeting.end,
                weekday,
                activity="" if is_each else meeting.activity,
                place="" if is_each or meeting.place == place else meeting.place,
                partner_id=None if is_each else meeting.partner_id,
            )
        )
    return Kept(tuple(lines), before)


def _once(
    meetings: Iterable[MeetingRow], offered: Collection[str]
) -> Iterator[tuple[MeetingRow, bool]]:
    """Each séance that stands, and whether it counts for each activity that is offered."""
    at_once: dict[tuple[date, int, int], list[MeetingRow]] = defaultdict(list)
    for meeting in meetings:
        if not meeting.is_standing:
            continue
        if meeting.kind == ACTIVITY and meeting.activity:
            at_once[meeting.on, meeting.start, meeting.end].append(meeting)
        else:
            yield meeting, False
    for found in at_once.values():
        if offered and {each.activity for each in found} >= set(offered):
            yield found[0], True
        else:
            yield from ((each, False) for each in found)


def _when(on: date, cycle: Cycle, weekdays: Sequence[int]) -> tuple[int, int, int | None] | None:
    """The week of the programme, the rank of its day in it, else its weekday; None before the
    cycle, or too long after."""
    found = next((day for day in cycle.days if day.on == on), None)
    if found is not None:
        return found.week, found.rank, None
    near = _near(on, cycle)
    if near is None:
        return None
    later = (monday_of(on) - monday_of(near.on)).days // 7 if near is cycle.days[-1] else 0
    week = near.week + later
    if week > MOST_WEEKS:
        return None
    if on.weekday() in weekdays:
        return week, list(weekdays).index(on.weekday()) + 1, None
    return week, 0, on.weekday()


def _near(on: date, cycle: Cycle) -> CycleDay | None:
    """The first day of the cycle in the same week, else the last one before."""
    monday = monday_of(on)
    same = next((day for day in cycle.days if monday_of(day.on) == monday), None)
    if same is not None:
        return same
    return next((day for day in reversed(cycle.days) if day.on < on), None)
