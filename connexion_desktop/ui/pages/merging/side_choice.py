"""One of the values that a field may keep: a radio whose words, however many, are all readable."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from connexion_desktop.domain.merging import Side
from connexion_desktop.ui import theme

_SIDE, _PAD, _DOT, _ROUND = 10, 7, 26, 14
_LEAST = 120


class SideChoice(QAbstractButton):
    """`walked(step)` when Up, Down or Enter asks for the field before or after, `turned(step)` when
    Left or Right asks for another value of the field."""

    walked = Signal(int)
    turned = Signal(int)

    def __init__(self, side: Side, words: str, told: str) -> None:
        super().__init__()
        self.side = side
        self._lines: tuple[int, QTextLayout] | None = None
        self.setText(words)
        self.setAccessibleName(told)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._take_the_tab)
        self._take_the_tab(False)
        theme.changed.connect(self._measure_again)

    def sizeHint(self) -> QSize:
        width = theme.px(_LEAST * 2)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_LEAST), theme.px(_ROUND + 2 * _PAD))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._laid_out(self._room(width)).boundingRect().height()
        return round(height) + theme.px(2 * _PAD) + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        across = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        along = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
        if across is not None:
            self.turned.emit(across)
        elif key in along:
            self.walked.emit(along[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ring = theme.keyboard_ring(self)
        edge = tokens.accent if chosen or ring else tokens.line
        painter.setPen(QPen(edge, 2 if ring else 1))
        ground = tokens.accent_tint if chosen else tokens.surface
        painter.setBrush(tokens.hover if self.underMouse() and not chosen else ground)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        self._paint_round(painter, chosen=chosen)
        painter.setPen(tokens.ink)
        at = QPointF(theme.px(_SIDE + _DOT), theme.px(_PAD) + 1)
        self._laid_out(self._room(self.width())).draw(painter, at)
        painter.end()

    def _paint_round(self, painter: QPainter, *, chosen: bool) -> None:
        tokens, side = theme.tokens(), theme.px(_ROUND)
        round_ = QRectF(theme.px(_SIDE) + 1, theme.px(_PAD) + 2, side, side)
        painter.setPen(QPen(tokens.accent if chosen else tokens.muted, 1.5))
        painter.setBrush(tokens.surface)
        painter.drawEllipse(round_)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent)
            inside = side / 4
            painter.drawEllipse(round_.adjusted(inside, inside, -inside, -inside))

    def _room(self, width: int) -> int:
        return max(width - theme.px(2 * _SIDE + _DOT), 1)

    def _laid_out(self, room: int) -> QTextLayout:
        """The words on their lines; kept, since a note may be long."""
        if self._lines is not None and self._lines[0] == room:
            return self._lines[1]
        layout = QTextLayout(self.text().replace("\n", "\u2028"), theme.font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        self._lines = (room, layout)
        return layout

    def _take_the_tab(self, chosen: bool) -> None:
        """One stop of the Tab key for each field: the value chosen."""
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if chosen else policy.ClickFocus)

    def _measure_again(self) -> None:
        self._lines = None
        self.updateGeometry()
