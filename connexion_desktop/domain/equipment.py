"""The association's computers: where each one is, and what a hand-over and a return tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from connexion_desktop.domain.amounts import read_cents
from connexion_desktop.domain.calendar_fr import add_months
from connexion_desktop.domain.counted import Counted
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day, numeric_day
from connexion_desktop.domain.names import fold

USUAL_MONTHS = 6
"""How long a computer is lent, unless another day is said."""

LEVELS = (
    "jamais utilisé d’ordinateur",
    "débute",
    "se débrouille avec de l’aide",
    "à l’aise pour l’essentiel",
    "à l’aise partout",
)
"""The ease with digital tools, from 1 to 5."""


class EquipmentState(StrEnum):
    """Where a piece of equipment is: the codes of its reference list."""

    AVAILABLE = "available"
    LENT = "lent"
    REPAIR = "repair"
    LOST = "lost"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """French words."""
        return _STATES[self]


_STATES = {
    EquipmentState.AVAILABLE: "disponible",
    EquipmentState.LENT: "prêté",
    EquipmentState.REPAIR: "en réparation",
    EquipmentState.LOST: "perdu",
    EquipmentState.RETIRED: "réformé",
}


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """A piece of equipment, and who has it: `loan_id` while it is lent."""

    id: UUID
    number: str
    model: str
    serial: str
    state: EquipmentState
    accessories: str
    condition: str
    loan_id: UUID | None = None
    person_id: UUID | None = None
    person: str = ""
    person_number: str = ""
    lent_on: date | None = None
    due_on: date | None = None
    value_cents: int | None = None
    bought_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What is mended of it, by column, as the base holds it."""
        return {
            "number": self.number,
            "model": self.model or None,
            "serial": self.serial or None,
            "value_cents": self.value_cents,
            "bought_on": self.bought_on,
            "accessories": self.accessories or None,
            "condition": self.condition or None,
        }

    def is_late(self, today: date) -> bool:
        """Whether it should be back."""
        return self.loan_id is not None and self.due_on is not None and self.due_on < today

    def due_told(self, today: date) -> str:
        """« 31/08/2026 », « 31/08/2026, retard 12 j »."""
        if self.due_on is None:
            return ""
        late = (today - self.due_on).days
        told = numeric_day(self.due_on)
        return f"{told}, retard {late} j" if self.is_late(today) else told


class EquipmentFilter(StrEnum):
    """What a counter of the fleet keeps."""

    ALL = "all"
    AVAILABLE = "available"
    LENT = "lent"
    LATE = "late"
    REPAIR = "repair"
    GONE = "gone"

    @property
    def label(self) -> str:
        """French words."""
        return _FILTERS[self]


_FILTERS = {
    EquipmentFilter.ALL: "Tout",
    EquipmentFilter.AVAILABLE: "Disponibles",
    EquipmentFilter.LENT: "Prêtés",
    EquipmentFilter.LATE: "À rendre",
    EquipmentFilter.REPAIR: "En réparation",
    EquipmentFilter.GONE: "Perdus, réformés",
}


def filters_of(row: EquipmentRow, today: date) -> frozenset[EquipmentFilter]:
    """The counters that count it."""
    found = {EquipmentFilter.ALL, _COUNTED_AS[row.state]}
    if row.is_late(today):
        found.add(EquipmentFilter.LATE)
    return frozenset(found)


_COUNTED_AS = {
    EquipmentState.AVAILABLE: EquipmentFilter.AVAILABLE,
    EquipmentState.LENT: EquipmentFilter.LENT,
    EquipmentState.REPAIR: EquipmentFilter.REPAIR,
    EquipmentState.LOST: EquipmentFilter.GONE,
    EquipmentState.RETIRED: EquipmentFilter.GONE,
}


def fleet_counters(
    rows: Sequence[EquipmentRow], today: date
) -> tuple[Counted[EquipmentFilter], ...]:
    """Everything, then what there is of each."""
    counted = Counter(each for row in rows for each in filters_of(row, today))
    return tuple(
        Counted(each, each.label, counted[each])
        for each in EquipmentFilter
        if counted[each] or each is EquipmentFilter.ALL
    )


def found_by(row: EquipmentRow, typed: str) -> bool:
    """Whether a piece is meant by what is typed: number, model, serial, who has it."""
    words = f" {fold(' '.join((row.number, row.model, row.serial, row.person)))}"
    return all(f" {word}" in words for word in fold(typed).split())


@dataclass(frozen=True, slots=True)
class NewEquipment:
    """A piece that comes in, under the number written on it."""

    id: UUID
    number: str
    model: str = ""
    serial: str = ""

    def check(self) -> None:
        """Raise UserError without a number."""
        _check_number(self.number)


@dataclass(frozen=True, slots=True)
class EditEquipment:
    """What is known of a piece, mended; `value` as it is typed (« 380,50 € »), « » if unknown.
    `seen`: what each column held when it was shown."""

    id: UUID
    number: str
    model: str
    serial: str
    value: str
    bought_on: date | None
    accessories: str
    condition: str
    seen: Mapping[str, Any] | None = None

    def check(self, today: date) -> int | None:
        """The value in cents. Raises UserError without a number, for what is no amount, or for a
        day of purchase to come."""
        _check_number(self.number)
        if self.bought_on is not None and self.bought_on > today:
            raise UserError(
                f"Le {long_day(self.bought_on)} n’est pas encore venu.",
                "Ce que vous avez écrit est gardé.",
                "Corrigez le jour de l’achat.",
            )
        return read_cents(self.value) if self.value.strip() else None


def _check_number(number: str) -> None:
    if not number.strip():
        raise UserError(
            "Il manque le numéro de l’ordinateur.",
            "Ce que vous avez écrit est gardé.",
            "Écrivez celui de son étiquette, par exemple « PC-012 ».",
        )


@dataclass(frozen=True, slots=True)
class Lend:
    """A hand-over: `level` is the ease with digital tools, 1 to 5, None when it is not told."""

    loan_id: UUID
    equipment_id: UUID
    person_id: UUID
    on: date
    due_on: date | None
    aim: str = ""
    level: int | None = None

    def check(self) -> None:
        """Raise UserError where it should be back before it was lent."""
        if self.due_on is not None and self.due_on < self.on:
            raise UserError(
                f"Le retour prévu ({long_day(self.due_on)}) précède le prêt.",
                "Rien n’a changé.",
                "Corrigez le jour du retour.",
            )


@dataclass(frozen=True, slots=True)
class GiveBack:
    """A return, and where the piece goes then."""

    loan_id: UUID
    on: date
    state: EquipmentState = EquipmentState.AVAILABLE
    condition: str = ""
    level: int | None = None


def usual_return(on: date) -> date:
    """The day a computer lent on a day is usually due."""
    return add_months(on, USUAL_MONTHS)
