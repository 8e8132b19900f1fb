"""Timetables: dated half-open periods in whole minutes of the local day.

A slot holds a local date and minutes since midnight, never an instant: a change to or from daylight
saving time can neither add nor lose an hour.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.calendar_fr import days_between, is_public_holiday, monday_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.hours import TimeRange, clock_text, parse_ranges, ranges_text

DAY = 24 * 60
"""Minutes in a day as the clock on the wall counts them."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Presence on a day from minute `start` to minute `end`, not included (0 to 1440)."""

    on: date
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    @property
    def text(self) -> str:
        """« 9 h – 12 h 30 »."""
        return f"{clock_text(self.start)} – {clock_text(self.end)}"


@dataclass(frozen=True, slots=True)
class TimetableProblem:
    """Why a timetable cannot stand; `day` is None when it is empty."""

    day: date | None
    message: str


@dataclass(frozen=True, slots=True)
class WorkDay:
    """The work begun on a day; a night's work that passes midnight ends beyond minute 1440."""

    on: date
    ranges: tuple[TimeRange, ...]

    @property
    def first(self) -> int:
        """The minute at which the day's work begins."""
        return self.ranges[0][0]

    @property
    def last(self) -> int:
        """The minute at which it ends, counted from the midnight before."""
        return self.ranges[-1][1]


def timetable_problems(
    slots: Iterable[Slot], first: date | None = None, last: date | None = None
) -> tuple[TimetableProblem, ...]:
    """Everything wrong with these slots in the period `first`–`last` (included, where known)."""
    ordered = sorted(slots)
    if not ordered:
        return (TimetableProblem(None, "Aucun horaire n’est saisi."),)
    problems = [*_impossible(ordered), *_overlapping(ordered), *_outside(ordered, first, last)]
    return tuple(sorted(problems, key=lambda problem: problem.day or date.min))


def _impossible(slots: list[Slot]) -> Iterable[TimetableProblem]:
    for slot in slots:
        if slot.end <= slot.start:
            yield TimetableProblem(
                slot.on,
                f"Le {full_day(slot.on)}, la fin ({clock_text(slot.end)}) "
                f"n’est pas après le début ({clock_text(slot.start)}).",
            )
        elif slot.start < 0 or slot.end > DAY:
            yield TimetableProblem(
                slot.on, f"Le {full_day(slot.on)}, l’horaire sort de la journée (0 h – 24 h)."
            )


def _overlapping(slots: list[Slot]) -> Iterable[TimetableProblem]:
    reach: Slot | None = None
    for slot in slots:
        if reach is not None and reach.on == slot.on:
            if slot.start < reach.end and slot.end > slot.start:
                yield TimetableProblem(
                    slot.on,
                    f"Le {full_day(slot.on)}, deux horaires se chevauchent "
                    f"({reach.text} et {slot.text}).",
                )
            if slot.end <= reach.end:
                continue
        reach = slot


def _outside(
    slots: list[Slot], first: date | None, last: date | None
) -> Iterable[TimetableProblem]:
    for day in sorted({slot.on for slot in slots}):
        if (first is not None and day < first) or (last is not None and day > last):
            yield TimetableProblem(day, f"Le {full_day(day)} est en dehors de la période.")


@dataclass(frozen=True, slots=True, init=False)
class Timetable:
    """Sorted slots that stand: at least one, none overlapping, each within its day.

    Raises UserError naming the day otherwise. All durations are in minutes.
    """

    slots: tuple[Slot, ...]

    def __init__(self, slots: Iterable[Slot]) -> None:
        ordered = tuple(sorted(slots))
        _refuse(timetable_problems(ordered))
        object.__setattr__(self, "slots", ordered)

    @classmethod
    def within(cls, slots: Iterable[Slot], first: date, last: date) -> Timetable:
        """The timetable of a period, both days included; a day outside it raises UserError."""
        timetable = cls(slots)
        _refuse(timetable_problems(timetable.slots, first, last))
        return timetable

    @property
    def total(self) -> int:
        """Grand total in minutes."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of presence, in order."""
        return tuple(dict.fromkeys(slot.on for slot in self.slots))

    @property
    def by_day(self) -> dict[date, int]:
        """Minutes of presence by day."""
        return _sum_minutes((slot.on, slot.minutes) for slot in self.slots)

    @property
    def by_week(self) -> dict[date, int]:
        """Minutes of presence by week, Monday to Sunday, keyed by its Monday."""
        return _sum_minutes((monday_of(slot.on), slot.minutes) for slot in self.slots)

    def on(self, day: date) -> tuple[Slot, ...]:
        """The slots of one day."""
        return tuple(slot for slot in self.slots if slot.on == day)

    def work_days(self) -> tuple[WorkDay, ...]:
        """The days with a night's work kept whole: 22 h–24 h then 0 h–6 h is one evening's work."""
        return _work_days(self.slots)


