"""Names behind a figure, for the direction of a shared server: in exchange for a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from connexion_desktop import usecases
from connexion_desktop.ui.widgets.entry_strip import EntryStrip
from connexion_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from connexion_desktop.domain.errors import UserError
    from connexion_desktop.domain.looks import Look
    from connexion_desktop.ui.desk import Desk

_WIDTH = 420
_WHY = "Pourquoi ? « contrôle de la Région du 3 mars »"


class NamesStrip(EntryStrip):
    """`shown(names)` by person, once the server gave them; `people` says whose are asked for."""

    shown = Signal(object)

    def __init__(self, desk: Desk, people: Callable[[], Sequence[UUID]]) -> None:
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_WHY)
        self.reason.setAccessibleName("Pourquoi voir les noms")
        self.reason.setMaxLength(400)
        super().__init__(desk, "Voir les noms", ((self.reason, _WIDTH),), "Voir les noms")
        self._people = people
        self.on_enter(self._ask, self.reason)
        self.take_margins_away()

    def begin(self) -> None:
        super().begin()
        self.say("")
        self._desk.jobs.read(self, usecases.looks.last, self._tell_last, key="looks")

    def _ask(self) -> None:
        reason, people = self.reason.text(), tuple(self._people())

        def look(store: object, _progress: object) -> dict[UUID, str]:
            return usecases.looks.names(store, reason, people)  # type: ignore[arg-type]

        self._desk.jobs.maintain(self, look, self._show, self._refuse)

    def _show(self, names: dict[UUID, str]) -> None:
        self.reason.clear()
        self.leave()
        self.shown.emit(names)

    def _refuse(self, problem: UserError) -> None:
        self.say(str(problem))
        self.reason.setFocus()

    def _tell_last(self, looks: Sequence[Look]) -> None:
        while (item := self.below.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        title = "Chaque regard est noté. Les derniers :" if looks else "Chaque regard est noté."
        self.below.addWidget(label(title, "small", wrap=True))
        for look in looks:
            self.below.addWidget(label(look.told, "muted", wrap=True))
