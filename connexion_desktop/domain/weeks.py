"""The collective weeks of a group: their days, and where a day stands among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from connexion_desktop.domain.board import ProgrammeDay
from connexion_desktop.domain.calendar_fr import add_months, monday_of
from connexion_desktop.domain.french_dates import long_day

MONDAY_AND_TUESDAY = (0, 1)
"""The days of the programme, as weekdays counted from Monday (a setting may change them)."""


def first_monday(starts_on: date, weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY) -> date:
    """The Monday of the first week that has a day of the programme left from `starts_on`: that of
    the next week for a Wednesday."""
    monday = monday_of(starts_on)
    is_over = all(monday + timedelta(days=weekday) < starts_on for weekday in weekdays)
    return monday + timedelta(weeks=is_over)


def programme_mondays(
    starts_on: date,
    weeks: int,
    held: Iterable[date],
    weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY,
) -> tuple[date, ...]:
    """The weeks of a programme, by their Mondays: those that hold a séance of the group, whatever
    lies between them. While there are fewer than its `weeks`, those from its first day too."""
    mondays = {monday_of(on) for on in held}
    if len(mondays) < weeks:
        first = first_monday(starts_on, weekdays)
        mondays |= {first + timedelta(weeks=week) for week in range(weeks)}
    return tuple(sorted(mondays))


def programme_days(
    starts_on: date,
    weeks: int,
    weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY,
) -> tuple[ProgrammeDay, ...]:
    """The programme's days over `weeks` weeks, the first being that of `first_monday`."""
    first = first_monday(starts_on, weekdays)
    mondays = (first + timedelta(weeks=week) for week in range(weeks))
    days = (
        (monday + timedelta(days=weekday), week)
        for week, monday in enumerate(mondays, start=1)
        for weekday in weekdays
    )
    return tuple(ProgrammeDay(day, week) for day, week in days if day >= starts_on)


def days_held(
    usual: Sequence[ProgrammeDay], held_on: Mapping[date, bool], marked: Collection[date]
) -> tuple[ProgrammeDay, ...]:
    """The days of a group as its séances are drawn up: a week that holds some has their days, the
    others the `usual` ones, less those that are closed once anything is drawn. A usual day where a
    presence is marked stays; of another day, what counts is that the whole group is expected
    (`held_on`). Weeks are counted as they come."""
    known = {day.on for day in usual}
    drawn = {on for on, is_whole in held_on.items() if is_whole or on in known}
    if not drawn:
        return tuple(usual)
    held = {monday_of(on) for on in drawn}
    kept = {
        day.on for day in usual if day.on in marked or not (day.closed or monday_of(day.on) in held)
    }
    days = sorted({*kept, *drawn})
    mondays = sorted({monday_of(on) for on in days})
    closed = {day.on: day.closed for day in usual}
    return tuple(
        ProgrammeDay(on, mondays.index(monday_of(on)) + 1, closed.get(on, "")) for on in days
    )


def week_rank(mondays: Sequence[date], day: date) -> int:
    """The rank of a day's week among those of a programme, from 1; 0 where it is none of them."""
    monday = monday_of(day)
    return mondays.index(monday) + 1 if monday in mondays else 0


def week_reached(mondays: Sequence[date], weeks: int, day: date) -> int:
    """The rank of a day's week among those of a programme, or of the last one begun where it is
    none of them; 0 before the first, and once the group's `weeks` are over."""
    week = bisect_right(mondays, day)
    return week if week < weeks or monday_of(day) in mondays else 0


def month_number(starts_on: date, day: date) -> int:
    """1 during the first month from `starts_on`, counted from date to date; at least 1."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    if add_months(starts_on, months) > day:
        months -= 1
    return max(months, 0) + 1


def phase_text(
    starts_on: date, mondays: Sequence[date], weeks: int, closed_on: date | None, today: date
) -> str:
    """« semaine 7 sur 12 », « mois 5 », « terminé le 4 mars 2026 », « commence le 2 mars 2026 ».

    `mondays` are the weeks of its programme; `closed_on` is the last day of the group's follow-up,
    None while somebody is followed.
    """
    if closed_on is not None:
        return f"terminé le {long_day(closed_on)}"
    if today < starts_on:
        return f"commence le {long_day(starts_on)}"
    if today < mondays[0]:
        return f"commence le {long_day(mondays[0])}"
    week = week_reached(mondays, weeks, today)
    return (
        f"semaine {week} sur {len(mondays)}" if week else f"mois {month_number(starts_on, today)}"
    )
