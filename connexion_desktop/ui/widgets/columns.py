"""Widgets side by side, as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from connexion_desktop.ui import theme

_COLUMN = 178


class Columns(QWidget):
    """Widgets side by side, in as many columns (two at most) as there is room for; `least` is what
    one needs, in logical pixels."""

    def __init__(self, *items: QWidget | tuple[QWidget, int], least: int = _COLUMN) -> None:
        super().__init__()
        self._least = least
        self._items = [item if isinstance(item, tuple) else (item, 1) for item in items]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._columns = 0
        self._place(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= theme.px(2 * self._least) else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        at = 0
        for widget, wanted in self._items:
            span = min(wanted, columns)
            if at % columns + span > columns:
                at += columns - at % columns
            self._grid.addWidget(
                widget, at // columns, at % columns, 1, span, Qt.AlignmentFlag.AlignTop
            )
            at += span
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
