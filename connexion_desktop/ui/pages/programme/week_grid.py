"""A week as a grid: days side by side, hours down the side, a block for each séance. Arrows walk
them, Enter opens, the mouse moves them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QToolTip

from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.moving_meetings import When, at
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.programme_week import Week, hours_drawn, week_of
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme import week_paint
from connexion_desktop.ui.pages.programme.week_layout import Sizes, WeekLayout
from connexion_desktop.ui.pages.programme.week_model import AnyIndex, WeekModel
from connexion_desktop.ui.widgets.tips import tip_text

_Move = QAbstractItemView.CursorAction
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WeekGrid(QListView):
    """`opened(id)` on Enter or a click; `chosen(id)` when the keyboard goes to another séance;
    `dropped(id, when)` when one was drawn to another time; `menu_wanted(id, point)`."""

    opened = Signal(object)
    chosen = Signal(object)
    dropped = Signal(object, object)
    menu_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._programme: Programme | None = None
        self._placed: WeekLayout | None = None
        self._pressed: tuple[MeetingRow, QPoint] | None = None
        self._ghost: When | None = None
        self._opened: UUID | None = None
        self._hovered = -1
        self.week_model = WeekModel()
        self.setModel(self.week_model)
        self.setAccessibleName("Séances de la semaine")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self._fit)

    # What is shown

    def show_week(self, programme: Programme, monday: date) -> Week:
        """Show a week of a programme; the séance that has the keyboard keeps it."""
        kept = self.current()
        week = week_of(programme, monday)
        self._programme = programme
        self._placed = WeekLayout(
            week, hours_drawn(programme.meetings), 1, 1, Sizes.scaled(theme.px)
        )
        self._ghost = self._pressed = None
        self.week_model.show_week(programme, week)
        self.setAccessibleDescription(week.told)
        self._fit()
        self.put_current(kept.id if kept is not None else None)
        return week

    def mark(self, meeting_id: UUID | None) -> None:
        """Say which séance is open beside."""
        self._opened = meeting_id
        self.viewport().update()

    def current(self) -> MeetingRow | None:
        """The séance that has the keyboard."""
        return self.week_model.meeting(self.currentIndex().row())

    def put_current(self, meeting_id: UUID | None) -> None:
        """Give the keyboard to a séance; to the first of the week if it is not there."""
        index = self.week_model.index(max(self.week_model.row_of(meeting_id), 0))
        if index.isValid():
            self.setCurrentIndex(index)

    def placed(self) -> WeekLayout | None:
        """Where everything is drawn now."""
        return self._placed

    def _fit(self) -> None:
        placed = self._placed
        if placed is None:
            return
        view = self.viewport()
        self._placed = WeekLayout(
            placed.week, placed.hours, view.width(), view.height(), Sizes.scaled(theme.px)
        )
        bar = self.verticalScrollBar()
        bar.setPageStep(view.height())
        bar.setSingleStep(self._placed.sizes.hour // 2)
        bar.setRange(0, max(self._placed.whole - view.height(), 0))
        view.update()

    # What Qt asks of a view

    def updateGeometries(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def visualRect(self, index: AnyIndex) -> QRect:
        meeting = self.week_model.meeting(index.row())
        if meeting is None or self._placed is None:
            return QRect()
        return self._placed.place_of(meeting.id).translated(0, -self.verticalOffset())

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self._placed is None or point.y() < self._placed.sizes.head:
            return QModelIndex()
        return self.week_model.index(self._placed.at(point + QPoint(0, self.verticalOffset())))

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if self._placed is None:
            return
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        if rect.top() < self._placed.sizes.head:
            bar.setValue(bar.value() + rect.top() - self._placed.sizes.head)
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + 2)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row, last = self.currentIndex().row(), self.week_model.rowCount() - 1
        if row < 0:
            return self.week_model.index(0)
        steps = {_Move.MoveUp: -1, _Move.MovePrevious: -1, _Move.MoveDown: 1, _Move.MoveNext: 1}
        if action in steps:
            return self.week_model.index(min(max(row + steps[action], 0), last))
        if action in (_Move.MoveLeft, _Move.MoveRight):
            return self.week_model.index(self._beside(row, 1 if action == _Move.MoveRight else -1))
        if action == _Move.MoveHome:
            return self.week_model.index(0)
        return self.week_model.index(last if action == _Move.MoveEnd else row)

    def _beside(self, row: int, step: int) -> int:
        """The séance at the right or at the left: a parallel one, else the nearest in time of the
        next day that holds one."""
        placed = self._placed
        if placed is None:
            return row
        blocks = [rect for _, rect in placed.blocks()]
        here = blocks[row]
        aside = [
            rank
            for rank, rect in enumerate(blocks)
            if step * (rect.center().x() - here.center().x()) > 0
        ]

        def far(rank: int) -> tuple[bool, int, int]:
            rect = blocks[rank]
            apart = rect.top() > here.bottom() or rect.bottom() < here.top()
            across = abs(rect.center().x() - here.center().x())
            return apart, across, abs(rect.center().y() - here.center().y())

        return min(aside, key=far, default=row)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        meeting = self.week_model.meeting(current.row())
        if meeting is not None:
            self.chosen.emit(meeting.id)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meeting = self.current()
        if event.key() == Qt.Key.Key_Escape and self._ghost is not None:
            self._forget_drag()
        elif event.key() in _ENTER and meeting is not None:
            self.opened.emit(meeting.id)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape):
            event.ignore()  # the page goes to another week, or closes what stands beside
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        meeting = self.week_model.meeting(index.row())
        if meeting is not None:
            where = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(meeting.id, self.viewport().mapToGlobal(where))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        meeting = self.week_model.meeting(index.row())
        if meeting is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setCurrentIndex(index)
        self._pressed = (meeting, event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self.indexAt(point).row()
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
        hand = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
        if self._pressed is not None and self._is_drawn(point):
            self._draw_to(point)
            hand = Qt.CursorShape.ClosedHandCursor
        self.viewport().setCursor(hand)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, ghost = self._pressed, self._ghost
        self._forget_drag()
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        meeting = pressed[0]
        if ghost is None:
            self.opened.emit(meeting.id)
        elif (ghost.on, ghost.start) != (meeting.on, meeting.start):
            self.dropped.emit(meeting.id, ghost)

    def _is_drawn(self, point: QPoint) -> bool:
        if self._pressed is None or self._ghost is not None:
            return self._ghost is not None
        far = (point - self._pressed[1]).manhattanLength()
        return far >= QApplication.startDragDistance()

    def _draw_to(self, point: QPoint) -> None:
        """Show where the séance would be if it was dropped here: its own hours, as long as it
        keeps near them."""
        placed, pressed = self._placed, self._pressed
        if placed is None or pressed is None:
            return
        meeting, begun = pressed
        start = placed.minute_at(placed.y_of(meeting.start) + point.y() - begun.y())
        self._ghost = at(meeting, placed.day_at(point.x()).on, start)
        self.viewport().update()

    def _forget_drag(self) -> None:
        self._pressed = self._ghost = None
        self.viewport().unsetCursor()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hovered >= 0:
            self._hovered = -1
            self.viewport().update()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            told = self._told_at(event.pos())
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().viewportEvent(event)

    def _told_at(self, point: QPoint) -> str:
        placed = self._placed
        if placed is None:
            return ""
        if point.y() < placed.sizes.head:
            day = placed.day_at(point.x())
            return tip_text("\n".join(part for part in (day.name, day.told) if part))
        index = self.indexAt(point)
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "") if index.isValid() else ""

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        placed, programme = self._placed, self._programme
        painter = QPainter(self.viewport())
        if placed is not None and programme is not None:
            scrolled = self.verticalOffset()
            painter.fillRect(self.viewport().rect(), theme.tokens().surface)
            week_paint.paint_ground(painter, placed, scrolled)
            wrong = programme.wrong
            for rank, (slot, rect) in enumerate(placed.blocks()):
                shown = rect.translated(0, -scrolled)
                if shown.intersects(event.rect()):
                    look = self._look(rank, slot.meeting, wrong=slot.meeting.id in wrong)
                    week_paint.paint_block(painter, shown, slot.meeting, look)
            self._paint_ghost(painter, placed, scrolled)
            week_paint.paint_heads(painter, placed, programme.today)
        painter.end()

    def _look(self, rank: int, meeting: MeetingRow, *, wrong: bool) -> week_paint.Look:
        current = rank == self.currentIndex().row()
        return week_paint.Look(
            wrong=wrong and meeting.is_standing,
            ringed=current and self.hasFocus(),
            chosen=meeting.id == self._opened,
            hovered=rank == self._hovered,
        )

    def _paint_ghost(self, painter: QPainter, placed: WeekLayout, scrolled: int) -> None:
        ghost = self._ghost
        if ghost is None:
            return
        days = [day.on for day in placed.week.days]
        rect = placed.span(days.index(ghost.on), ghost.start, ghost.end)
        week_paint.paint_ghost(painter, rect.translated(0, -scrolled), ghost.start, ghost.end)
