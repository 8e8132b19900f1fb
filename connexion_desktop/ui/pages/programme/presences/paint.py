"""How a presence is painted: its letter on a tint, so that it is never told by its colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.presence_grid import Cell
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.programme.presences.model import AnyIndex, PresenceModel
from connexion_desktop.ui.widgets import badge

TINTS: dict[Presence, badge.Tint] = {
    Presence.PRESENT: "green",
    Presence.ABSENT: "red",
    Presence.EXCUSED: "amber",
    Presence.LATE: "accent",
}
_SIGNS = {Presence.MISSING: "?", Presence.COMING: "·", Presence.OUTSIDE: "–"}
_WIDE = 54
"""The least width, in logical pixels, where a lateness shows its minutes."""


def letter(presence: Presence) -> str:
    """What stands in a cell."""
    return _SIGNS.get(presence, presence.value)


def paint_mark(painter: QPainter, box: QRect, presence: Presence, text: str) -> None:
    """Draw a presence in a box: a letter on its tint, hollow where it is still to be marked."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tint = TINTS.get(presence)
    nothing = QColor(Qt.GlobalColor.transparent)
    ink, ground = badge.colours(tint) if tint else (tokens.muted, nothing)
    if presence is Presence.MISSING:
        painter.setPen(QPen(tokens.edge, 1.0, Qt.PenStyle.DashLine))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    if tint or presence is Presence.MISSING:
        painter.drawRoundedRect(
            QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_BADGE, theme.RADIUS_BADGE
        )
    painter.setPen(ink)
    painter.setFont(theme.font("body", bold=tint is not None))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class PresenceDelegate(QStyledItemDelegate):
    """Paints a cell: its mark, a ring where the keyboard is, what was sent under its lock."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        cell = model.cell(index) if isinstance(model, PresenceModel) else None
        if not isinstance(model, PresenceModel) or cell is None or model.grid is None:
            return
        tokens = theme.tokens()
        slot = model.columns[index.column()].slot
        state = option.state
        presence = model.presence(index)
        if presence is Presence.OUTSIDE:
            painter.fillRect(option.rect, tokens.grey_tint)
        elif slot.on == model.grid.today:
            painter.fillRect(option.rect, tokens.hover)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens.accent_tint)
        box = option.rect.adjusted(4, 3, -5, -4)
        paint_mark(painter, box, presence, _text(cell, presence, box.width()))
        _paint_signs(painter, box, cell)
        painter.setPen(tokens.line)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if slot.half.value == "pm":
            painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        view = self.parent()
        if isinstance(view, QTableView) and view.currentIndex() == index:
            _paint_ring(painter, option.rect, wide=view.hasFocus())


def _paint_ring(painter: QPainter, rect: QRect, *, wide: bool) -> None:
    """Around the current cell; thinner while the keyboard is elsewhere."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.tokens().accent, 2.0 if wide else 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = QRectF(rect).adjusted(2, 1.5, -3, -2.5)
    painter.drawRoundedRect(ring, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
    painter.restore()


def _text(cell: Cell, presence: Presence, width: int) -> str:
    if cell.late and width >= theme.px(_WIDE):
        return f"{letter(presence)} {cell.late} min"
    return letter(presence)


def _paint_signs(painter: QPainter, box: QRect, cell: Cell) -> None:
    """A reason that is known, and what was sent: each by its own sign, in a corner."""
    side = theme.px(12 if box.width() >= theme.px(_WIDE) else 8)
    place = QRect(box.right() - side - 1, box.y() + 2, side, side)
    ink = theme.tokens().muted
    if cell.is_locked:
        icons.draw(painter, place, "lock-2-line", ink)
    elif cell.reason:
        icons.draw(painter, place, "chat-1-line", ink)
