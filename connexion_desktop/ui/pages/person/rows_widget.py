"""A few painted rows walked with the arrows, each with marks one clicks or types as digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.tips import tip_text

RowT = TypeVar("RowT")

ROW = 20
"""The height of a row, in logical pixels at 100 %."""

MARKS = 5

INSET = 4
"""Between a row's edge, where its ring is drawn, and its words."""


class RowsWidget(QWidget, Generic[RowT]):
    """`digit_typed(row, 0…5)` by key or by a click on a mark; subclasses paint the rows."""

    accessible_role = QAccessible.Role.List

    digit_typed = Signal(int, int)

    def __init__(self, name: str, marks: QSize) -> None:
        """`marks` is the size of the five marks together, in logical pixels at 100 %."""
        super().__init__()
        self._rows: tuple[RowT, ...] = ()
        self._marks = marks
        self._current = 0
        self._hovered: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show these rows."""
        self._rows = tuple(rows)
        self._hovered = None
        self.updateGeometry()
        self.update()
        self._tell_current()

    def row(self, index: int) -> RowT:
        """What a row shows."""
        return self._rows[index]

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def told(self, row: int) -> str:
        """A row in words."""
        raise NotImplementedError

    def tip(self, row: int, mark: int) -> str:
        """What pointing at a mark (1 to 5, 0 elsewhere in the row) says."""
        raise NotImplementedError

    def marks_rect(self, row: int) -> QRect:
        """The five marks of a row."""
        box = self.row_rect(row)
        width, height = theme.px(self._marks.width()), theme.px(self._marks.height())
        left = box.right() - theme.px(INSET) - width + 1
        return QRect(left, box.top() + (box.height() - height) // 2, width, height)

    def is_under_hand(self, row: int) -> bool:
        """Whether the pointer or the keyboard is on a row."""
        return row == self._hovered or (self.hasFocus() and row == self.current_row())

    def paint_row(self, painter: QPainter, row: int, box: QRect) -> None:
        """Draw a row."""
        raise NotImplementedError

    def row_rect(self, row: int) -> QRect:
        """Where a row is."""
        height = theme.px(ROW)
        return QRect(0, row * height, self.width(), height)

    def current_row(self) -> int:
        """The row the keyboard is on."""
        return min(self._current, max(self.count() - 1, 0))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(ROW) * self.count())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(ROW) * self.count())

    def _row_at(self, point: QPoint) -> int | None:
        row = point.y() // theme.px(ROW)
        return row if 0 <= row < self.count() else None

    def _mark_at(self, row: int, point: QPoint) -> int:
        """1 to 5, or 0 outside the marks."""
        box = self.marks_rect(row)
        if not box.adjusted(0, -theme.px(4), 0, theme.px(4)).contains(point):
            return 0
        return min((point.x() - box.left()) * MARKS // max(box.width(), 1) + 1, MARKS)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_at(event.pos())
            if row is not None:
                tip = self.tip(row, self._mark_at(row, event.pos()))
                QToolTip.showText(event.globalPos(), tip_text(tip), self, self.row_rect(row))
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        on_mark = row is not None and self._mark_at(row, event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if on_mark else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if row != self._hovered:
            self._hovered = row
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.go_to(row)
        mark = self._mark_at(row, event.position().toPoint())
        if mark:
            self.digit_typed.emit(row, mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.count():
            super().keyPressEvent(event)
            return
        row = self.current_row()
        text = event.text()
        if text.isdigit() and int(text) <= MARKS:
            self.digit_typed.emit(row, int(text))
        elif event.key() == Qt.Key.Key_Down and row < self.count() - 1:
            self.go_to(row + 1)
        elif event.key() == Qt.Key.Key_Up and row > 0:
            self.go_to(row - 1)
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """Put the keyboard on a row."""
        self._current = row
        self.update()
        self._tell_current()

    def _tell_current(self) -> None:
        if not self.count():
            return
        self.setAccessibleDescription(self.told(self.current_row()))
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens()
        for row in range(self.count()):
            box = self.row_rect(row)
            focused = self.hasFocus() and row == self.current_row()
            if focused or row == self._hovered:
                painter.setPen(QPen(tokens.accent, 1.5) if focused else Qt.PenStyle.NoPen)
                painter.setBrush(tokens.hover)
                ground = QRectF(box).adjusted(-5, 1, 5, -1) if not focused else None
                inner = QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75)
                painter.drawRoundedRect(ground or inner, 4, 4)
            self.paint_row(painter, row, box)
        painter.end()


def paint_words(painter: QPainter, box: QRect, text: str, ink: QColor) -> None:
    """Write what a row is about; a text too long for its box ends in « … »."""
    font = theme.font("body")
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
