"""The days of a cycle: its weeks drawn up from the first day, closed days skipped and made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day, long_day
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY, first_monday

_OPEN_WEEK = 5
"""Monday to Friday: nothing is made up on a Saturday or a Sunday."""

_MOST_EMPTY_WEEKS = 26
"""Where so many weeks in a row hold no day, something is wrong with the closures."""


@dataclass(frozen=True, slots=True)
class CycleDay:
    """A day of a cycle: it has the content of the `rank`th day of a `week` of the programme, both
    from 1. It may be `instead` of another day, closed for a `reason`."""

    on: date
    week: int
    rank: int
    instead: date | None = None
    reason: str = ""

    @property
    def told(self) -> str:
        """« à la place du lundi 6 avril (Lundi de Pâques) »; nothing on a usual day."""
        if self.instead is None:
            return ""
        why = f" ({self.reason})" if self.reason else ""
        return f"à la place du {full_day(self.instead)}{why}"


@dataclass(frozen=True, slots=True)
class Cycle:
    """The days of a cycle in their order; `closed`, those that were skipped, and why."""

    days: tuple[CycleDay, ...]
    closed: tuple[tuple[date, str], ...] = ()

    @property
    def told(self) -> str:
        """« 24 jours, du 2 mars au 19 mai 2026 ; 1 jour fermé, rattrapé »."""
        first, last = self.days[0].on, self.days[-1].on
        days = f"{len(self.days)} jours, du {long_day(first)} au {long_day(last)}"
        if not self.closed:
            return days
        many = len(self.closed) > 1
        return (
            f"{days} ; {len(self.closed)} jour{'s' * many} fermé{'s' * many}, rattrapé{'s' * many}"
        )

    @property
    def first_week_told(self) -> str:
        """« Premières séances : lundi 7 décembre 2026 et mardi 8 décembre 2026. »: the days of the
        week in which it begins."""
        monday = monday_of(self.days[0].on)
        *others, last = (full_day(day.on) for day in self.days if monday_of(day.on) == monday)
        days = f"{', '.join(others)} et {last}" if others else last
        return f"Premières séances : {days}."

    def apart(self, week: int, weekday: int, closed: Callable[[date], str]) -> date | None:
        """The day of another séance of a `week`, on a `weekday` that need not be of the programme:
        where it is closed, the first open day after it in its week, else before it. None past the
        last week, or where its week has no open day."""
        first = next((day.on for day in self.days if day.week == week), None)
        if first is None:
            return None
        wanted = monday_of(first) + timedelta(days=weekday)
        week_days = [monday_of(first) + timedelta(days=place) for place in range(_OPEN_WEEK)]
        after = [day for day in week_days if day > wanted]
        before = [day for day in reversed(week_days) if day < wanted]
        tried = (wanted, *after, *before)
        return next((day for day in tried if day >= self.days[0].on and not closed(day)), None)


def draw_days(
    starts_on: date,
    weeks: int,
    closed: Callable[[date], str],
    weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY,
) -> Cycle:
    """The days of `weeks` weeks of the programme, from the first that has a day of it left on
    `starts_on`.

    `closed(day)` says why a day is closed, « » where it is open. A closed day is made up in its
    week, on the first open day from Monday to Friday; where that week has none left, at the end of
    the cycle. Raises UserError where closures leave no day for half a year.
    """
    wanted = weeks * len(weekdays)
    days: list[CycleDay] = []
    skipped: list[tuple[date, str]] = []
    monday, empty = first_monday(starts_on, weekdays), 0
    while len(days) < wanted:
        found, lost = _week(monday, starts_on, closed, weekdays)
        days += found
        skipped += lost
        empty = 0 if found else empty + 1
        if empty > _MOST_EMPTY_WEEKS:
            since = monday - timedelta(weeks=_MOST_EMPTY_WEEKS)
            raise UserError(
                f"Aucun jour n’est ouvert depuis le {long_day(since)}.",
                "Le programme n’a pas changé.",
                "Vérifiez les fermetures du bureau, dans Réglages.",
            )
        monday += timedelta(weeks=1)
    kept = tuple(
        replace(day, week=place // len(weekdays) + 1, rank=place % len(weekdays) + 1)
        for place, day in enumerate(days[:wanted])
    )
    return Cycle(kept, tuple(each for each in skipped if kept and each[0] <= kept[-1].on))


def _week(
    monday: date, starts_on: date, closed: Callable[[date], str], weekdays: tuple[int, ...]
) -> tuple[list[CycleDay], list[tuple[date, str]]]:
    """The days of a week in their order, and those of the programme that are closed."""
    usual = [monday + timedelta(days=weekday) for weekday in weekdays]
    spare = (
        day
        for day in (monday + timedelta(days=place) for place in range(_OPEN_WEEK))
        if day >= starts_on and day not in usual and not closed(day)
    )
    found: list[CycleDay] = []
    lost: list[tuple[date, str]] = []
    for day in usual:
        reason = closed(day) if day >= starts_on else ""
        if day >= starts_on and not reason:
            found.append(CycleDay(day, 0, 0))
            continue
        if reason:
            lost.append((day, reason))
        other = next(spare, None)
        if other is not None:
            found.append(CycleDay(other, 0, 0, day if reason else None, reason))
    return sorted(found, key=lambda each: each.on), lost


def skipped_told(cycle: Cycle) -> tuple[str, ...]:
    """« Lundi 6 avril (Lundi de Pâques) : rattrapé le mercredi 8 avril », for each closed day."""
    instead = {day.instead: day.on for day in cycle.days if day.instead is not None}
    return tuple(
        f"{full_day(day).capitalize()} ({reason}) : rattrapé {_when(instead.get(day))}"
        for day, reason in cycle.closed
    )


def _when(day: date | None) -> str:
    return "en fin de cycle" if day is None else f"le {full_day(day)}"
