"""The days of a person's collective weeks, one small cell each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from connexion_desktop.ui import theme


class Cell(StrEnum):
    """How one day went. NONE: to come, or before the person arrived."""

    THERE = "there"
    EXCUSED = "excused"
    ABSENT = "absent"
    NONE = "none"


def colour(cell: Cell) -> QColor:
    """The colour of a cell."""
    found: QColor = getattr(theme.tokens(), f"strip_{cell.value}")
    return found


def told(cells: Sequence[Cell]) -> str:
    """The strip in words: « 11 présences, 1 absence excusée, 2 absences, 10 jours à venir »."""
    words = (
        (Cell.THERE, "présence", "présences"),
        (Cell.EXCUSED, "absence excusée", "absences excusées"),
        (Cell.ABSENT, "absence", "absences"),
        (Cell.NONE, "jour sans pointage", "jours sans pointage"),
    )
    parts = [
        f"{number} {one if number == 1 else many}"
        for cell, one, many in words
        if (number := sum(found is cell for found in cells))
    ]
    return ", ".join(parts)


def paint(painter: QPainter, rect: QRect, cells: Sequence[Cell]) -> None:
    """Draw the cells over the whole width of `rect`. An absence is also shorter than a presence,
    so that the strip reads without its colours."""
    if not cells:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    step = (rect.width() + 2.0) / len(cells)
    for index, cell in enumerate(cells):
        left = rect.x() + index * step
        box = QRectF(left, rect.y(), step - 2.0, rect.height())
        if cell is Cell.ABSENT:
            box.setTop(box.top() + box.height() * 0.4)
        painter.setBrush(colour(cell))
        painter.drawRoundedRect(box, 2.0, 2.0)
    painter.restore()


class PresenceStrip(QWidget):
    """See the module."""

    def __init__(self, cells: Sequence[Cell] = ()) -> None:
        super().__init__()
        self._cells: tuple[Cell, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_cells(cells)

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Show other days."""
        self._cells = tuple(cells)
        self.setAccessibleName("Présences au groupe")
        self.setAccessibleDescription(told(self._cells))
        self.setToolTip(told(self._cells))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self._cells)
        painter.end()
