"""What became of a record: who changed what, when, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from connexion_desktop.domain.french_dates import short_day

EMPTY = "vide"
"""What is told of a field that held nothing."""

MADE, TAKEN_AWAY, BACK, CHANGED = "créé", "supprimé", "remis", "modifié"
"""What is told of a row, and of what is not to be read."""

PAGE = 200
"""How many changes are told at first, the last ones."""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record: its kind (see `domain.records`) and its identifier. The absence of a day is known
    by its journey and the day."""

    kind: str
    id: UUID
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed: `line` is what puts it back; None where an act of its own does.

    `before` is what it held, in words; `told` the whole change.
    """

    label: str
    told: str
    before: str = ""
    line: UUID | None = None

    @property
    def text(self) -> str:
        """« Ville : Bordeaux → Talence », « Prêt : créé »."""
        return (
            f"{self.label} : {self.told}"
            if self.label
            else f"{self.told[:1].upper()}{self.told[1:]}"
        )


@dataclass(frozen=True, slots=True)
class PastAct:
    """What one act did to a record. `is_version`: the record can be put back as it left it."""

    id: UUID
    at: datetime
    author: str
    label: str
    changes: tuple[Change, ...]
    is_version: bool = False

    @property
    def when(self) -> str:
        """« mar. 21 avr. 2026 à 10 h 05 · Anne Martin », by this computer's clock."""
        local = self.at.astimezone()
        day = f"{short_day(local.date())} {local.year}"
        return f"{day} à {local.hour} h {local.minute:02d} · {self.author}"


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """The acts of a record, the last one first; `more`: older ones remain."""

    title: str
    acts: tuple[PastAct, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class PutBack:
    """Put back what one field of a record held before a change, or a row that was taken away."""

    record: RecordRef
    line: UUID


@dataclass(frozen=True, slots=True)
class PutBackVersion:
    """Put a whole record back as an act left it."""

    record: RecordRef
    act: UUID


def changed(before: str, after: str) -> str:
    """« 06 39 98 00 11 → vide »."""
    return f"{before or EMPTY} → {after or EMPTY}"
