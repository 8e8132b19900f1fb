"""A chart of horizontal bars, read from a metre away: words, bar, number. Pressing one keeps it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from connexion_desktop.ui import theme

_ROW, _THICK = 26, 14
_WORDS_SHARE = 0.42
_GAP = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A line: what it is of, its words, its number as told, how long it is from 0 to 1."""

    key: Hashable
    label: str
    told: str
    share: float


class BarChart(QWidget):
    """`picked(key)` for the bar pressed, `picked(None, False)` once it is pressed again.

    One stop for the Tab key; Up and Down walk along the bars, Space or Enter presses.
    """

    picked = Signal(object, bool)
    accessible_role = QAccessible.Role.Chart

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._kept: int | None = None
        self._here = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def show_bars(self, bars: Sequence[Bar], title: str) -> None:
        """Show other bars; none is kept."""
        self._bars = tuple(bars)
        self._kept, self._here = None, 0
        told = ", ".join(f"{bar.label} {bar.told}" for bar in bars)
        self.setAccessibleName(f"{self._name} : {title}")
        self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Those shown, from the top."""
        return self._bars

    @property
    def kept(self) -> Bar | None:
        """The bar pressed."""
        return None if self._kept is None else self._bars[self._kept]

    def place_of(self, rank: int) -> QRect:
        """Where a bar and its words stand."""
        height = theme.px(_ROW)
        return QRect(0, rank * height, self.width(), height)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), max(len(self._bars), 1) * theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rank, bar in enumerate(self._bars):
            place = self.place_of(rank)
            if place.intersects(event.rect()):
                self._paint_bar(painter, place, rank, bar)
        painter.end()

    def _paint_bar(self, painter: QPainter, place: QRect, rank: int, bar: Bar) -> None:
        tokens = theme.tokens()
        is_kept = rank == self._kept
        if is_kept or (theme.keyboard_ring(self) and rank == self._here):
            painter.setPen(tokens.accent if theme.keyboard_ring(self) else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent_tint if is_kept else Qt.BrushStyle.NoBrush)
            edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, theme.RADIUS_BADGE, theme.RADIUS_BADGE)
        gap = theme.px(_GAP)
        words_room = min(int(self.width() * _WORDS_SHARE), self._widest() + gap)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("body"))
        painter.setPen(tokens.ink)
        words = painter.fontMetrics().elidedText(
            bar.label, Qt.TextElideMode.ElideRight, words_room - gap
        )
        painter.drawText(place.adjusted(gap // 2, 0, 0, 0), middle, words)
        bold = theme.font("body", bold=True)
        number_room = max(
            (QFontMetrics(bold).horizontalAdvance(each.told) for each in self._bars), default=0
        )
        start = words_room + gap // 2
        length = (self.width() - start - number_room - 2 * gap) * bar.share
        if bar.share > 0:
            thick = theme.px(_THICK)
            box = QRectF(start, place.y() + (place.height() - thick) / 2, max(length, 2.0), thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent)
            painter.drawRoundedRect(box, 3, 3)
            start += int(max(length, 2.0)) + gap
        painter.setFont(bold)
        painter.setPen(tokens.ink)
        painter.drawText(place.adjusted(start, 0, 0, 0), middle, bar.told)

    def _widest(self) -> int:
        metrics = QFontMetrics(theme.font("body"))
        return max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0) + 2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        rank = self._rank_at(event.position().toPoint())
        if rank is not None:
            self._press(rank)

    def _rank_at(self, point: QPoint) -> int | None:
        rank = point.y() // theme.px(_ROW)
        return rank if 0 <= rank < len(self._bars) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        if step and self._bars:
            self._here = (self._here + step) % len(self._bars)
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._bars:
            self._press(self._here)
        else:
            super().keyPressEvent(event)

    def _press(self, rank: int) -> None:
        self._here = rank
        self._kept = None if self._kept == rank else rank
        self.update()
        kept = self.kept
        self.picked.emit(kept.key if kept else None, kept is not None)
