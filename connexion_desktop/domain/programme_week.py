"""A week of a programme as it is drawn: its days side by side, and in each what is parallel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.calendar_fr import holiday_name, monday_of
from connexion_desktop.domain.french_dates import MONTHS, WEEKDAYS, day_number, period_text
from connexion_desktop.domain.meetings import MeetingRow, by_day
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.domain.weeks import week_rank

_HOUR = 60
_USUAL = (9 * _HOUR, 17 * _HOUR)
"""The hours drawn at least, in minutes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A séance, and its place among the `lanes` of those at the same time: 0 is the first."""

    meeting: MeetingRow
    lane: int
    lanes: int


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of the week: what it holds; `closed`, why it should hold nothing; `told`, what stands
    under its name."""

    on: date
    slots: tuple[Slot, ...] = ()
    closed: str = ""
    told: str = ""

    @property
    def name(self) -> str:
        """« Lundi 6 avril »."""
        return capitalised(day_name(self.on))


@dataclass(frozen=True, slots=True)
class Week:
    """A week to draw: the `number`th `of` those of the programme; 0 where it is none of them."""

    monday: date
    number: int
    of: int
    days: tuple[WeekDay, ...]

    @property
    def meetings(self) -> tuple[MeetingRow, ...]:
        """All that it holds, in its order."""
        return tuple(slot.meeting for day in self.days for slot in day.slots)

    @property
    def told(self) -> str:
        """« Semaine 6 sur 12 · du 6 au 10 avril 2026 »."""
        period = period_text(self.monday, self.monday + timedelta(days=4))
        return f"Semaine {self.number} sur {self.of} · {period}" if self.number else period


def day_name(day: date) -> str:
    """« lundi 6 avril »: of which year is said elsewhere."""
    return f"{WEEKDAYS[day.weekday()]} {day_number(day)} {MONTHS[day.month - 1]}"


def week_of(programme: Programme, monday: date) -> Week:
    """A week with the days of the programme, and the others that hold something, or make up for a
    closed one."""
    held = by_day(programme.of_week(monday))
    cycle = programme.cycle
    last = monday + timedelta(days=6)
    usual = {monday + timedelta(days=weekday) for weekday in programme.weekdays}
    instead = {each.on for each in cycle.days if each.instead} if cycle is not None else set()
    shown = sorted(usual | set(held) | {day for day in instead if monday <= day <= last})
    mondays = programme.mondays
    return Week(
        monday,
        week_rank(mondays, monday),
        len(mondays),
        tuple(_day(programme, day, held.get(day, ())) for day in shown),
    )


def closed_on(programme: Programme, on: date) -> str:
    """Why a day should hold nothing; « » where it is open, as far as the programme knows."""
    reasons = dict(programme.cycle.closed) if programme.cycle is not None else {}
    return reasons.get(on) or holiday_name(on) or ""


def _day(programme: Programme, on: date, meetings: Sequence[MeetingRow]) -> WeekDay:
    cycle = programme.cycle
    closed = told = closed_on(programme, on)
    if cycle is not None:
        own = next((each for each in cycle.days if each.on == on), None)
        other = next((each for each in cycle.days if each.instead == on), None)
        if other is not None:
            told = f"{closed} : rattrapé le {day_name(other.on)}"
        elif any(on == day for day, _ in cycle.closed):
            told = f"{closed} : rattrapé en fin de cycle"
        elif own is not None and own.told:
            told = capitalised(own.told)
    return WeekDay(on, side_by_side(meetings), closed, told)


def side_by_side(meetings: Iterable[MeetingRow]) -> tuple[Slot, ...]:
    """The séances of a day in their order, those at the same time beside one another: each takes
    the first lane that is free, and as much of the day's width as the others leave it."""
    found: list[Slot] = []
    together: list[tuple[MeetingRow, int]] = []
    free: list[int] = []
    ends = 0
    for each in sorted(meetings, key=lambda row: (row.start, row.end, row.title, str(row.id))):
        if each.start >= ends:
            found += _closed(together, len(free))
            together, free = [], []
        lane = next((place for place, until in enumerate(free) if until <= each.start), len(free))
        free[lane : lane + 1] = [each.end]
        together.append((each, lane))
        ends = max(ends, each.end)
    return (*found, *_closed(together, len(free)))


def _closed(together: Iterable[tuple[MeetingRow, int]], lanes: int) -> list[Slot]:
    return [Slot(meeting, lane, lanes) for meeting, lane in together]


def hours_drawn(meetings: Iterable[MeetingRow]) -> tuple[int, int]:
    """From which hour to which the days are drawn: the usual ones, and all that is held."""
    rows = tuple(meetings)
    first = min((row.start for row in rows), default=_USUAL[0])
    last = max((row.end for row in rows), default=_USUAL[1])
    return min(first // _HOUR * _HOUR, _USUAL[0]), max(-(-last // _HOUR) * _HOUR, _USUAL[1])


def week_shown(programme: Programme, wanted: date | None) -> date:
    """The Monday of the week to show: the one wanted, else today's where it is of the programme,
    else the nearest of it."""
    if wanted is not None:
        return monday_of(wanted)
    today, mondays = monday_of(programme.today), programme.mondays
    if not mondays or mondays[0] <= today <= mondays[-1]:
        return today
    return mondays[0] if today < mondays[0] else mondays[-1]


def week_beside(programme: Programme, monday: date, weeks: int) -> date:
    """The week so many further, or before, as far as the programme goes: from the first to the last
    week that holds a séance, or a day to be drawn up. The same where there is none."""
    drawn = programme.cycle.days if programme.cycle is not None else ()
    known = {*programme.mondays, *(monday_of(each.on) for each in drawn)}
    wanted = monday + timedelta(weeks=weeks)
    if not known:
        return monday
    nearest = min(max(wanted, min(known)), max(known))
    return max(nearest, monday) if weeks > 0 else min(nearest, monday)
