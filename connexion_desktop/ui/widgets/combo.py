"""A list of choices that the wheel scrolls past."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from connexion_desktop.ui import theme

_BESIDE = 24


class Combo(QComboBox):
    """Nobody chooses by scrolling a page: the wheel is left to what scrolls. What drops down is as
    wide as its words."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        found = self.view()
        found.setMinimumWidth(found.sizeHintForColumn(0) + theme.px(_BESIDE))
        super().showPopup()
