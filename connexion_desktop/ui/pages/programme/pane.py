"""What a tab of the programme shows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from connexion_desktop.domain.history import RecordRef


class Pane(QWidget):
    """The base of what stands under the tabs."""

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show a group, at the week of a day (None: today's)."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show it as it is by now: something it shows has changed."""
        raise NotImplementedError

    def step(self, weeks: int) -> None:
        """Go to later weeks, or to earlier ones, where a few are in sight."""

    def record(self) -> RecordRef | None:
        """The record that has the keyboard, where it is neither a séance nor the group."""
        return None

    def flush(self) -> None:
        """Save what is being typed."""

    def leave(self) -> None:
        """It is seen no more: another tab, or another page, is."""

    def take_focus(self) -> None:
        """Take the keyboard."""
        raise NotImplementedError
