"""Beside the alerts of a person, whom they resemble: somebody may have been written down twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from connexion_desktop import usecases
from connexion_desktop.ui.likeness import TABLES, Likeness
from connexion_desktop.ui.pages.person.header import LeadingBadge

if TYPE_CHECKING:
    from connexion_desktop.domain.acts import Changes
    from connexion_desktop.domain.duplicates import LikelyPair
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.desk import Desk


class ResemblingBadge(LeadingBadge):
    """Hidden while nobody resembles them, or somebody sits beside the screen; looked for again only
    once somebody's file changed. `compare_wanted(id)` asks for the two files side by side."""

    compare_wanted = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__("Doublon possible", "accent")
        self._register = desk.register
        self._likeness = Likeness(desk.jobs, page)
        self._person: UUID | None = None
        self._pairs: Sequence[LikelyPair] = ()
        self._discreet = self._is_fresh = False
        self.clicked.connect(lambda _on=False: self.ask_to_compare())
        desk.jobs.changed.connect(self._note)
        self.hide()

    def look(self, person_id: UUID) -> None:
        """Look for those who resemble a person, once they have been shown for a moment."""
        if person_id != self._person:
            self._person, self._pairs, self._is_fresh = person_id, (), False
            self._say()
        if self._is_fresh:
            return

        register = self._register

        def search(store: Any, progress: Progress) -> Sequence[LikelyPair]:
            return usecases.duplicates.resembling(store, register, progress, person_id)

        self._likeness.ask(search, self._take)

    def be_discreet(self, discreet: bool) -> None:
        """Name nobody else, or again."""
        self._discreet = discreet
        self._say()

    def ask_to_compare(self) -> bool:
        """Compare with the likeliest; False where nobody resembles them."""
        if self._person is None or not self._pairs:
            return False
        self.compare_wanted.emit(self._pairs[0].other(self._person).id)
        return True

    def _note(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self._is_fresh = False
            self._likeness.forget()

    def _take(self, pairs: Sequence[LikelyPair]) -> None:
        self._is_fresh = True
        self._pairs = pairs
        self._say()

    def _say(self) -> None:
        if self._pairs and self._person is not None:
            other, more = self._pairs[0].other(self._person), len(self._pairs) - 1
            others = f", et à {more} autre{'s' * (more > 1)}" if more else ""
            reasons = self._pairs[0].reasons.lower()
            told = f"Ressemble à {other.told} ({other.number}){others} : {reasons}. Comparer"
            self.tell(told, reasons)
        shown = bool(self._pairs) and not self._discreet
        if not shown and self.hasFocus():
            self.focusNextChild()  # within the page: Qt would go to what comes next in the window
        self.setVisible(shown)
