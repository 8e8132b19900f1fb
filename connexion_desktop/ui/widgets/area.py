"""A scrolled area that wears no style sheet of its own, so that its parts may be dressed apart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from connexion_desktop.ui import theme


class Area(QScrollArea):
    """No frame, no ground, no bar along its foot: only what is in it is seen, one column wide."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def hold(self, widget: QWidget) -> None:
        """Scroll a widget."""
        self.setWidget(widget)
        widget.setAutoFillBackground(False)

    def dress(self) -> None:
        """Dress what is its own: the bar."""
        theme.dress(self.verticalScrollBar())
