"""What a line of the feed is told from: a row of the base, and the words to tell it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from connexion_desktop.domain.feed import Author, FeedKey
from connexion_desktop.domain.french_dates import MONTHS, day_number, period_text
from connexion_desktop.domain.imprecise import Precision

NOTE_IMPORTED = "imported"
"""The state of a note that comes from the office's table, and tells no contact."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A row of the union over the real tables.

    What every kind has means the same for all; the rest is empty where a kind has no such thing.
    """

    key: FeedKey
    on: date
    title: str = ""
    """What it is called: an action, a place, a group, the number of a convention or of a loan."""
    text: str = ""
    """What somebody wrote of it; the host of an immersion."""
    code: str = ""
    """Its kind in a reference list; the trade of an immersion."""
    state: str = ""
    """Where it is, in the words of its own table (« planned », « to_sign », « out »…)."""
    other: str = ""
    """Who or what else: the owner of an action, the parties that have not signed, a model, why
    somebody was refused."""
    first: date | None = None
    """When it began or was asked."""
    until: date | None = None
    """When it ends, is due or expires."""
    minute: int | None = None
    """At what time, in minutes from midnight."""
    number: int | None = None
    """How long: minutes of a talk or of an immersion, months of a contract."""
    open: bool = False
    """Whether it is still to be done."""
    marks: str = ""
    """The attendance of a day, half-day by half-day: see `half_marks`."""
    precision: str = ""
    """How much is known of `on`, where it may be a month or a year."""
    author: Author | None = None
    """Who of the team wrote it, where that is known."""


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of the reference lists, by list and code, and how to agree with the person.

    Those `retired`, by list and code, keep their words and are offered no more.
    """

    labels: Mapping[str, Mapping[str, str]]
    feminine: bool = False
    retired: frozenset[tuple[str, str]] = frozenset()

    def offered(self, name: str) -> tuple[tuple[str, str], ...]:
        """The codes of a list that may be chosen now, with their words."""
        known = self.labels.get(name, {}).items()
        return tuple(each for each in known if (name, each[0]) not in self.retired)

    def label(self, name: str, code: str) -> str:
        """The label of a code; the code itself where the list no longer has it."""
        return self.labels.get(name, {}).get(code, code)

    def agree(self, masculine: str) -> str:
        """A past participle or an adjective, with its « e » for a woman."""
        return f"{masculine}e" if self.feminine else masculine


def precision_of(row: FeedRow) -> Precision:
    """How much is known of when somebody was met; any other row is of a day."""
    return Precision(row.precision) if row.precision else Precision.DAY


def near_date(day: date, today: date) -> str:
    """« aujourd’hui », « demain », « 23 avril », « 3 janvier 2027 »."""
    if 0 <= (day - today).days <= 1:
        return "demain" if day > today else "aujourd’hui"
    text = f"{day_number(day)} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def short_period(first: date, last: date, today: date) -> str:
    """« du 4 au 8 mai »: the year is left out when it is this one."""
    text = period_text(first, last)
    return text.removesuffix(f" {last.year}") if last.year == today.year else text


def lower_first(text: str) -> str:
    """« Garde d’enfants » → « garde d’enfants »; an acronym keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
