"""A year of groups: months across, who leads them down the side, a bar for each group. Arrows walk
them, Enter opens."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from connexion_desktop.domain.french_dates import MONTHS, SHORT_MONTHS, period_text
from connexion_desktop.domain.groups import GroupRow
from connexion_desktop.domain.year_view import YearView
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.tips import tip_text

AnyIndex = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NAMES, _HEAD, _LINE = 150, 30, 38


def group_told(group: GroupRow) -> str:
    """« Bordeaux · mars 2026, du 9 mars au 29 mai 2026, Nadia Ferrand, 12 personnes… »."""
    parts = (
        group.name,
        period_text(group.starts_on, group.weeks_end),
        group.conseiller,
        f"{group.present} personne{'s' * (group.present > 1)} pour {group.capacity} places",
        group.phase,
    )
    return ", ".join(part for part in parts if part)


class YearModel(QAbstractListModel):
    """The groups of the year, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[GroupRow, ...] = ()

    def show_groups(self, groups: tuple[GroupRow, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def group(self, row: int) -> GroupRow | None:
        """The group of that rank."""
        return self._groups[row] if 0 <= row < len(self._groups) else None

    def row_of(self, group_id: UUID | None) -> int:
        """The rank of a group, -1 if it is not shown."""
        ids = [each.id for each in self._groups]
        return ids.index(group_id) if group_id in ids else -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._groups)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.group(index.row())
        if group is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return group_told(group)
        return tip_text(group_told(group)) if role == Qt.ItemDataRole.ToolTipRole else None


class YearGrid(QListView):
    """`opened(group_id)` on Enter or a click."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.year_model = YearModel()
        self._view = YearView(1, ())
        self._today = date.min
        self.setModel(self.year_model)
        self.setAccessibleName("Groupes de l’année")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self._fit)

    def show_year(self, view: YearView, today: date, current: UUID | None) -> None:
        """Show a year; the group `current` has the keyboard, where none had it."""
        kept = self.current() or current
        self._view, self._today = view, today
        self.year_model.show_groups(view.groups)
        self.setAccessibleDescription(view.told)
        self._fit()
        index = self.year_model.index(max(self.year_model.row_of(kept), 0))
        if index.isValid():
            self.setCurrentIndex(index)

    def current(self) -> UUID | None:
        """The group that has the keyboard."""
        group = self.year_model.group(self.currentIndex().row())
        return group.id if group is not None else None

    # Where everything is

    def _x_of(self, day: date) -> int:
        names, view = theme.px(_NAMES), self._view
        share = (day - view.first).days / ((view.last - view.first).days + 1)
        return names + round(min(max(share, 0.0), 1.0) * (self.viewport().width() - names))

    def _y_of(self, line: int) -> int:
        return theme.px(_HEAD) + line * theme.px(_LINE) - self.verticalOffset()

    def _bars(self) -> list[QRect]:
        gap = theme.px(4)
        return [
            QRect(
                self._x_of(group.starts_on),
                self._y_of(place) + gap,
                max(self._x_of(group.weeks_end) - self._x_of(group.starts_on), theme.px(8)),
                theme.px(_LINE) - 2 * gap,
            )
            for place, line in enumerate(self._view.lines)
            for group in line.groups
        ]

    def _fit(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(theme.px(_LINE))
        bar.setRange(0, max(theme.px(_HEAD) + len(self._view.lines) * theme.px(_LINE) - height, 0))
        self.viewport().update()

    def updateGeometries(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: AnyIndex) -> QRect:
        return self._bars()[index.row()] if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        if point.y() < theme.px(_HEAD):
            return QModelIndex()
        found = (row for row, rect in enumerate(self._bars()) if rect.contains(point))
        return self.year_model.index(next(found, -1))

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        if rect.top() < theme.px(_HEAD):
            bar.setValue(bar.value() + rect.top() - theme.px(_HEAD))
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + 2)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row, last = self.currentIndex().row(), self.year_model.rowCount() - 1
        back = (_Move.MoveLeft, _Move.MoveUp, _Move.MovePrevious)
        on = (_Move.MoveRight, _Move.MoveDown, _Move.MoveNext)
        target = {_Move.MoveHome: 0, _Move.MoveEnd: last}.get(
            action, row - (action in back) + (action in on)
        )
        return self.year_model.index(min(max(target, 0), last))

    # Keys, mouse, painting

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current()
        if event.key() in _ENTER and current is not None:
            self.opened.emit(current)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        group = self.year_model.group(index.row())
        if group is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(group.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), tokens.surface)
        self._paint_lines(painter)
        if self._view.first <= self._today <= self._view.last:
            x = self._x_of(self._today)
            painter.fillRect(QRect(x, theme.px(_HEAD), 2, self.viewport().height()), tokens.red)
        for row, rect in enumerate(self._bars()):
            if rect.intersects(event.rect()):
                self._paint_bar(painter, rect, row)
        self._paint_head(painter)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        tokens, names = theme.tokens(), theme.px(_NAMES)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(tokens.ink)
        metrics = painter.fontMetrics()
        for place, line in enumerate(self._view.lines):
            y = self._y_of(place)
            if line.name:
                painter.fillRect(QRect(0, y, self.viewport().width(), 1), tokens.line)
                box = QRect(theme.px(10), y, names - theme.px(16), theme.px(_LINE))
                shown = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, box.width())
                painter.drawText(box, _LEFT, shown)
        for month in range(1, 13):
            x = self._x_of(date(self._view.year, month, 1))
            painter.fillRect(QRect(x, 0, 1, self.viewport().height()), tokens.line)

    def _paint_head(self, painter: QPainter) -> None:
        tokens, height = theme.tokens(), theme.px(_HEAD)
        painter.fillRect(QRect(0, 0, self.viewport().width(), height), tokens.surface)
        painter.setFont(theme.font("small"))
        painter.setPen(tokens.muted)
        for month in range(1, 13):
            left = self._x_of(date(self._view.year, month, 1))
            last = month == 12
            right = (
                self.viewport().width() if last else self._x_of(date(self._view.year, month + 1, 1))
            )
            box = QRect(left + theme.px(5), 0, right - left - theme.px(6), height)
            name = MONTHS[month - 1]
            fits = painter.fontMetrics().horizontalAdvance(name) <= box.width()
            shown = name if fits else SHORT_MONTHS[month - 1]
            painter.drawText(box, _LEFT, shown)
        painter.fillRect(QRect(0, height - 1, self.viewport().width(), 1), tokens.line)

    def _paint_bar(self, painter: QPainter, rect: QRect, row: int) -> None:
        group, tokens = self.year_model.group(row), theme.tokens()
        if group is None:
            return
        over = group.weeks_end < self._today
        begun = group.starts_on <= self._today
        ground = tokens.grey_tint if over else tokens.accent_tint if begun else tokens.surface
        ringed = self.hasFocus() and row == self.currentIndex().row()
        pen = painter.pen()
        pen.setColor(tokens.accent if ringed or not over else tokens.edge)
        pen.setWidthF(2 if ringed else 1)
        pen.setStyle(Qt.PenStyle.SolidLine if begun else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ground)
        outline = QRectF(rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(outline, theme.RADIUS_BADGE, theme.RADIUS_BADGE)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(tokens.ink)
        words = f"{group.name} · {group.present}/{group.capacity}"
        box = rect.adjusted(theme.px(7), 0, -theme.px(5), 0)
        metrics = QFontMetrics(theme.font("small", bold=True))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, shown)
