"""What became of a record: who changed what, when, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from connexion_desktop.domain.french_dates import short_day
from connexion_desktop.domain.person_fields import FieldValue

EMPTY = "vide"
"""What is told of a field that held nothing."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field changed: `before` and `after` as they are read, `value` what it held before."""

    id: UUID
    at: datetime
    author: str
    name: str
    label: str
    before: str
    after: str
    value: FieldValue

    @property
    def when(self) -> str:
        """« mar. 21 avr. 2026 à 10 h 05 · Anne Martin », by this computer's clock."""
        local = self.at.astimezone()
        day = f"{short_day(local.date())} {local.year}"
        return f"{day} à {local.hour} h {local.minute:02d} · {self.author}"

    @property
    def told(self) -> str:
        """« 06 39 98 00 11 → vide »."""
        return f"{self.before or EMPTY} → {self.after or EMPTY}"
