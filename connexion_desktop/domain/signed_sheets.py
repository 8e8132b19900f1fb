"""The attendance sheets of a group: which came back signed, what was noted without a signature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.attendance_paper import AttendancePaper
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day, numeric_day, period_text
from connexion_desktop.domain.period import Period, month_of
from connexion_desktop.domain.presence_grid import Cell, Column, PresenceGrid
from connexion_desktop.domain.presences import CAME, SAFE, CellKey, Slot, attended
from connexion_desktop.domain.programme import Participant, Programme


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
class Signature:
    """What was told of one signature of a sheet that came back: it is missing; or it is there, of
    somebody who was not on the sheet."""

    key: CellKey
    is_there: bool


@dataclass(frozen=True, slots=True)
class KnownSheet:
    """An edition that was printed. `signed_on`: when the signed one came back; `is_last`: no later
    edition was printed; `signatures`: those that are not as it was printed."""

    id: UUID
    paper: AttendancePaper
    signed_on: date | None = None
    is_last: bool = True
    signatures: tuple[Signature, ...] = ()

    @property
    def slots(self) -> frozenset[Slot]:
        """The half-days that it is signed on."""
        return frozenset(
            Slot(column.on, column.half) for page in self.paper.pages for column in page.columns
        )

    def to_sign(self, people: Iterable[Participant]) -> tuple[CellKey, ...]:
        """Who is to sign what, as it was printed. Sheets printed first bore names alone: these are
        looked for among the `people` of the group."""
        known = {each.name: each.journey_id for each in people}
        found: list[CellKey] = []
        for page in self.paper.pages:
            for name in page.names:
                journey_id = name.journey_id or known.get(name.name)
                if journey_id is not None:
                    found += [
                        CellKey(journey_id, Slot(column.on, column.half))
                        for column, is_expected in zip(page.columns, name.expected, strict=True)
                        if is_expected
                    ]
        return tuple(found)

    def signed(self, people: Iterable[Participant]) -> dict[CellKey, bool]:
        """Whether each signature is on it, once it came back; what it says nothing of is left
        out."""
        if self.signed_on is None:
            return {}
        found = dict.fromkeys(self.to_sign(people), True)
        return found | {each.key: each.is_there for each in self.signatures}

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

    def check_whole(self, last_on: date) -> None:
        """Raise UserError for a sheet whose last day has not come: nobody signed it all."""
        if self.on is not None and self.on < last_on:
            raise UserError(
                f"La feuille va jusqu’au {full_day(last_on)} : elle n’est pas encore entière.",
                SAFE,
                "Notez-la revenue ce jour-là, ou après.",
            )


@dataclass(frozen=True, slots=True)
class TellSignature:
    """A signature of a sheet that came back is missing; or it is there after all."""

    sheet_id: UUID
    key: CellKey
    is_there: bool

    @property
    def act(self) -> str:
        """How it is told in the journal."""
        return "Signature retrouvée" if self.is_there else "Signature manquante"


class GapKind(StrEnum):
    """How what is noted and what is signed differ."""

    UNSIGNED = "unsigned"
    MISSING = "missing"
    TO_MARK = "to_mark"


_FOR_ONE = {
    GapKind.UNSIGNED: "présence saisie, pas de feuille signée",
    GapKind.MISSING: "présence saisie, signature manquante",
    GapKind.TO_MARK: "feuille signée, présence à saisir",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A half-day where what is noted and what is signed differ, and for whom. `sheet_id`: the sheet
    that came back, on which the signature of that one person can be told to be."""

    slot: Slot
    title: str
    kind: GapKind
    people: tuple[Participant, ...]
    sheet_id: UUID | None = None

    @property
    def id(self) -> UUID:
        """What a list knows it by."""
        day, is_afternoon = self.slot.rank
        who = self.people[0].journey_id.int if self.sheet_id is not None else 0
        rank = (2 * day.toordinal() + is_afternoon) * len(GapKind) + list(GapKind).index(self.kind)
        return UUID(int=who ^ rank)

    @property
    def names(self) -> str:
        """« Awa Diallo, Malik Traoré »."""
        return ", ".join(each.name for each in self.people)

    @property
    def told(self) -> str:
        """« 12 présences saisies, pas de feuille signée », « présence saisie, signature
        manquante »."""
        count = len(self.people)
        if count == 1:
            return _FOR_ONE[self.kind]
        if self.kind is GapKind.TO_MARK:
            return f"feuille signée, {count} présences à saisir"
        return f"{count} présences saisies, pas de feuille signée"


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
        if half_days := len({each.slot for each in self.gaps}):
            many = "s" * (half_days > 1)
            parts.append(f"{half_days} demi-journée{many} à vérifier")
        return " · ".join(parts)


def months_of(programme: Programme) -> tuple[Period, ...]:
    """The months that held séances up to today, the latest first."""
    found = {month_of(each.on) for each in programme.meetings if each.on <= programme.today}
    return tuple(sorted(found, key=lambda month: month.first, reverse=True))


def gaps_of(grid: PresenceGrid, sheets: Sequence[KnownSheet]) -> tuple[Gap, ...]:
    """Where what is noted and what is signed differ, up to today, the latest first. Whoever came
    must have signed, a guest too; being away asks no signature, nor does a séance of another group.
    Where a sheet came back, what it lacks is told person by person."""
    signed: dict[CellKey, bool] = {}
    of_cell: dict[CellKey, UUID] = {}
    of_slot: dict[Slot, UUID] = {}
    for sheet in sheets:
        for key, is_there in sheet.signed(grid.rows).items():
            signed[key] = signed.get(key, False) or is_there
            of_cell[key] = of_slot[key.slot] = sheet.id
    found: list[Gap] = []
    for column in grid.columns:
        slot, title = column.slot, column.title
        for kind, people in _by_kind(grid, column, signed).items():
            if kind is GapKind.TO_MARK or slot not in of_slot:
                found.append(Gap(slot, title, kind, tuple(people)))
                continue
            for each in people:
                sheet_id = of_cell.get(CellKey(each.journey_id, slot), of_slot[slot])
                found.append(Gap(slot, title, kind, (each,), sheet_id))
    return tuple(sorted(found, key=lambda gap: gap.slot.rank, reverse=True))


def _by_kind(
    grid: PresenceGrid, column: Column, signed: Mapping[CellKey, bool]
) -> dict[GapKind, list[Participant]]:
    """Whose half-day differs from the sheets that came back, and how; nobody's before it is
    held."""
    found: dict[GapKind, list[Participant]] = defaultdict(list)
    slot = column.slot
    for each in grid.rows if slot.on <= grid.today else ():
        if _is_elsewhere(grid, column, each):
            continue
        kind = _kind(grid.cell(each.journey_id, slot), signed.get(CellKey(each.journey_id, slot)))
        if kind is not None:
            found[kind].append(each)
    return found


def _is_elsewhere(grid: PresenceGrid, column: Column, person: Participant) -> bool:
    """Whether somebody is expected on a half-day by other groups alone."""
    held = attended(person, column.slot, column.meetings)
    group = grid.cohort.id if grid.cohort is not None else None
    return bool(held) and all(each.cohort_id != group for each in held)


def _kind(cell: Cell, is_signed: bool | None) -> GapKind | None:
    """How a half-day of somebody differs from the sheets that came back, if it does."""
    if cell.is_counted and cell.mark in CAME:
        return {None: GapKind.UNSIGNED, False: GapKind.MISSING, True: None}[is_signed]
    if cell.mark is None and cell.is_expected and is_signed is not None:
        return GapKind.TO_MARK
    return None
