"""The collective weeks of a group: their days, and where a day stands among them."""

from __future__ import annotations

from datetime import date, timedelta

from connexion_desktop.domain.board import ProgrammeDay
from connexion_desktop.domain.calendar_fr import add_months, monday_of
from connexion_desktop.domain.french_dates import long_day

MONDAY_AND_TUESDAY = (0, 1)
"""The days of the programme, as weekdays counted from Monday (a setting may change them)."""


def programme_days(
    starts_on: date,
    weeks: int,
    weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY,
) -> tuple[ProgrammeDay, ...]:
    """The programme's days over `weeks` weeks, the first being that of `starts_on`."""
    first_monday = monday_of(starts_on)
    mondays = (first_monday + timedelta(weeks=week) for week in range(weeks))
    days = (
        (monday + timedelta(days=weekday), week)
        for week, monday in enumerate(mondays, start=1)
        for weekday in weekdays
    )
    return tuple(ProgrammeDay(day, week) for day, week in days if day >= starts_on)


def week_number(starts_on: date, day: date) -> int:
    """1 in the week of `starts_on`, 2 in the next; 0 or less before it."""
    return (monday_of(day) - monday_of(starts_on)).days // 7 + 1


def month_number(starts_on: date, day: date) -> int:
    """1 during the first month from `starts_on`, counted from date to date; at least 1."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    if add_months(starts_on, months) > day:
        months -= 1
    return max(months, 0) + 1


def phase_text(starts_on: date, weeks: int, closed_on: date | None, today: date) -> str:
    """« semaine 7 sur 12 », « mois 5 », « terminé le 4 mars 2026 », « commence le 2 mars 2026 ».

    `closed_on` is the last day of the group's follow-up, None while somebody is followed.
    """
    if closed_on is not None:
        return f"terminé le {long_day(closed_on)}"
    if today < starts_on:
        return f"commence le {long_day(starts_on)}"
    week = week_number(starts_on, today)
    return (
        f"semaine {week} sur {weeks}" if week <= weeks else f"mois {month_number(starts_on, today)}"
    )
