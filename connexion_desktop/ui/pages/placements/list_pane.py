"""The left pane: « pour qui ? », the search, the list by what is to be done."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.placement_file import Choice, PlacementRow
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.kit import titled
from connexion_desktop.ui.pages.placements.pick import Offer, PickLine
from connexion_desktop.ui.pages.placements.queue import QueueModel, QueueView
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.search_field import SearchField


class ListPane(Panel):
    """`person_chosen(UUID)`: an immersion is to be prepared for that person."""

    person_chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName("Liste des immersions")
        self.model = QueueModel()
        self.view = QueueView(self.model)
        self.new_button = button("Nouvelle immersion", icon="add-line")
        self.new_button.setToolTip("Nouvelle immersion (Ctrl+Maj+I)")
        self.new_button.clicked.connect(self.ask_person)
        self.person = PickLine("Trois lettres de son nom", least=1)
        self.person.setAccessibleName("Pour qui ?")
        self.person.wanted.connect(self._find_people)
        self.person.picked.connect(self._choose)
        self.person.given_up.connect(self._give_up)
        self._asking: QWidget = titled("Pour qui ?", self.person)
        self._asking.hide()
        self.nobody = label("Personne en accompagnement ne porte ce nom.", "small", wrap=True)
        self.nobody.hide()
        self.search = SearchField("Personne, structure, numéro…")
        self.search.searched.connect(self._filter)
        self.none = label("Aucune immersion ne correspond.", "muted", wrap=True)
        self.none.hide()
        self._outer.setContentsMargins(8, 10, 4, 8)
        self.body.setSpacing(8)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, 4, 0)
        above.setSpacing(8)
        for widget in (self.new_button, self._asking, self.nobody, self.search, self.none):
            above.addWidget(widget)
        self.body.addLayout(above)
        self.add(self.view, 1)

    def show_rows(self, rows: tuple[PlacementRow, ...]) -> None:
        """Show other rows, with the same filter."""
        self.model.set_rows(rows)
        self.none.setVisible(bool(rows) and self.first() is None)

    def first(self) -> PlacementRow | None:
        """The first row shown."""
        return self.model.row_at(self.model.first())

    def mark(self, placement_id: UUID | None) -> None:
        """Show which one is open."""
        index = self.model.index_of(placement_id)
        if index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def ask_person(self) -> None:
        """Ask for whom."""
        self.new_button.hide()
        self.nobody.hide()
        self._asking.show()
        self.person.clear()
        self.person.setFocus(Qt.FocusReason.TabFocusReason)

    def is_asking(self) -> bool:
        """Whether « pour qui ? » is asked."""
        return not self._asking.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_asking():
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _find_people(self, typed: str) -> None:
        self._desk.jobs.read(
            self,
            lambda session: usecases.placement_views.people_to_place(session, None, typed),
            lambda found: self._offer(typed, found),
            self._desk.fail,
            key="people",
        )

    def _offer(self, typed: str, found: tuple[Choice, ...]) -> None:
        self.nobody.setVisible(self.is_asking() and not found)
        self.person.offer(typed, [Offer(each.id, each.label, each.detail) for each in found[:30]])

    def _choose(self, value: object) -> None:
        self._give_up()
        if isinstance(value, UUID):
            self.person_chosen.emit(value)

    def _give_up(self) -> None:
        self._asking.hide()
        self.nobody.hide()
        self.new_button.show()
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _filter(self, typed: str) -> None:
        current = self.model.row_at(self.view.currentIndex())
        self.model.search(typed)
        self.none.setVisible(self.first() is None)
        self.mark(current.id if current is not None else None)
