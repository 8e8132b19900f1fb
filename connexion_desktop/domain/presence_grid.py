"""The presences of a group as their grid shows them: people × half-days, and what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from connexion_desktop.domain.board import GroupBrief, Presence
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.presences import (
    CAME,
    LATE,
    MARK,
    MISSED,
    REASON,
    CellKey,
    Slot,
    attended,
    minutes_of,
)
from connexion_desktop.domain.programme import Participant


@dataclass(frozen=True, slots=True)
class Cell:
    """A half-day of somebody. `is_expected`: at a séance of it; `is_there`: it is in their journey;
    `is_locked`: it was sent to who pays the participants."""

    is_expected: bool = False
    is_there: bool = True
    mark: Presence | None = None
    late: int | None = None
    minutes: int = 0
    reason: str = ""
    is_locked: bool = False

    def presence(self, on: date, today: date) -> Presence:
        """What is shown: the mark, or why there is none."""
        if self.mark is not None:
            return self.mark
        if not self.is_expected:
            return Presence.OUTSIDE
        return Presence.COMING if on > today else Presence.MISSING

    @property
    def is_counted(self) -> bool:
        """Whether a mark is there, and counts: outside the journey it stays, and counts nowhere."""
        return self.is_there and self.mark is not None

    @property
    def is_open(self) -> bool:
        """Whether it may be marked: somebody is expected, or a mark is there to be corrected."""
        return not self.is_locked and (self.is_expected or self.mark is not None)

    def held(self) -> dict[str, object]:
        """What it holds, by the names of commands."""
        return {MARK: self.mark, LATE: self.late, REASON: self.reason}

    def marked(self, values: Mapping[str, object]) -> Cell:
        """As it is once these values are saved, as far as a page may tell before."""
        told = {**self.held(), **values}
        mark = told[MARK]
        late, reason = told[LATE], told[REASON]
        if mark is not None and not isinstance(mark, Presence):
            raise TypeError(mark)
        return replace(
            self,
            mark=mark,
            late=late if mark is Presence.LATE and isinstance(late, int) else None,
            reason=str(reason) if mark in MISSED else "",
        )


_OUTSIDE = Cell(is_there=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A half-day that holds séances, or where somebody is marked."""

    slot: Slot
    meetings: tuple[MeetingRow, ...] = ()

    @property
    def title(self) -> str:
        """« Mes forces, mes envies », « Cuisine · Podcast vidéo », « sans séance »."""
        standing = [each.title for each in self.meetings if each.is_standing]
        titles = dict.fromkeys(standing or [f"{each.title} (annulée)" for each in self.meetings])
        return " · ".join(titles) or "sans séance"

    @property
    def told(self) -> str:
        """The half-day, then each séance with its hours, place and state."""
        lines = (
            ", ".join(filter(None, (each.hours, each.title, each.place, each.state.label)))
            for each in self.meetings
        )
        return "\n".join((self.slot.told, *lines))


