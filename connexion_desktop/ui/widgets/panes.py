"""Panes side by side, each as wide as the user drew it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle


class _Handle(QSplitterHandle):
    """Nothing to see: the pointer tells that it can be drawn."""

    def paintEvent(self, event: QPaintEvent) -> None:
        pass


class Panes(QSplitter):
    """None can be drawn down to nothing."""

    WIDTH = 4
    """How wide the space between two panes is, in logical pixels."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(self.WIDTH)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)
