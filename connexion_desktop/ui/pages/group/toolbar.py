"""Above the cards: counters that filter, cards or table, the order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from connexion_desktop.domain.board import CardFilter, CardOrder, Counter
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.group.model import Sorting
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.flow_layout import FlowLayout
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
        self.counters = Counters()
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


class Counters(QWidget):
    """The counters: one is pressed at a time; a press on it again shows everybody.

    One stop for the Tab key; the arrows walk among them.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Filtrer le groupe")
        self._chips: dict[CardFilter, Chip] = {}
        self._layout = FlowLayout(self, theme.SPACE)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def chip(self, wanted: CardFilter) -> Chip:
        """The button of a counter. Raises KeyError before any board is shown."""
        return self._chips[wanted]

    def show_counters(self, counters: Sequence[Counter], chosen: CardFilter) -> None:
        """Show the numbers, and which one filters."""
        if [counter.label for counter in counters] != [c.word() for c in self._chips.values()]:
            self._make_chips(counters)
        for counter in counters:
            self._chips[counter.filter].show_number(counter.told)
        self.choose(chosen)
        self.updateGeometry()

    def choose(self, chosen: CardFilter) -> None:
        """Press one counter and release the others."""
        for each, chip in self._chips.items():
            chip.setChecked(each is chosen)
            chip.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if each is chosen else Qt.FocusPolicy.ClickFocus
            )

    def natural_width(self) -> int:
        """What they need to stand on one line."""
        widths = [chip.sizeHint().width() for chip in self._chips.values()]
        return sum(widths) + theme.SPACE * max(len(widths) - 1, 0)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._layout.heightForWidth(self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
            chips = list(self._chips.values())
            if step and isinstance(watched, Chip):
                here = chips.index(watched)
                chips[(here + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _make_chips(self, counters: Sequence[Counter]) -> None:
        for old in self._chips.values():
            self._layout.removeWidget(old)
            old.deleteLater()
        self._chips = {counter.filter: Chip(counter.label) for counter in counters}
        for each, chip in self._chips.items():
            chip.clicked.connect(lambda _on=False, pressed=each: self._press(pressed))
            chip.installEventFilter(self)
            self._layout.addWidget(chip)

    def _press(self, pressed: CardFilter) -> None:
        chosen = pressed if self._chips[pressed].isChecked() else CardFilter.ALL
        self.choose(chosen)
        self.picked.emit(chosen)
