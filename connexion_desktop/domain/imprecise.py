"""Dates known to the day, the month or the year only: imprecise stays imprecise."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """A date and how much of it is known; `day` is the first day of the known period."""

    day: date
    precision: Precision = Precision.DAY

    def may_be(self, other: ImpreciseDate) -> bool:
        """Whether both may be one day."""
        return self.day <= other.latest and other.day <= self.latest

    @property
    def latest(self) -> date:
        """The last day it may be: the youngest reading of a birth date, used by rules on minors."""
        match self.precision:
            case Precision.DAY:
                return self.day
            case Precision.MONTH:
                last = calendar.monthrange(self.day.year, self.day.month)[1]
                return self.day.replace(day=last)
            case Precision.YEAR:
                return date(self.day.year, 12, 31)


def imprecise(day: date | None, precision: str) -> ImpreciseDate | None:
    """A date as the base keeps it; None where it is not known."""
    return None if day is None else ImpreciseDate(day, Precision(precision))
