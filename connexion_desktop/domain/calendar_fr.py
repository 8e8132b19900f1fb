"""The French calendar: public holidays, working days, and the legal month « de date à date »."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5

_FIXED_HOLIDAYS = (
    (1, 1, "Jour de l’an"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire de 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice de 1918"),
    (12, 25, "Noël"),
)
_HOLIDAYS_AFTER_EASTER = (
    (1, "Lundi de Pâques"),
    (39, "Ascension"),
    (50, "Lundi de Pentecôte"),
)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, str]:
    """The eleven legal holidays of a year, with their French names. Article L. 3133-1."""
    easter = _easter_sunday(year)
    days = {date(year, month, day): name for month, day, name in _FIXED_HOLIDAYS}
    for offset, name in _HOLIDAYS_AFTER_EASTER:
        day = easter + timedelta(days=offset)
        # In 2008 Ascension Day fell on the first of May: both names are true.
        days[day] = f"{days[day]} et {name}" if day in days else name
    return dict(sorted(days.items()))


def _easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (Meeus, Jones and Butcher's computation)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday_name(day: date) -> str | None:
    """The name of the public holiday on this day, None on an ordinary day."""
    return public_holidays(day.year).get(day)


def is_public_holiday(day: date) -> bool:
    """Whether the day is one of the eleven legal holidays."""
    return day in public_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether the day is a Monday to Friday that is not a public holiday (« jour ouvré »)."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included; nothing when they are reversed."""
    day = first
    while day <= last:
        yield day
        day += _ONE_DAY


def working_days_until(today: date, day: date) -> int:
    """How many working days to wait: those after `today`, up to and including `day`."""
    return sum(is_working_day(each) for each in days_between(today + _ONE_DAY, day))


def add_months(day: date, months: int) -> date:
    """The same day number `months` later (or earlier), else the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_day_of_month_from(start: date, *, same_number_day_included: bool = False) -> date:
    """The last day of one month counted from date to date. Article D. 5135-3.

    15 January → 14 February; 31 January → 28 or 29 February, since the day that would follow does
    not exist. With `same_number_day_included` the month ends on the same number: 15 February.
    """
    same_number = add_months(start, 1)
    if same_number_day_included or same_number.day != start.day:
        return same_number
    return same_number - _ONE_DAY


def monday_of(day: date) -> date:
    """The Monday of the day's week (Monday to Sunday)."""
    return day - timedelta(days=day.weekday())
