"""A white panel on the page, with or without a title row."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import label


class Panel(QWidget):
    """`body` is where the content goes; `corner` the right end of the title row. It paints
    itself: a style sheet would be worn by all that stands in it."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setContentsMargins(1, 1, 1, 1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(14, 12, 14, 12)
        self._outer.setSpacing(8)
        self.corner = QHBoxLayout()
        self.corner.setSpacing(8)
        if title:
            self.heading = label(title, "heading")
            self.title_row = QHBoxLayout()
            self.title_row.addWidget(self.heading)
            self.title_row.addStretch(1)
            self.title_row.addLayout(self.corner)
            self._outer.addLayout(self.title_row)
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self._outer.addLayout(self.body, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under the others."""
        self.body.addWidget(widget, stretch)

    def fit(self, margins: tuple[int, int, int, int]) -> None:
        """Leave other margins around what it holds, where room is short."""
        self._outer.setContentsMargins(*margins)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().line)
        painter.setBrush(theme.tokens().surface)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.RADIUS_PANEL, theme.RADIUS_PANEL)
        painter.end()


def separator() -> QFrame:
    """A thin line between two things."""
    line = QFrame()
    line.setProperty("kind", "separator")
    return line
