"""A list of choices that the wheel scrolls past."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Combo(QComboBox):
    """Nobody chooses by scrolling a page: the wheel is left to what scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
