"""What a member of the team holds: roles with their site and dates, replacements; each may be taken
away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from connexion_desktop.domain.team_rights import Right
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label


class RightsBox(QWidget):
    """`role_wanted()`, `replacement_wanted()`, `taken_away(Right)`."""

    role_wanted = Signal()
    replacement_wanted = Signal()
    taken_away = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(label("Droits et remplacements", "small"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(2)
        column.addLayout(self._grid)
        self.give = button("Donner un rôle…", icon="user-settings-line")
        self.give.clicked.connect(self.role_wanted)
        self.replace = button("Remplacement…", icon="calendar-event-line")
        self.replace.clicked.connect(self.replacement_wanted)
        column.addWidget(flow(self.give, self.replace))
        self._lines: list[QWidget] = []
        self.removals: list[QPushButton] = []
        self._shown: tuple[Right, ...] | None = None

    def show_rights(self, rights: Sequence[Right]) -> None:
        """Show what is held."""
        if tuple(rights) == self._shown:
            return
        self._shown = tuple(rights)
        for line in self._lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.removals = [], []
        if not rights:
            self._put(label("Aucun pour l’instant.", "muted"), 0, 0)
        for row, right in enumerate(rights):
            self._put(label(right.told, wrap=True), row, 0)
            removal = button("", "ghost", icon="close-line", tip=f"Retirer : {right.told}")
            removal.clicked.connect(lambda _on=False, right=right: self.taken_away.emit(right))
            self.removals.append(removal)
            self._put(removal, row, 1)

    def _put(self, line: QWidget, row: int, column: int) -> None:
        self._grid.addWidget(line, row, column)
        self._lines.append(line)
        theme.dress(line)
