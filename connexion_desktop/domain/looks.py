"""Names asked for by the direction of a shared server, and the reasons given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connexion_desktop.domain.french_dates import long_day


@dataclass(frozen=True, slots=True)
class Look:
    """A time when names were shown: who asked, why, of how many people."""

    at: datetime
    author: str
    reason: str
    people: int

    @property
    def told(self) -> str:
        """« 3 mars 2026 · Hélène Roche · 12 personnes · Contrôle de la Région »."""
        many = f"{self.people} personne{'s' * (self.people > 1)}"
        return f"{long_day(self.at.astimezone().date())} · {self.author} · {many} · {self.reason}"
