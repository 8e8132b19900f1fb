"""Séances: when, where, with whom; what clashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.hours import clock_text
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_commands import Half

NOON = 12 * 60 + 30
DAY = 24 * 60
_KEPT = "Ce que vous avez écrit est gardé."


class MeetingState(StrEnum):
    """Where a séance stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """French words."""
        return {"planned": "prévue", "held": "tenue", "cancelled": "annulée"}[self.value]


def halves_of(start: int, end: int) -> tuple[Half, ...]:
    """The half-days that a time of the day touches; 12:30 parts them."""
    found = []
    if start < NOON:
        found.append(Half.MORNING)
    if end > NOON:
        found.append(Half.AFTERNOON)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A séance as it is shown. `people` are the journeys expected: a subset of the group's, or of
    several groups; `is_whole`: whoever is of the group that day; `is_shared`: some are of another.
    `marked`: how many of them have a presence noted. `version` goes up with each change."""

    id: UUID
    on: date
    start: int
    end: int
    kind: str
    kind_told: str
    title: str
    state: MeetingState = MeetingState.PLANNED
    cohort_id: UUID | None = None
    cohort: str = ""
    place: str = ""
    leader_id: UUID | None = None
    leader: str = ""
    partner_id: UUID | None = None
    partner: str = ""
    activity: str = ""
    activity_told: str = ""
    detail: str = ""
    people: frozenset[UUID] = frozenset()
    is_whole: bool = True
    is_shared: bool = False
    marked: int = 0
    version: int = 1

    @property
    def hours(self) -> str:
        """« 9 h – 12 h »."""
        return f"{clock_text(self.start)} – {clock_text(self.end)}"

    @property
    def halves(self) -> tuple[Half, ...]:
        """The half-days that it takes."""
        return halves_of(self.start, self.end)

    @property
    def whom(self) -> str:
        """« une partie du groupe », « plusieurs groupes »; nothing where it is the whole group."""
        if self.is_shared:
            return "plusieurs groupes"
        return "" if self.is_whole else "une partie du groupe"

    @property
    def is_standing(self) -> bool:
        """Whether it takes, or took, place."""
        return self.state is not MeetingState.CANCELLED

    @property
    def columns(self) -> dict[str, Any]:
        """What is mended of it, by column, as the base holds it."""
        return {
            "on": self.on,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "title": self.title,
            "place": self.place or None,
            "leader_id": self.leader_id,
            "leader_name": None if self.leader_id else self.leader or None,
            "partner_id": self.partner_id,
            "activity": self.activity or None,
            "detail": self.detail or None,
        }

    @property
    def parts(self) -> tuple[str, ...]:
        """« mardi 3 mars, 9 h – 12 h », « Mes forces, mes envies », « salle bleue »."""
        when = f"{full_day(self.on)}, {self.hours}"
        parts = (when, self.title, self.place, self.leader, self.state.label)
        return tuple(part for part in parts if part)

    def told(self) -> str:
        """« mardi 3 mars, 9 h – 12 h, Mes forces, mes envies, salle bleue »."""
        return ", ".join(self.parts)


class ClashKind(StrEnum):
    """What two séances at once have in common, and should not."""

    PLACE = "place"
    LEADER = "leader"
    PARTNER = "partner"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two séances at the same time that share `what`."""

    kind: ClashKind
    one: UUID
    other: UUID
    what: str

    def told(self, other: str) -> str:
        """« Même lieu que « Pitch », Pessac · octobre 2026 », where `other` names the other séance;
        « 3 personnes sont attendues aussi à une séance d’un autre groupe » where it is « »."""
        named = other or "une séance d’un autre groupe"
        match self.kind:
            case ClashKind.PLACE:
                return f"Même lieu {'que ' if other else 'qu’'}{named}"
            case ClashKind.LEADER:
                return f"{self.what} anime aussi {named}"
            case ClashKind.PARTNER:
                return f"{self.what} reçoit aussi {named}"
            case ClashKind.PERSON:
                return f"{self.what} aussi à {named}"


def clashes(meetings: Iterable[MeetingRow]) -> tuple[Clash, ...]:
    """What clashes among these séances, those cancelled left out, by day and time. Parallel séances
    are normal: only what cannot be in two places is told."""
    by_day: dict[date, list[MeetingRow]] = defaultdict(list)
    for meeting in meetings:
        if meeting.is_standing:
            by_day[meeting.on].append(meeting)
    found: list[Clash] = []
    for day in sorted(by_day):
        ordered = sorted(by_day[day], key=lambda each: (each.start, each.end, str(each.id)))
        for one, other in combinations(ordered, 2):
            if one.start < other.end and other.start < one.end:
                found += _between(one, other)
    return tuple(found)


def _between(one: MeetingRow, other: MeetingRow) -> Iterator[Clash]:
    if one.place and fold(one.place) == fold(other.place):
        yield Clash(ClashKind.PLACE, one.id, other.id, one.place)
    if one.leader and _same_leader(one, other):
        yield Clash(ClashKind.LEADER, one.id, other.id, one.leader)
    if one.partner_id is not None and one.partner_id == other.partner_id:
        yield Clash(ClashKind.PARTNER, one.id, other.id, one.partner)
    shared = len(one.people & other.people)
    if shared:
        many = shared > 1
        told = f"{shared} personne{'s sont attendues' if many else ' est attendue'}"
        yield Clash(ClashKind.PERSON, one.id, other.id, told)


def _same_leader(one: MeetingRow, other: MeetingRow) -> bool:
    if one.leader_id is not None or other.leader_id is not None:
        return one.leader_id == other.leader_id
    return fold(one.leader) == fold(other.leader)


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A séance to be added; `people` (journeys) where not the whole group is expected."""

    id: UUID
    cohort_id: UUID
    on: date
    start: int
    end: int
    kind: str
    title: str
    place: str = ""
    leader_id: UUID | None = None
    leader_name: str = ""
    partner_id: UUID | None = None
    activity: str = ""
    people: tuple[UUID, ...] = ()

    def check(self) -> None:
        """Raise UserError without a title, or for hours that are none."""
        check_meeting(self.title, self.on, self.start, self.end)


@dataclass(frozen=True, slots=True)
class EditMeeting:
    """What a séance is, mended: only the columns given. `seen`: what is known that each held."""

    id: UUID
    values: Mapping[str, Any]
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class SetPeople:
    """Who is expected at a séance, changed: these journeys too, and those no more."""

    id: UUID
    added: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectUsual:
    """Nobody is named at a séance any more: the whole group is expected, or who chose its activity.
    `seen`: the journeys expected when it was shown."""

    id: UUID
    seen: frozenset[UUID] | None = None


def check_meeting(title: str, on: date | None, start: int, end: int) -> None:
    """Raise UserError without a title or a day, or for hours that are none."""
    if not title.strip():
        raise UserError("La séance n’a pas de titre.", _KEPT, "Donnez-lui un titre.")
    if on is None:
        raise UserError("La séance n’a pas de jour.", _KEPT, "Donnez-lui un jour : « 21/4 ».")
    if not 0 <= start < end <= DAY:
        raise UserError(
            "La séance finit avant de commencer." if end <= start else "Ces heures n’existent pas.",
            _KEPT,
            "Corrigez les heures : « 9h-12h ».",
        )


def by_day(meetings: Sequence[MeetingRow]) -> dict[date, list[MeetingRow]]:
    """The séances of each day, in their order."""
    found: dict[date, list[MeetingRow]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda each: (each.on, each.start, each.end, each.title)):
        found[meeting.on].append(meeting)
    return dict(found)
