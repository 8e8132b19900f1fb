"""Above the cards: counters that filter, cards or table, the order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from connexion_desktop.domain.board import CardOrder
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.group.model import Sorting
from connexion_desktop.ui.widgets.counters import Counters
from connexion_desktop.ui.widgets.labels import button


class Toolbar(QWidget):
    """`filtered(CardFilter)`, `table_wanted(bool)` and `ordered(CardOrder)` tell what is asked."""

    filtered = Signal(object)
    table_wanted = Signal(bool)
    ordered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self.counters = Counters("Filtrer le groupe")
        self.counters.picked.connect(self.filtered)
        row.addWidget(self.counters, 1)
        self._sorting = Sorting()
        self._buttons = (*self._make_views(), self._make_order())
        for widget in self._buttons:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._fit)

    def _make_views(self) -> tuple[QPushButton, QPushButton]:
        self.cards = button("Cartes", icon="layout-grid-line", tip="Voir en cartes (Ctrl+T)")
        self.table = button("Tableau", icon="table-line", tip="Voir en tableau (Ctrl+T)")
        group = QButtonGroup(self)
        for view in (self.cards, self.table):
            view.setCheckable(True)
            group.addButton(view)
        self.cards.setChecked(True)
        self.table.toggled.connect(self.table_wanted)
        return self.cards, self.table

    def _make_order(self) -> QPushButton:
        self.order = button("", "menu", icon="arrow-up-down-line", tip="Changer l’ordre")
        menu = QMenu(self.order)
        choices = QActionGroup(menu)
        self._orders: dict[CardOrder, QAction] = {}
        for order in CardOrder:
            action = menu.addAction(f"Trier par {order.label}")
            action.setCheckable(True)
            action.triggered.connect(lambda _on=False, each=order: self.ordered.emit(each))
            choices.addAction(action)
            self._orders[order] = action
        choices.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self.order.setMenu(menu)
        return self.order

    def show_sorting(self, sorting: Sorting) -> None:
        """Say in which order the people are."""
        self._sorting = sorting
        for order, action in self._orders.items():
            action.setChecked(order is sorting.by and not sorting.descending)
        self._fit()

    def show_view(self, *, table: bool) -> None:
        """Say whether the table or the cards are shown."""
        (self.table if table else self.cards).setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the buttons their words, or their icons alone where the counters need the room."""
        words = ("Cartes", "Tableau", f"Trier : {self._sorting.label}")
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(text) + theme.px(64) for text in words)
        room = self.width() - self.counters.natural_width() - theme.SPACE
        for made, text in zip(self._buttons, words, strict=True):
            made.setText(text if wide <= room else "")
            made.setAccessibleName(text)