def _refuse(problems: tuple[TimetableProblem, ...]) -> None:
    if problems:
        raise UserError(problems[0].message, todo="Corrigez cet horaire.")


def _sum_minutes(pairs: Iterable[tuple[date, int]]) -> dict[date, int]:
    totals: dict[date, int] = {}
    for day, minutes in pairs:
        totals[day] = totals.get(day, 0) + minutes
    return totals


def _work_days(slots: tuple[Slot, ...]) -> tuple[WorkDay, ...]:
    days: dict[date, list[TimeRange]] = {}
    previous: Slot | None = None
    night_of: date | None = None
    for slot in slots:
        follows_midnight = (
            previous is not None
            and previous.end == DAY
            and slot.start == 0
            and slot.on == previous.on + _ONE_DAY
        )
        if follows_midnight and previous is not None:
            night_of = night_of if night_of is not None else previous.on
            offset = (slot.on - night_of).days * DAY
            days[night_of].append((slot.start + offset, slot.end + offset))
        else:
            night_of = None
            days.setdefault(slot.on, []).append((slot.start, slot.end))
        previous = slot
    return tuple(WorkDay(on, _joined(ranges)) for on, ranges in sorted(days.items()))


def _joined(ranges: list[TimeRange]) -> tuple[TimeRange, ...]:
    """Ranges that touch made one."""
    joined: list[TimeRange] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def slots_on(day: date, ranges: Iterable[TimeRange]) -> tuple[Slot, ...]:
    """The slots of a day's ranges; what passes midnight becomes a slot of the next day."""
    slots = []
    for start, end in ranges:
        slots.append(Slot(day, start, min(end, DAY)))
        if end > DAY:
            slots.append(Slot(day + _ONE_DAY, 0, end - DAY))
    return tuple(slots)


@dataclass(frozen=True, slots=True)
class WeeklyPattern:
    """A way to type a timetable: the same ranges each week, Monday first."""

    days: tuple[tuple[TimeRange, ...], ...] = ((),) * 7

    @classmethod
    def of(cls, ranges_by_weekday: Mapping[int, Iterable[TimeRange]]) -> WeeklyPattern:
        """From ranges keyed by weekday (0 is Monday); the days not named are days off."""
        return cls(tuple(tuple(ranges_by_weekday.get(weekday, ())) for weekday in range(7)))

    @classmethod
    def typed(cls, texts: Iterable[str]) -> WeeklyPattern:
        """From what is typed for each day, Monday first. Raises UserError on an unreadable text."""
        return cls.of(dict(enumerate(parse_ranges(text) for text in texts)))

    @property
    def texts(self) -> tuple[str, ...]:
        """What to show for each day, Monday first; « » (nothing) on a day off."""
        return tuple(ranges_text(ranges) for ranges in self.days)

    @property
    def total(self) -> int:
        """Minutes in one whole week."""
        return sum(end - start for ranges in self.days for start, end in ranges)

    def expand(
        self,
        first: date,
        last: date,
        skip_holidays: bool = True,
        skip_days: Collection[date] = (),
    ) -> tuple[Slot, ...]:
        """The slots over a period, both days included, without public holidays nor `skip_days`."""
        return tuple(
            slot
            for day in days_between(first, last)
            if day not in skip_days and not (skip_holidays and is_public_holiday(day))
            for slot in slots_on(day, self.days[day.weekday()])
        )
