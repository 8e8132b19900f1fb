"""The left pane: the search, the list by what is to be done."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from connexion_desktop.domain.placement_file import PlacementRow
from connexion_desktop.ui.pages.placements.queue import QueueModel, QueueView
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.search_field import SearchField


class ListPane(Panel):
    """`new_wanted`: an immersion is to be prepared; `hosts_wanted`: where they are done is."""

    new_wanted = Signal()
    hosts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Liste des immersions")
        self.model = QueueModel()
        self.view = QueueView(self.model)
        self.new_button = button("Nouvelle immersion", icon="add-line")
        self.new_button.setToolTip("Nouvelle immersion (Ctrl+N)")
        self.new_button.clicked.connect(self.new_wanted)
        tip = "Structures (Ctrl+Maj+O)"
        self.hosts_button = button("", "ghost", icon="building-line", tip=tip)
        self.hosts_button.clicked.connect(self.hosts_wanted)
        self.search = SearchField("Personne, structure, numéro…")
        self.search.searched.connect(self._filter)
        self.none = label("Aucune immersion ne correspond.", "muted", wrap=True)
        self.none.hide()
        self._outer.setContentsMargins(8, 10, 4, 8)
        self.body.setSpacing(8)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, 4, 0)
        above.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.new_button, 1)
        first.addWidget(self.hosts_button)
        above.addLayout(first)
        for widget in (self.search, self.none):
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

    def step_back(self, wanted: bool) -> None:
        """Keep to the list alone while something else is asked."""
        self.new_button.setHidden(wanted)
        self.hosts_button.setHidden(wanted)
        self.search.setHidden(wanted)

    def _filter(self, typed: str) -> None:
        current = self.model.row_at(self.view.currentIndex())
        self.model.search(typed)
        self.none.setVisible(self.first() is None)
        self.mark(current.id if current is not None else None)
