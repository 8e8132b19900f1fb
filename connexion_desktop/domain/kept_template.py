"""A model made of a programme that was drawn up, or mended, for a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.drawing_up import OfferedActivity
from connexion_desktop.domain.groups import MOST_WEEKS
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme_days import Cycle, CycleDay
from connexion_desktop.domain.programme_template import ACTIVITY, AWAY, TemplateLine

_TITLE = "Activité"


@dataclass(frozen=True, slots=True)
class Kept:
    """The lines of the model, and how many séances are `left_out`: before the first week of a
    cycle, or after the last that a model may have."""

    lines: tuple[TemplateLine, ...]
    left_out: int = 0

    @property
    def told(self) -> str:
        """« 2 séances hors de ses semaines n’y sont pas »; nothing where all are in it."""
        if not self.left_out:
            return ""
        many = self.left_out > 1
        told = f"{self.left_out} séances" if many else "1 séance"
        return f"{told} hors de ses semaines n’{'y sont' if many else 'y est'} pas"


def lines_of(
    meetings: Iterable[MeetingRow],
    cycle: Cycle,
    weekdays: Sequence[int],
    *,
    places: frozenset[str],
    offered: Collection[OfferedActivity],
) -> Kept:
    """What a model must hold to draw these séances up again, the cancelled ones left out. A closed
    day that was made up counts as itself; activities that are all held at once, as they are
    `offered`, are one line. The `places` where the group meets anyway (not for what is held
    `AWAY`), and who leads, are each group's own."""
    lines: list[TemplateLine] = []
    left_out = 0
    for meeting in _once(meetings, offered):
        when = _when(meeting.on, cycle, weekdays)
        if when is None:
            left_out += 1
            continue
        week, day, weekday = when
        lines.append(
            TemplateLine(
                week,
                day,
                meeting.kind,
                meeting.title,
                meeting.start,
                meeting.end,
                weekday,
                activity=meeting.activity,
                place="" if meeting.place in places and meeting.kind not in AWAY else meeting.place,
                partner_id=meeting.partner_id,
            )
        )
    return Kept(tuple(lines), left_out)


def _once(
    meetings: Iterable[MeetingRow], offered: Collection[OfferedActivity]
) -> Iterator[MeetingRow]:
    """Each séance that stands; one for those of each activity, where they are held as offered."""
    usual = {(each.code, each.label, each.partner_id) for each in offered}
    at_once: dict[tuple[date, int, int, str], list[MeetingRow]] = defaultdict(list)
    for meeting in meetings:
        if not meeting.is_standing:
            continue
        if meeting.kind == ACTIVITY and meeting.activity:
            at_once[meeting.on, meeting.start, meeting.end, meeting.place].append(meeting)
        else:
            yield meeting
    for found in at_once.values():
        known = {(each.activity, each.title, each.partner_id): each for each in found}
        told = [known[each] for each in usual] if usual <= known.keys() else []
        if told:
            yield replace(told[0], title=_TITLE, activity="", partner_id=None)
        yield from (each for each in found if each not in told)


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
    """The day of the cycle in the same calendar week, first where a week of the programme begins
    (`Cycle.apart` counts from there); else the last one before."""
    monday = monday_of(on)
    same = [day for day in cycle.days if monday_of(day.on) == monday]
    if same:
        return min(same, key=lambda day: day.rank)
    return next((day for day in reversed(cycle.days) if day.on < on), None)
