"""A figure: how facts of a period are counted, as a whole and sorted. Unknown is None, never 0."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from connexion_desktop.domain.french_dates import MONTHS
from connexion_desktop.domain.period import Period

_MOST_MONTHS = 36
_MINUTES = 60
_THIN = "\u202f"
UNKNOWN = "Non renseigné"
BY_MONTH = "Par mois"


class Measure(StrEnum):
    """How facts become a number."""

    COUNT = "count"
    """How many subjects, each once."""

    SUM = "sum"
    """What they weigh in all."""

    SHARE = "share"
    """What they weigh, of their totals, in percent; unknown where there is no total."""


class Unit(StrEnum):
    """What a figure is in."""

    PLAIN = ""
    PERCENT = "%"
    HOURS = "h"
    """Counted in minutes, told in hours."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that counts, once or for what it weighs: what, about whom, where and when.

    `kinds` holds a code for each way the figure sorts, None where it is not known.
    """

    subject: UUID
    person: UUID
    cohort: UUID | None
    site: UUID | None
    on: date | None
    kinds: tuple[str | None, ...] = ()
    weight: int = 1
    total: int = 0


def measured(facts: Iterable[Fact], measure: Measure) -> float | None:
    """The number that facts make; a share of nothing is unknown."""
    match measure:
        case Measure.COUNT:
            return len({fact.subject for fact in facts})
        case Measure.SUM:
            return sum(fact.weight for fact in facts)
        case Measure.SHARE:
            kept = list(facts)
            total = sum(fact.total for fact in kept)
            return 100 * sum(fact.weight for fact in kept) / total if total else None


def told(value: float | None, unit: Unit) -> str:
    """« 12 », « 1 204 h », « 87 % »; nothing for what is not known."""
    if value is None:
        return ""
    shown = value / _MINUTES if unit is Unit.HOURS else value
    number = f"{round(shown):,}".replace(",", _THIN)
    return f"{number}\u00a0{unit}" if unit else number


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a breakdown: what it is of, its words, its number."""

    key: Hashable
    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure sorted one way. The parts of people who count in several may exceed the whole."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sorting:
    """One way to sort facts: its title, what of a fact it goes by, the words of each key in their
    order."""

    title: str
    key: Callable[[Fact], Hashable]
    words: Mapping[Any, str]

    def key_of(self, fact: Fact) -> Hashable:
        """Under which line a fact counts; None where that is not known, or has no words."""
        key = self.key(fact)
        return key if key in self.words else None


def breakdown(facts: Sequence[Fact], measure: Measure, sorting: Sorting) -> Breakdown:
    """The figure sorted that way; what is not known comes last."""
    groups: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[sorting.key_of(fact)].append(fact)
    order = [key for key in (*sorting.words, None) if key in groups]
    return Breakdown(
        sorting.title,
        tuple(
            Part(key, sorting.words.get(key, UNKNOWN), measured(groups[key], measure))
            for key in order
        ),
    )


def by_month(facts: Sequence[Fact], measure: Measure, period: Period, today: date) -> Breakdown:
    """Month by month, a month to come only if something is planned in it; nothing where a fact has
    no day of the period, or the period is too long or too short."""
    groups: dict[date | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[month_key(fact)].append(fact)
    months = [month for month in period.months if month <= today or month in groups]
    if groups.keys() - set(months) or not 1 < len(months) <= _MOST_MONTHS:
        return Breakdown(BY_MONTH, ())
    several = len({month.year for month in months}) > 1
    return Breakdown(
        BY_MONTH,
        tuple(
            Part(month, _month(month, with_year=several), measured(groups[month], measure))
            for month in months
        ),
    )


def month_key(fact: Fact) -> date | None:
    """The first day of the month of a fact."""
    return None if fact.on is None else fact.on.replace(day=1)


def _month(month: date, *, with_year: bool) -> str:
    name = MONTHS[month.month - 1]
    return f"{name} {month.year}" if with_year else name
