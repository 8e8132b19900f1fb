"""A period of whole days, and those that people ask about."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import MONTHS, long_day

_QUARTERS = ("1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre")


@dataclass(frozen=True, slots=True)
class Period:
    """From its first day to its last, both included."""

    first: date
    last: date

    def check(self) -> None:
        """Raise UserError for a period that ends before it begins."""
        if self.last < self.first:
            raise UserError(
                f"La période finit le {long_day(self.last)}, avant de commencer.",
                "Rien n’a changé.",
                f"Choisissez une fin à partir du {long_day(self.first)}.",
            )

    @property
    def text(self) -> str:
        """« année 2026 », « avril 2026 », else « du 3 mars 2026 au 21 avril 2026 »."""
        for named, words in ((month_of, _month_text), (quarter_of, _quarter_text)):
            if named(self.first) == self:
                return words(self.first)
        if year_of(self.first) == self:
            return f"année {self.first.year}"
        if self.first == self.last:
            return f"le {long_day(self.first)}"
        return f"du {long_day(self.first)} au {long_day(self.last)}"

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month it touches."""
        found = []
        month = self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = month_of(month).last + timedelta(days=1)
        return tuple(found)


def month_of(day: date) -> Period:
    """The month of a day."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def quarter_of(day: date) -> Period:
    """The quarter of a day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(first, month_of(first.replace(month=first.month + 2)).last)


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def usual_periods(today: date) -> tuple[tuple[str, Period], ...]:
    """What is asked most: this month, quarter and year, and those before, with their words."""
    found = []
    for words, period_of in (
        ("Ce mois-ci", month_of),
        ("Ce trimestre", quarter_of),
        ("Cette année", year_of),
    ):
        found.append((words, period_of(today)))
    for words, period_of in (
        ("Le mois dernier", month_of),
        ("Le trimestre dernier", quarter_of),
        ("L’année dernière", year_of),
    ):
        found.append((words, period_of(period_of(today).first - timedelta(days=1))))
    return tuple(found)


def _month_text(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _quarter_text(day: date) -> str:
    return f"{_QUARTERS[(day.month - 1) // 3]} {day.year}"
