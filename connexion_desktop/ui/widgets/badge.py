"""A word on a tint, with its icon: an alert is never told by its colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from connexion_desktop.ui import icons, theme

Tint = Literal["red", "amber", "green", "accent", "grey"]

ICONS: dict[Tint, str] = {
    "red": "error-warning-line",
    "amber": "alert-line",
    "green": "checkbox-circle-line",
    "accent": "information-line",
    "grey": "",
}


def colours(tint: Tint) -> tuple[QColor, QColor]:
    """The ink and the tint of a badge."""
    tokens = theme.tokens()
    if tint == "grey":
        return tokens.muted, tokens.grey_tint
    return getattr(tokens, tint), getattr(tokens, f"{tint}_tint")


def size(text: str, tint: Tint, *, icon: str | None = None) -> QSize:
    """How large a badge is drawn."""
    metrics = QFontMetrics(theme.font("small"))
    mark = theme.px(17) if _icon(tint, icon) else 0
    return QSize(
        metrics.horizontalAdvance(text) + 1 + mark + theme.px(16), metrics.height() + theme.px(4)
    )


def paint(
    painter: QPainter, rect: QRect, text: str, tint: Tint, *, icon: str | None = None
) -> None:
    """Draw a badge in `rect`; a text too long for it ends in « … »."""
    ink, ground = colours(tint)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, theme.RADIUS_BADGE, theme.RADIUS_BADGE)
    inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
    name = _icon(tint, icon)
    if name:
        side = theme.px(13)
        top = inner.y() + (inner.height() - side) // 2
        icons.draw(painter, QRect(inner.x(), top, side, side), name, ink)
        inner.setLeft(inner.x() + theme.px(17))
    painter.setFont(theme.font("small"))
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def _icon(tint: Tint, icon: str | None) -> str:
    return ICONS[tint] if icon is None else icon


class Badge(QWidget):
    """See the module. `icon` replaces the tint's own; an empty one leaves the word alone."""

    def __init__(self, text: str = "", tint: Tint = "grey", *, icon: str | None = None) -> None:
        super().__init__()
        self._text = text
        self._tint: Tint = tint
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """The word shown."""
        return self._text

    def show_badge(self, text: str, tint: Tint = "grey", *, icon: str | None = None) -> None:
        """Show another word."""
        self._text, self._tint, self._icon = text, tint, icon
        self.setAccessibleName(text)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return size(self._text, self._tint, icon=self._icon)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self._text, self._tint, icon=self._icon)
        painter.end()
