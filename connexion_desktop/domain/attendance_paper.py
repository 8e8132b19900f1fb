"""An attendance sheet to sign: its pages, whose columns are half-days and whose rows are people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.convention_paper import Body
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import period_text
from connexion_desktop.domain.hours import clock_text
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme import Participant, Programme

MADE = "Feuille d’émargement faite"
"""The act by which a sheet is numbered and kept."""

SPARE = 3
"""Empty lines under the names: who comes unexpected signs there."""

_TWO_WEEKS = timedelta(weeks=2)
_SAFE = "Aucune feuille n’a été faite."

MOST_COLUMNS = 8
MOST_NAMES = 14
"""What stands on one page; more names go on, with their own columns, on the next."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A half-day: what is held then, from when to when; who leads it."""

    on: date
    half: Half
    hours: str
    title: str
    leader: str = ""


@dataclass(frozen=True, slots=True)
class SheetName:
    """Somebody, and the columns where they are expected to sign. Their journey is not printed: it
    makes no other sheet."""

    name: str
    expected: tuple[bool, ...]
    journey_id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """A page to sign."""

    columns: tuple[SheetColumn, ...]
    names: tuple[SheetName, ...]


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """What a sheet is asked for: one séance, two weeks from a `monday`, or without either the whole
    cycle. It names a day, not the rank of a week: the programme may begin earlier later on."""

    meeting_id: UUID | None = None
    monday: date | None = None

    def among(self, programme: Programme) -> tuple[MeetingRow, ...]:
        """The séances that are on it."""
        if self.meeting_id is not None:
            return tuple(each for each in programme.meetings if each.id == self.meeting_id)
        if self.monday is None:
            return programme.meetings
        after = self.monday + _TWO_WEEKS
        return tuple(each for each in programme.meetings if self.monday <= each.on < after)


def two_weeks(programme: Programme, rank: int) -> SheetRequest:
    """Two weeks from one that is called by its rank, 1 for the first. Raises UserError where the
    programme has not as many."""
    mondays = programme.mondays
    if not 0 < rank <= len(mondays):
        many = len(mondays) > 1
        raise UserError(
            f"Le programme a {len(mondays) or 'zéro'} semaine{'s' * many} : il n’y a pas de "
            f"semaine {rank}.",
            _SAFE,
            "Choisissez une autre semaine.",
        )
    return SheetRequest(monday=mondays[rank - 1])


@dataclass(frozen=True, slots=True)
class AttendancePaper:
    """A sheet as it is printed; without a `number`, as it would be."""

    issuer: Body
    group: str
    place: str
    conseiller: str
    request: SheetRequest
    pages: tuple[SheetGrid, ...]
    made_on: date
    number: str = ""
    edition: int = 1

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it is signed on, in their order."""
        return tuple(sorted({column.on for page in self.pages for column in page.columns}))

    @property
    def title(self) -> str:
        """« Émargement EM-2026-0007, du 2 au 10 mars 2026 »."""
        days = self.days
        named = f"Émargement {self.number}".rstrip()
        return f"{named}, {period_text(days[0], days[-1])}"


def grids(meetings: Iterable[MeetingRow], people: Sequence[Participant]) -> tuple[SheetGrid, ...]:
    """The pages of these séances, cancelled ones left out: two weeks on each, the weeks whole where
    they hold. Raises UserError where there is nothing, or nobody, to sign."""
    held = _half_days(meetings)
    if not held:
        raise UserError(
            "Aucune séance n’est prévue ces jours-là.",
            _SAFE,
            "Établissez d’abord le programme du groupe, ou choisissez d’autres jours.",
        )
    expected = {key: frozenset().union(*(each.people for each in held[key])) for key in held}
    there = [each for each in people if any(each.journey_id in who for who in expected.values())]
    if not there:
        raise UserError(
            "Personne n’est attendu ces jours-là.",
            _SAFE,
            "Faites d’abord entrer des personnes dans le groupe, ou choisissez d’autres jours.",
        )
    found = []
    for keys in _pages(sorted(held, key=lambda key: (key[0], list(Half).index(key[1])))):
        columns = tuple(_column(key, held[key]) for key in keys)
        names = [
            SheetName(
                each.told,
                tuple(each.journey_id in expected[key] for key in keys),
                each.journey_id,
            )
            for each in there
        ]
        signing = [each for each in names if any(each.expected)]
        for start in range(0, max(len(signing), 1), MOST_NAMES):
            found.append(SheetGrid(columns, tuple(signing[start : start + MOST_NAMES])))
    return tuple(found)


_Key = tuple[date, Half]


def _half_days(meetings: Iterable[MeetingRow]) -> dict[_Key, list[MeetingRow]]:
    held: dict[_Key, list[MeetingRow]] = defaultdict(list)
    for meeting in meetings:
        if meeting.is_standing:
            for half in meeting.halves:
                held[meeting.on, half].append(meeting)
    return dict(held)


def _pages(keys: Sequence[_Key]) -> list[list[_Key]]:
    """Two weeks on each page; a week that has more columns than a page holds goes on."""
    pages: list[list[_Key]] = []
    weeks_on_page = 0
    for _, week in groupby(keys, lambda key: monday_of(key[0])):
        days = list(week)
        if not pages or weeks_on_page == 2 or len(pages[-1]) + len(days) > MOST_COLUMNS:
            pages += [days[at : at + MOST_COLUMNS] for at in range(0, len(days), MOST_COLUMNS)]
            weeks_on_page = 1
        else:
            pages[-1] += days
            weeks_on_page += 1
    return pages


def _column(key: _Key, meetings: Sequence[MeetingRow]) -> SheetColumn:
    start, end = min(each.start for each in meetings), max(each.end for each in meetings)
    titles = list(dict.fromkeys(each.title for each in meetings))
    leaders = dict.fromkeys(each.leader for each in meetings if each.leader)
    return SheetColumn(
        on=key[0],
        half=key[1],
        hours=f"{clock_text(start)} – {clock_text(end)}",
        title=titles[0] if len(titles) == 1 else f"{len(titles)} activités en parallèle",
        leader=", ".join(leaders),
    )
