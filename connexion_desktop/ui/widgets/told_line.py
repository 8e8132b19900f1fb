"""A sentence that is to be read, behind its icon."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.labels import restyle

_SIDE = 14
_KINDS: dict[badge.Tint, str] = {"red": "error", "amber": "warning"}


class ToldLine(QLabel):
    """A sentence behind its icon: red (it blocks), amber (to be read) or grey (told)."""

    def __init__(self, text: str = "", tint: badge.Tint = "grey") -> None:
        super().__init__(text)
        self._tint: badge.Tint = tint
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        theme.changed.connect(self._indent)
        self._indent()
        self.say(text, tint)

    def say(self, text: str, tint: badge.Tint) -> None:
        """Show another sentence."""
        self._tint = tint
        self.setText(text)
        restyle(self, kind=_KINDS.get(tint, "small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme.px(_SIDE)
        top = max(0, (self.fontMetrics().height() - side) // 2) + 1
        name = badge.ICONS[self._tint] or "information-line"
        icons.draw(painter, QRect(0, top, side, side), name, badge.colours(self._tint)[0])
        painter.end()

    def _indent(self) -> None:
        self.setContentsMargins(theme.px(_SIDE + 5), 0, 0, 0)
