"""The attendance sheets of a group: which came back signed, what was noted without a signature."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.attendance_paper import AttendancePaper
from connexion_desktop.domain.french_dates import numeric_day, period_text
from connexion_desktop.domain.period import Period, month_of
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presences import Slot
from connexion_desktop.domain.programme import Programme


class SheetState(StrEnum):
    """Where a printed sheet stands."""

    SIGNED = "signed"
    REPLACED = "replaced"
    DUE = "due"
    RUNNING = "running"

    @property
    def label(self) -> str:
        """French words."""
        return _STATES[self]


_STATES = {
    SheetState.SIGNED: "signée",
    SheetState.REPLACED: "remplacée",
    SheetState.DUE: "à récupérer",
    SheetState.RUNNING: "en cours",
}


@dataclass(frozen=True, slots=True)
class KnownSheet:
    """An edition that was printed. `signed_on`: when the signed one came back; `is_last`: no later
    edition was printed."""

    id: UUID
    paper: AttendancePaper
    signed_on: date | None = None
    is_last: bool = True

    @property
    def slots(self) -> frozenset[Slot]:
        """The half-days that it is signed on."""
        return frozenset(
            Slot(column.on, column.half) for page in self.paper.pages for column in page.columns
        )

    @property
    def days(self) -> str:
        """« du 2 au 10 mars 2026 »."""
        return period_text(self.paper.days[0], self.paper.days[-1])

    def state(self, today: date) -> SheetState:
        """Where it stands today: one whose days are over, and that nobody gave back, is due."""
        if self.signed_on is not None:
            return SheetState.SIGNED
        if not self.is_last:
            return SheetState.REPLACED
        return SheetState.DUE if self.paper.days[-1] < today else SheetState.RUNNING

    def told(self, today: date) -> str:
        """« EM-2026-0007, version 2, du 2 au 10 mars 2026, signée »."""
        name = f"{self.paper.number}, version {self.paper.edition}"
        when = f" le {numeric_day(self.signed_on)}" if self.signed_on else ""
        return f"{name}, {self.days}, {self.state(today).label}{when}"


@dataclass(frozen=True, slots=True)
class SignSheet:
    """The signed sheet came back on a day; None: it did not."""

    id: UUID
    on: date | None

    @property
    def act(self) -> str:
        """How it is told in the journal."""
        return "Feuille signée reçue" if self.on else "Feuille signée : reçue par erreur"


@dataclass(frozen=True, slots=True)
class Gap:
    """A half-day where what is noted and what is signed differ: `noted` presences without a signed
    sheet, or a signed sheet and `blank` presences that nobody noted."""

    slot: Slot
    title: str
    noted: int = 0
    blank: int = 0

    @property
    def id(self) -> UUID:
        """What a list knows it by: there is one for each half-day."""
        day, is_afternoon = self.slot.rank
        return UUID(int=2 * day.toordinal() + is_afternoon)

    @property
    def told(self) -> str:
        """« 12 présences saisies, pas de feuille signée », « feuille signée, 2 à saisir »."""
        if self.blank:
            return f"feuille signée, {self.blank} à saisir"
        many = "s" * (self.noted > 1)
        return f"{self.noted} présence{many} saisie{many}, pas de feuille signée"


@dataclass(frozen=True, slots=True)
class Sheets:
    """All that is shown of the sheets of a group."""

    today: date
    cohort_id: UUID | None = None
    sheets: tuple[KnownSheet, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def told(self) -> str:
        """« 2 feuilles, 1 à récupérer · 4 demi-journées à vérifier »; what there is none of is left
        out."""
        due = sum(each.state(self.today) is SheetState.DUE for each in self.sheets)
        count = len(self.sheets)
        parts = [f"{count} feuille{'s' * (count > 1)}" if count else "Aucune feuille imprimée"]
        if due:
            parts[0] += f", {due} à récupérer"
        if self.gaps:
            many = "s" * (len(self.gaps) > 1)
            parts.append(f"{len(self.gaps)} demi-journée{many} à vérifier")
        return " · ".join(parts)


def months_of(programme: Programme) -> tuple[Period, ...]:
    """The months that held séances up to today, the latest first."""
    found = {month_of(each.on) for each in programme.meetings if each.on <= programme.today}
    return tuple(sorted(found, key=lambda month: month.first, reverse=True))


def gaps_of(grid: PresenceGrid, sheets: Sequence[KnownSheet]) -> tuple[Gap, ...]:
    """Where what is noted and what is signed differ, up to today, the latest first."""
    signed: set[Slot] = set()
    for sheet in sheets:
        if sheet.signed_on is not None:
            signed |= sheet.slots
    return tuple(sorted(_gaps(grid, signed), key=lambda gap: gap.slot.rank, reverse=True))


def _gaps(grid: PresenceGrid, signed: Collection[Slot]) -> Iterator[Gap]:
    for column in grid.columns:
        slot = column.slot
        if slot.on > grid.today:
            continue
        noted = sum(grid.cell(person.journey_id, slot).mark is not None for person in grid.people)
        blank = len(grid.to_mark([slot]))
        if noted and slot not in signed:
            yield Gap(slot, column.title, noted=noted)
        elif blank and slot in signed:
            yield Gap(slot, column.title, blank=blank)
