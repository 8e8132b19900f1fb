"""« Pour qui ? »: the one question before an immersion is prepared."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.placement_file import Choice
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.pick import Offer, PickLine

_MOST = 30


class Asking(QWidget):
    """`person_chosen(UUID)`, or `given_up`."""

    person_chosen = Signal(object)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.person = PickLine("Trois lettres de son nom", least=1)
        self.person.setAccessibleName("Pour qui ?")
        self.person.wanted.connect(self._find)
        self.person.picked.connect(self._choose)
        self.person.given_up.connect(self.given_up)
        self.nobody = label("Personne en accompagnement ne porte ce nom.", "small", wrap=True)
        self.nobody.hide()
        self.back = button("Retour", "link", tip="Échap")
        self.back.clicked.connect(self.given_up)
        panel = Panel("Pour qui ?")
        panel.corner.addWidget(self.back)
        panel.add(self.person)
        panel.add(self.nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        column.addStretch(1)

    def ask(self) -> None:
        """Ask, with nothing typed yet."""
        self.nobody.hide()
        self.person.clear()
        self.person.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _find(self, typed: str) -> None:
        self._desk.jobs.read(
            self,
            lambda session: usecases.placement_views.people_to_place(session, None, typed),
            lambda found: self._offer(typed, found),
            self._desk.fail,
            key="people",
        )

    def _offer(self, typed: str, found: tuple[Choice, ...]) -> None:
        self.nobody.setVisible(not found)
        self.person.offer(
            typed, [Offer(each.id, each.label, each.detail) for each in found[:_MOST]]
        )

    def _choose(self, value: object) -> None:
        if isinstance(value, UUID):
            self.person_chosen.emit(value)
