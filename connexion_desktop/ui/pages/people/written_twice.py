"""Under the list of people, how many may have been written down twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.ui.likeness import TABLES, Likeness
from connexion_desktop.ui.widgets.labels import button

if TYPE_CHECKING:
    from connexion_desktop.domain.acts import Changes
    from connexion_desktop.domain.duplicates import LikelyPair
    from connexion_desktop.ui.desk import Desk


class WrittenTwice(QWidget):
    """« 3 doublons possibles », that leads to them; hidden while there is none. They are looked for
    again only once somebody's file changed."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__()
        self._register = desk.register
        self._likeness = Likeness(desk.jobs, page)
        self._is_fresh = False
        self.link = button("", "link", icon="group-line", tip="Ctrl+Maj+R")
        self.link.clicked.connect(lambda _on=False: desk.go("duplicates", None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        desk.jobs.changed.connect(self._note)
        self.hide()

    def look(self) -> None:
        """Count them, off the window's thread, if something changed."""
        if not self._is_fresh:
            register = self._register
            self._likeness.ask(
                lambda store, progress: usecases.duplicates.proposed(store, register, progress),
                self._show,
            )

    def _note(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self._is_fresh = False
            self._likeness.forget()

    def _show(self, pairs: Sequence[LikelyPair]) -> None:
        self._is_fresh = True
        count = len(pairs)
        several = "s" * (count > 1)
        self.link.setText(f"{count} doublon{several} possible{several}")
        self.setVisible(bool(count))
