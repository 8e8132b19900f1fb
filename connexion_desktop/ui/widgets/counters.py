"""Counters that filter a list."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.flow_layout import FlowLayout


class Counter(Protocol):
    """How many rows a filter keeps."""

    @property
    def filter(self) -> Hashable:
        """What is asked for by pressing it."""

    @property
    def label(self) -> str:
        """Its words."""

    @property
    def told(self) -> str:
        """How many."""


class Counters(QWidget):
    """One counter is pressed at a time; a press on it again presses the first, which keeps all.

    One stop for the Tab key; the arrows walk among them. `picked(filter)` tells what is asked.
    """

    picked = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._chips: dict[Hashable, Chip] = {}
        self._layout = FlowLayout(self, theme.SPACE)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def chip(self, wanted: Hashable) -> Chip:
        """The button of a counter. Raises KeyError before any is shown."""
        return self._chips[wanted]

    def show_counters(self, counters: Sequence[Counter], chosen: Hashable) -> None:
        """Show the numbers, and which one filters."""
        if [counter.label for counter in counters] != [c.word() for c in self._chips.values()]:
            self._make_chips(counters)
        for counter in counters:
            self._chips[counter.filter].show_number(counter.told)
        self.choose(chosen)
        self.updateGeometry()

    def choose(self, chosen: Hashable) -> None:
        """Press one counter and release the others."""
        for each, chip in self._chips.items():
            chip.setChecked(each == chosen)
            chip.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if each == chosen else Qt.FocusPolicy.ClickFocus
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

    def _press(self, pressed: Hashable) -> None:
        chosen = pressed if self._chips[pressed].isChecked() else next(iter(self._chips))
        self.choose(chosen)
        self.picked.emit(chosen)
