"""What is to be said of a field, at the right of its title: it takes the room that the title
leaves, so that an error moves nothing where it fits."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.tips import tip_text

_ICON, _GAP = 14, 4
_SHORT: dict[badge.Tint, str] = {"red": "à corriger", "amber": "à vérifier"}


class Remark(QWidget):
    """One line behind its icon: the whole, its beginning, « à corriger », or the icon alone, as
    there is room or where the whole is told below. The whole is in its tip."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.tint: badge.Tint = "grey"
        self._is_told_below = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def text(self) -> str:
        """The whole of what is said."""
        return self._text

    def say(self, text: str, tint: badge.Tint = "grey") -> None:
        """Say something else, or nothing."""
        if (text, tint) == (self._text, self.tint):
            return
        if self._text and QToolTip.text() == tip_text(self._text):
            QToolTip.hideText()
        self._text, self.tint = text, tint
        self.setToolTip(tip_text(text))
        self.setAccessibleName(text)
        self.update()

    def tell_below(self, below: bool) -> None:
        """Whether the whole has a line of its own: only the icon stays."""
        if below != self._is_told_below:
            self._is_told_below = below
            self.update()

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for the whole."""
        return self._advance(self._line) > self.width() - self._mark()

    @property
    def _line(self) -> str:
        return " ".join(self._text.split("\n"))

    def shown(self) -> str:
        """What there is room for."""
        if self._is_told_below:
            return ""
        room = self.width() - self._mark()
        line, short = self._line, self._advance(_SHORT.get(self.tint, ""))
        if self._advance(line) <= room:
            return line
        if room >= 2 * short:
            metrics = QFontMetrics(theme.font("small"))
            return metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
        return _SHORT[self.tint] if short <= room else ""

    def show_whole(self, editor: QWidget) -> None:
        """Where it is cut, say the whole over what follows the editor, for a moment."""
        if self._text and not self._is_told_below and self.shown() != self._text:
            below = editor.mapToGlobal(QPoint(0, editor.height() - theme.px(12)))
            QToolTip.showText(below, tip_text(self._text), editor)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_ICON + _GAP), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        ink, shown = badge.colours(self.tint)[0], self.shown()
        left = self.width() - painter.fontMetrics().horizontalAdvance(shown)
        name = badge.ICONS[self.tint]
        if name:
            side = theme.px(_ICON)
            at = left - self._mark() if shown else left - side
            icons.draw(painter, QRect(at, (self.height() - side) // 2, side, side), name, ink)
        painter.setPen(ink)
        line = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(
            line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown
        )
        painter.end()

    @staticmethod
    def _advance(text: str) -> int:
        return QFontMetrics(theme.font("small")).horizontalAdvance(text)

    def _mark(self) -> int:
        return theme.px(_ICON + _GAP) if badge.ICONS[self.tint] else 0
