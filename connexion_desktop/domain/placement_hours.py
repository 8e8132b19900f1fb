"""A timetable as it is typed: a usual week, and the days that differ from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from connexion_desktop.domain.calendar_fr import (
    days_between,
    holiday_name,
    is_public_holiday,
    monday_of,
)
from connexion_desktop.domain.hours import TimeRange, hours_text
from connexion_desktop.domain.timetable import (
    Slot,
    Timetable,
    WeeklyPattern,
    slots_on,
    timetable_problems,
)

Ranges = tuple[TimeRange, ...]
Span = tuple[date, date]
"""First and last day of a period, both included."""

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day of a period: its hours, the name of a public holiday, whether the group meets."""

    day: date
    ranges: Ranges
    holiday: str = ""
    collective: bool = False

    @property
    def minutes(self) -> int:
        """Presence that day."""
        return sum(end - start for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The days of a period that fall in one week, Monday to Sunday."""

    monday: date
    days: tuple[DayHours, ...]

    @property
    def minutes(self) -> int:
        """Presence that week."""
        return sum(each.minutes for each in self.days)


def span(first: date | None, last: date | None) -> Span | None:
    """A period, None while a day is missing or they are reversed."""
    if first is None or last is None or last < first:
        return None
    return first, last


def by_day(slots: Collection[Slot]) -> dict[date, Ranges]:
    """The ranges of each day with presence; a night's work stays whole with its evening."""
    if not slots:
        return {}
    if timetable_problems(slots):
        grouped = groupby(sorted(slots), key=lambda slot: slot.on)
        return {day: tuple((slot.start, slot.end) for slot in found) for day, found in grouped}
    return {work.on: work.ranges for work in Timetable(slots).work_days()}


def to_slots(days: Mapping[date, Ranges]) -> tuple[Slot, ...]:
    """The dated slots of these days, in order."""
    return tuple(slot for day in sorted(days) for slot in slots_on(day, days[day]))


def usual_week(slots: Collection[Slot]) -> WeeklyPattern:
    """The week a timetable looks like: for each weekday, the hours it has most often."""
    counts: dict[int, Counter[Ranges]] = {}
    for day, ranges in by_day(slots).items():
        counts.setdefault(day.weekday(), Counter())[ranges] += 1
    return WeeklyPattern.of({day: found.most_common(1)[0][0] for day, found in counts.items()})


def refit(
    slots: Collection[Slot], week: WeeklyPattern, old: Span | None, new: Span | None
) -> tuple[Slot, ...]:
    """The same timetable on another period.

    Days that stay keep their hours, be they none; days that come in get those of the week, public
    holidays none; days that go out lose theirs. Nothing changes while there is no new period.
    """
    if new is None:
        return tuple(sorted(slots))
    known = by_day(slots)
    fitted: dict[date, Ranges] = {}
    for day in days_between(*new):
        stays = day in known or (old is not None and old[0] <= day <= old[1])
        fitted[day] = known.get(day, ()) if stays else _usual(week, day)
    return to_slots(fitted)


def retype(
    slots: Collection[Slot], before: WeeklyPattern, after: WeeklyPattern, period: Span | None
) -> tuple[Slot, ...]:
    """The timetable once some weekdays of the usual week were typed again.

    Only these weekdays get their new hours, on each of their days but public holidays.
    """
    days = by_day(slots)
    retyped = {day for day in range(7) if before.days[day] != after.days[day]}
    if period is not None:
        for day in days_between(*period):
            if day.weekday() in retyped and not is_public_holiday(day):
                days[day] = after.days[day.weekday()]
    return to_slots(days)


def with_day(slots: Collection[Slot], day: date, ranges: Ranges) -> tuple[Slot, ...]:
    """The timetable with other hours on one day."""
    return to_slots(by_day(slots) | {day: ranges})


def days_kept(
    seen: Collection[Slot], mine: Collection[Slot], theirs: Collection[Slot], week: WeeklyPattern
) -> tuple[tuple[Slot, ...], WeeklyPattern]:
    """The timetable of somebody else, and its usual week, with the days that one changed oneself
    since it was seen; `week` is one's own."""
    before, after = by_day(seen), by_day(mine)
    changed = {day for day in before | after if before.get(day, ()) != after.get(day, ())}
    mended = {day.weekday() for day in changed}
    usual = usual_week(tuple(theirs))
    days = ((week if day in mended else usual).days[day] for day in range(7))
    slots = to_slots(by_day(theirs) | {day: after.get(day, ()) for day in changed})
    return slots, WeeklyPattern(tuple(days))


def without_days(slots: Collection[Slot], days: Collection[date]) -> tuple[Slot, ...]:
    """The timetable without presence on these days."""
    return to_slots({day: kept for day, kept in by_day(slots).items() if day not in days})


def week_rows(
    period: Span | None, slots: Collection[Slot], collective: Collection[date] = ()
) -> tuple[WeekHours, ...]:
    """Each day of the period with its hours, week by week; days worked outside it are shown too."""
    known = by_day(slots)
    days = sorted({*(days_between(*period) if period else ()), *known})
    return tuple(
        WeekHours(
            monday,
            tuple(
                DayHours(day, known.get(day, ()), holiday_name(day) or "", day in collective)
                for day in found
            ),
        )
        for monday, found in groupby(days, key=monday_of)
    )


def weeks_later(first: date, weeks: int) -> date:
    """The last working weekday of a period of whole weeks: from a Monday, a Friday."""
    last = first + timedelta(days=7 * weeks - 1)
    return max(first, last - timedelta(days=max(0, last.weekday() - _FRIDAY)))


def total_minutes(slots: Iterable[Slot]) -> int:
    """Grand total of presence."""
    return sum(slot.minutes for slot in slots)


def presence_text(slots: Collection[Slot]) -> str:
    """« 28 h, 4 jours de présence », as it is said everywhere; nothing without hours.

    A day of presence has hours of its own; a night counts with its evening.
    """
    days = len(by_day(slots))
    if not days:
        return ""
    return f"{hours_text(total_minutes(slots))}, {days} jour{'s' * (days > 1)} de présence"


def _usual(week: WeeklyPattern, day: date) -> Ranges:
    return () if is_public_holiday(day) else week.days[day.weekday()]
