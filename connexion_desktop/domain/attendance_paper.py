"""An attendance sheet to sign: its pages, whose columns are half-days and whose rows are people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
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
    """A half-day of a séance, or of several that share people: what is held then, from when to
    when; who leads it."""

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
        """The séances that are on it: who goes to another group's signs on the sheet of that
        one. Raises UserError for a séance of another group."""
        if self.meeting_id is not None:
            found = tuple(each for each in programme.meetings if each.id == self.meeting_id)
            for each in found:
                if not programme.is_own(each):
                    raise _of_another(each.cohort)
            return found
        if self.monday is None:
            return programme.own
        after = self.monday + _TWO_WEEKS
        return tuple(each for each in programme.own if self.monday <= each.on < after)


def _of_another(group: str) -> UserError:
    return UserError(
        f"Cette séance est celle du groupe « {group} » : tous y signent sur la feuille de ce "
        "groupe.",
        _SAFE,
        "Choisissez ce groupe (Ctrl+G), puis faites-y la feuille.",
    )


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
    there = [each for each in people if any(each.journey_id in one.people for one in held)]
    if not there:
        raise UserError(
            "Personne n’est attendu ces jours-là.",
            _SAFE,
            "Faites d’abord entrer des personnes dans le groupe, ou choisissez d’autres jours.",
        )
    found = []
    for page in _pages(held):
        columns = tuple(each.column for each in page)
        names = [
            SheetName(
                who.told,
                tuple(who.journey_id in each.people for each in page),
                who.journey_id,
            )
            for who in there
        ]
        signing = [each for each in names if any(each.expected)]
        for start in range(0, max(len(signing), 1), MOST_NAMES):
            found.append(SheetGrid(columns, tuple(signing[start : start + MOST_NAMES])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Held:
    """Séances of a half-day that share people, who sign once; a parallel one stands apart."""

    on: date
    half: Half
    meetings: tuple[MeetingRow, ...]

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset().union(*(each.people for each in self.meetings))

    @property
    def rank(self) -> tuple[int, str]:
        """By which the columns of a half-day are in order."""
        return min((each.start, each.title) for each in self.meetings)

    @property
    def column(self) -> SheetColumn:
        start = min(each.start for each in self.meetings)
        end = max(each.end for each in self.meetings)
        titles = dict.fromkeys(each.title for each in self.meetings)
        leaders = dict.fromkeys(each.leader for each in self.meetings if each.leader)
        return SheetColumn(
            on=self.on,
            half=self.half,
            hours=f"{clock_text(start)} – {clock_text(end)}",
            title=" · ".join(titles),
            leader=", ".join(leaders),
        )


def _half_days(meetings: Iterable[MeetingRow]) -> list[_Held]:
    """What stands in each column, in its order; a séance that nobody is expected at has none where
    another is held at once."""
    by_half: dict[tuple[date, Half], list[_Held]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda each: (each.start, each.title, str(each.id))):
        for half in meeting.halves if meeting.is_standing else ():
            _join(by_half[meeting.on, half], _Held(meeting.on, half, (meeting,)))
    halves = list(Half)
    found: list[_Held] = []
    for key in sorted(by_half, key=lambda key: (key[0], halves.index(key[1]))):
        held = sorted(by_half[key], key=lambda each: each.rank)
        found += [each for each in held if each.people] or held[:1]
    return found


def _join(held: list[_Held], one: _Held) -> None:
    """Put a séance among those of its half-day: with those that share people, else apart."""
    shared = [each for each in held if each.people & one.people]
    kept = [each for each in held if each not in shared]
    meetings = tuple(meeting for each in (*shared, one) for meeting in each.meetings)
    held[:] = [*kept, replace(one, meetings=meetings)]


def _pages(held: Sequence[_Held]) -> list[list[_Held]]:
    """Two weeks on each page; a week that has more columns than a page holds goes on."""
    pages: list[list[_Held]] = []
    weeks_on_page = 0
    for _, week in groupby(held, lambda each: monday_of(each.on)):
        days = list(week)
        if not pages or weeks_on_page == 2 or len(pages[-1]) + len(days) > MOST_COLUMNS:
            pages += [days[at : at + MOST_COLUMNS] for at in range(0, len(days), MOST_COLUMNS)]
            weeks_on_page = 1
        else:
            pages[-1] += days
            weeks_on_page += 1
    return pages
