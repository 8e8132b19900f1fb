"""The list of the day: arrows walk the lines, Enter and a click on its words do what one leads
to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView

from connexion_desktop.domain.today import LineKey
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.today.model import DayModel, Index, Shown
from connexion_desktop.ui.pages.today.paint import DayDelegate, parts_of


class DayView(QListView):
    """`entered(Shown)`: a line is followed; `menu_wanted(Shown, QPoint)`: its acts are asked for;
    `moved`: another line has the keyboard."""

    entered = Signal(object)
    menu_wanted = Signal(object, QPoint)
    moved = Signal()

    def __init__(self, model: DayModel) -> None:
        super().__init__()
        self.day = model
        self._pressed: LineKey | int | None = None
        self.setModel(model)
        self.setItemDelegate(DayDelegate(self))
        self.setAccessibleName("Ce qui vous attend")
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def current(self) -> Shown | None:
        """The line that has the keyboard."""
        return self.day.shown_at(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if enters and self.currentIndex().isValid():
            self._follow(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._pressed = self._row_at(index) if self._leads(index, event) else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was pressed is done where it is let go on the same words; the second release of a
        double click does nothing more."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressed, self._pressed = self._pressed, None
        is_same = pressed is not None and pressed == self._row_at(index)
        if event.button() == Qt.MouseButton.LeftButton and is_same and self._leads(index, event):
            self._follow(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        index = self.indexAt(event.position().toPoint())
        if self.day.shown_at(index) is not None and not self._leads(index, event):
            self._follow(index)

    def _row_at(self, index: QModelIndex) -> LineKey | int:
        """What is known of what is pointed at, wherever it stands by then: a line, or the place of
        a title."""
        shown = self.day.shown_at(index)
        return shown.line.key if shown is not None else index.row()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        leads = self._leads(self.indexAt(event.position().toPoint()), event)
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the line pointed at; by the menu key, of the one that has the keyboard."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        shown = self.day.shown_at(index)
        if shown is not None:
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(shown, self.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def moveCursor(
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        index = super().moveCursor(action, modifiers)
        up = action in (QListView.CursorAction.MoveUp, QListView.CursorAction.MovePageUp)
        row = index.row()
        while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            row += -1 if up else 1
            index = self.model().index(row, 0)
        return index if index.isValid() else self.currentIndex()

    def act_rect(self, index: QModelIndex) -> QRect:
        """Where the words of what a line leads to stand."""
        shown = self.day.shown_at(index)
        return QRect() if shown is None else parts_of(self.visualRect(index), shown).act

    def _leads(self, index: QModelIndex, event: QMouseEvent) -> bool:
        """Whether a click there does something at once: on words that say so, on a folded title."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return False
        if self.day.shown_at(index) is None:
            return True
        return self.act_rect(index).contains(event.position().toPoint())

    def _follow(self, index: QModelIndex) -> None:
        shown = self.day.shown_at(index)
        if shown is not None:
            self.entered.emit(shown)
            return
        row = index.row()
        self.day.fold()
        self.setCurrentIndex(self.day.index(row))