@dataclass(frozen=True, slots=True)
class Count:
    """How many came on a half-day, were away, are still to be marked; those to come apart."""

    came: int = 0
    missed: int = 0
    missing: int = 0
    coming: int = 0

    @property
    def left(self) -> int:
        """How many are to be marked, now or later."""
        return self.missing + self.coming

    @property
    def told(self) -> str:
        """« 11 présents, 1 absent, 0 à saisir », « 12 attendus »."""
        if self.coming and not (self.came or self.missed or self.missing):
            return f"{self.coming} attendu{'s' * (self.coming > 1)}"
        parts = [
            f"{self.came} présent{'s' * (self.came > 1)}",
            f"{self.missed} absent{'s' * (self.missed > 1)}",
            f"{self.left} à saisir",
        ]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Rate:
    """Half-days where somebody came, among those marked; and for how long."""

    came: int = 0
    marked: int = 0
    minutes: int = 0

    @property
    def percent(self) -> int | None:
        """None where nothing is marked: unknown is not 0."""
        return round(100 * self.came / self.marked) if self.marked else None

    @property
    def told(self) -> str:
        """« 92 % (22 sur 24), 66 h »; « pas encore saisi »."""
        if self.percent is None:
            return Presence.MISSING.label
        return f"{self.percent} % ({self.came} sur {self.marked}), {hours_text(self.minutes)}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody may be away; one that was retired is told, and no more offered."""

    code: str
    label: str
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class PresenceGrid:
    """All that is shown of a group's presences. `guests`: those of other groups expected at its
    séances, for these alone; those `reserved`, by their journey, are marked by who follows theirs.
    `reasons`: the closed list of why somebody was away, None for who may not know; `may_mark`:
    whether who looks marks, or only reads."""

    today: date
    cohort: GroupBrief | None = None
    people: tuple[Participant, ...] = ()
    columns: tuple[Column, ...] = ()
    cells: Mapping[CellKey, Cell] = field(default_factory=dict)
    reasons: tuple[Reason, ...] | None = ()
    may_mark: bool = True
    guests: tuple[Participant, ...] = ()
    reserved: frozenset[UUID] = frozenset()

    @property
    def rows(self) -> tuple[Participant, ...]:
        """Whoever has a line: those of the group, then its guests."""
        return (*self.people, *self.guests)

    def cell(self, journey_id: UUID, slot: Slot) -> Cell:
        """One cell; outside the journey where there is none."""
        return self.cells.get(CellKey(journey_id, slot), _OUTSIDE)

    def lasting(self, key: CellKey) -> int | None:
        """How long somebody is expected on a half-day; None where no séance says it."""
        column = next((each for each in self.columns if each.slot == key.slot), None)
        person = next((each for each in self.rows if each.journey_id == key.journey_id), None)
        if column is None or person is None:
            return None
        found = attended(person, key.slot, column.meetings)
        return minutes_of(key.slot, found) if found else None

    def between(self, first: date, last: date) -> PresenceGrid:
        """Those days alone, with whoever is in the group then, or is marked."""
        columns = tuple(each for each in self.columns if first <= each.slot.on <= last)
        people = tuple(
            person
            for person in self.people
            if (person.entered_on <= last and (person.left_on is None or first <= person.left_on))
            or any(self.cell(person.journey_id, each.slot).mark for each in columns)
        )
        guests = tuple(
            guest
            for guest in self.guests
            if any(self.cell(guest.journey_id, each.slot).is_expected for each in columns)
        )
        return replace(self, people=people, guests=guests, columns=columns)

    def with_marks(self, values: Iterable[tuple[CellKey, Mapping[str, object]]]) -> PresenceGrid:
        """As it is once these are saved."""
        cells = dict(self.cells)
        for key, each in values:
            cells[key] = self.cell(key.journey_id, key.slot).marked(each)
        return replace(self, cells=cells)

    def count(self, slot: Slot) -> Count:
        """What is counted under a half-day, whoever is shown."""
        cells = [self.cell(person.journey_id, slot) for person in self.rows]
        shown = [each.presence(slot.on, self.today) for each in cells if each.is_there]
        return Count(
            came=sum(each in CAME for each in shown),
            missed=sum(each in MISSED for each in shown),
            missing=shown.count(Presence.MISSING),
            coming=shown.count(Presence.COMING),
        )

    def rate(self, journey_id: UUID) -> Rate:
        """What is counted at the end of somebody's line."""
        cells = [self.cell(journey_id, each.slot) for each in self.columns]
        marked = [each for each in cells if each.is_counted]
        came = [each for each in marked if each.mark in CAME]
        return Rate(len(came), len(marked), sum(each.minutes for each in came))

    def to_mark(self, slots: Iterable[Slot], *, guests: bool = False) -> tuple[CellKey, ...]:
        """Who of the group, or of its `guests` too, is expected on these half-days and has no mark
        yet; those reserved are left out."""
        people = [each for each in self.rows if each.journey_id not in self.reserved]
        return tuple(
            CellKey(person.journey_id, slot)
            for slot in slots
            for person in (people if guests else self.people)
            if (cell := self.cell(person.journey_id, slot)).is_expected and cell.mark is None
        )

    def reserved_told(self, person: Participant) -> str:
        """Why somebody is not marked here; « » where they are."""
        if person.journey_id not in self.reserved:
            return ""
        return f"présence notée par qui suit « {person.group} »"

    def reason_told(self, code: str) -> str:
        """A reason in words."""
        return next((each.label for each in self.reasons or () if each.code == code), code)

    def told(self, person: Participant, slot: Slot) -> str:
        """« Awa Diallo, mardi 21 avril 2026 (matin) : retard, 20 min », as a screen reader says."""
        cell = self.cell(person.journey_id, slot)
        presence = cell.presence(slot.on, self.today)
        words = presence.label
        if presence is Presence.OUTSIDE and cell.is_there:
            words = "pas de séance"
        parts = [
            words,
            f"{cell.late} min" if cell.late else "",
            self.reason_told(cell.reason),
            "envoyée" if cell.is_locked else "",
            "hors de son parcours, ne compte pas" if cell.mark and not cell.is_there else "",
            self.reserved_told(person),
        ]
        return f"{person.told}, {slot.told} : {', '.join(part for part in parts if part)}"


def columns_of(meetings: Sequence[MeetingRow], marked: Iterable[Slot]) -> tuple[Column, ...]:
    """A column for each half-day that holds a séance, or a mark; what is cancelled alone makes
    none."""
    found: dict[Slot, list[MeetingRow]] = {slot: [] for slot in marked}
    for meeting in meetings:
        if meeting.is_standing:
            for half in meeting.halves:
                found.setdefault(Slot(meeting.on, half), [])
    for meeting in meetings:
        for half in meeting.halves:
            if (column := found.get(Slot(meeting.on, half))) is not None:
                column.append(meeting)
    return tuple(
        Column(slot, tuple(sorted(found[slot], key=lambda each: (each.start, each.end))))
        for slot in sorted(found, key=lambda each: each.rank)
    )


def cells_of(
    people: Sequence[Participant], columns: Sequence[Column], noted: Mapping[CellKey, Cell]
) -> dict[CellKey, Cell]:
    """Every cell: what is noted in it, and whether somebody is expected."""
    found = {}
    for column in columns:
        for person in people:
            key = CellKey(person.journey_id, column.slot)
            found[key] = replace(
                noted.get(key, Cell()),
                is_expected=bool(attended(person, column.slot, column.meetings)),
                is_there=person.is_there(column.slot.on),
            )
    return found
