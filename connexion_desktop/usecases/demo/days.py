"""Days counted from the day of the demo: no séance or talk falls on a day off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from connexion_desktop.domain.calendar_fr import (
    days_between,
    is_public_holiday,
    is_working_day,
    monday_of,
)

CHRISTMAS = ((12, 24), (12, 31))
"""The office's closure at the end of each year, first and last day."""


_LONG_WEEKEND = 4


def is_closed(day: date) -> bool:
    """Whether the office is closed: a public holiday, or its days off at Christmas."""
    return is_public_holiday(day) or CHRISTMAS[0] <= (day.month, day.day) <= CHRISTMAS[1]


def is_open(day: date) -> bool:
    """Whether the office works on this day."""
    return is_working_day(day) and not is_closed(day)


def day_at(today: date, offset: int) -> date:
    """The open day `offset` days from `today`; when closed, the one before (after, if to come).

    A long closure sends to the first open day after it, when that is past.
    """
    day = today + timedelta(days=offset)
    if offset > 0:
        return _next_open(day, 1)
    before = _next_open(day, -1)
    if (day - before).days > _LONG_WEEKEND:
        after = _next_open(day, 1)
        return after if after < today else before
    return before


def _next_open(day: date, step: int) -> date:
    while not is_open(day):
        day += timedelta(days=step)
    return day


def week_of(today: date) -> date:
    """The Monday from which a week's plans are counted: the coming one from Friday on."""
    return monday_of(today + timedelta(days=3))


def group_days(start: date, weeks: int) -> list[tuple[int, date]]:
    """The Mondays and Tuesdays of a group that starts on a Monday, with their week from 1, closed
    days left out."""
    return [
        (week + 1, day)
        for week in range(weeks)
        for day in (start + timedelta(weeks=week), start + timedelta(weeks=week, days=1))
        if not is_closed(day)
    ]


def days_made_up(start: date, weeks: int) -> list[tuple[int, date]]:
    """The same, where a week that is closed whole is not counted: it is made up at the end."""
    days: list[tuple[int, date]] = []
    monday, week = start, 0
    while week < weeks:
        found = [day for day in (monday, monday + timedelta(days=1)) if not is_closed(day)]
        week += bool(found)
        days += [(week, day) for day in found]
        monday += timedelta(weeks=1)
    return days


def open_days(first: date, last: date, weekdays: Iterable[int]) -> list[date]:
    """The days of presence of a period: these weekdays (0 Monday), days off left out."""
    wanted = frozenset(weekdays)
    return [
        day
        for day in days_between(first, last)
        if day.weekday() in wanted and not is_public_holiday(day)
    ]


def born(today: date, age: int, month: int, day: int) -> date:
    """A birth date that gives this age on `today`."""
    had_birthday = (today.month, today.day) >= (month, day)
    return date(today.year - age - (not had_birthday), month, day)
