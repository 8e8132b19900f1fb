"""The group that was shown last, by whichever page: the next one shows it too."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings

_COHORT = "group.cohort"


class LastGroup:
    """Kept by `settings` from one start to the next."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def get(self) -> UUID | None:
        """Its id; None before any."""
        try:
            return UUID(self._settings.text(_COHORT))
        except ValueError:
            return None

    def put(self, cohort_id: UUID) -> None:
        """Another one is shown."""
        self._settings.put(_COHORT, str(cohort_id))
