"""The days when the office, or one site, is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from connexion_desktop.domain.errors import UserError

_KEPT = "Ce que vous avez écrit est gardé."


@dataclass(frozen=True, slots=True)
class NewClosure:
    """A closure to be noted, of one day without `last`; of every site without `site_id`."""

    id: UUID
    label: str
    first: date
    last: date | None = None
    site_id: UUID | None = None

    def check(self) -> None:
        """Raise UserError without a label, or where it would end before it begins."""
        if not self.label.strip():
            raise UserError("La fermeture n’a pas de nom.", _KEPT, "Par exemple « Congés ».")
        check_closure(self.first, self.last or self.first)


def check_closure(first: date, last: date) -> None:
    """Raise UserError where a closure would end before it begins."""
    if last < first:
        raise UserError("La fermeture finirait avant de commencer.", _KEPT, "Corrigez les jours.")


def state_of(first: date, last: date, today: date) -> str:
    """« à venir », « en cours », « passée »."""
    if last < today:
        return "passée"
    return "en cours" if first <= today else "à venir"
