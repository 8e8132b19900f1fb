"""The grid at the keyboard: P, A, E and R mark and go on, T marks everybody, the arrows walk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.presences import CellKey, Slot
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.presences.headers import (
    Corner,
    DaysHeader,
    NamesHeader,
)
from connexion_desktop.ui.pages.programme.presences.model import PresenceModel
from connexion_desktop.ui.pages.programme.presences.paint import PresenceDelegate

_LOWEST, _HIGHEST, _NARROWEST, _WIDEST = 28, 38, 36, 132
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_LETTERS = {
    "P": Presence.PRESENT,
    "A": Presence.ABSENT,
    "E": Presence.EXCUSED,
    "R": Presence.LATE,
}
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_DETAILS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_EVERYBODY = (Qt.Key.Key_T, Qt.Key.Key_Space)
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_OURS = (*_CLEARS, *_DETAILS, *_EVERYBODY, *_PAGES)


class PresenceView(QTableView):
    """`marked(Presence | None)` for the cells chosen, None to take their marks away; `everybody()`
    for their half-days; `details(str)` of the current cell, with the first digit of the minutes
    where it was typed; `menu_wanted(point)`; `paged(steps)` to other days."""

    marked = Signal(object)
    everybody = Signal()
    details = Signal(str)
    menu_wanted = Signal(QPoint)
    paged = Signal(int)

    def __init__(self, model: PresenceModel) -> None:
        super().__init__()
        self.presences = model
        self._late: CellKey | None = None
        self.corner = Corner(self)
        self.setModel(model)
        self.setAccessibleName("Présences du groupe")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(PresenceDelegate(self))
        self.setHorizontalHeader(DaysHeader(model, self))
        self.names = NamesHeader(model, self)
        self.setVerticalHeader(self.names)
        self.setCornerButtonEnabled(False)
        theme.changed.connect(self.fit)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(
            lambda *_rows: self.names.viewport().update()
        )
        self.selectionModel().selectionChanged.connect(lambda *_each: self.await_minutes(None))
        for done in (self.marked, self.everybody, self.pressed):
            done.connect(lambda *_each: self.await_minutes(None))

    def fit(self) -> None:
        """Share the room between the half-days and the people, as far as they stay readable."""
        count = len(self.presences.columns)
        left = self.width() - count * theme.px(_NARROWEST)
        self.names.give(max(left, self.width() // 4))
        self.updateGeometries()
        room = self.viewport().width()
        wide = min(max(room // max(count, 1), theme.px(_NARROWEST)), theme.px(_WIDEST))
        self.horizontalHeader().setDefaultSectionSize(wide)
        self.horizontalHeader().setMinimumSectionSize(theme.px(_NARROWEST))
        self.updateGeometries()
        high = self.viewport().height() // max(len(self.presences.people), 1)
        self.names.setDefaultSectionSize(min(max(high, theme.px(_LOWEST)), theme.px(_HIGHEST)))

    def chosen(self) -> list[CellKey]:
        """The cells selected; the current one where none is."""
        indexes = self.selectedIndexes() or [self.currentIndex()]
        return [key for index in indexes if (key := self.presences.key(index)) is not None]

    def slots(self) -> tuple[Slot, ...]:
        """The half-days of the cells chosen, in their order."""
        found = {key.slot for key in self.chosen()}
        return tuple(sorted(found, key=lambda slot: slot.rank))

    def put_current(self, key: CellKey | None) -> None:
        """Give the keyboard to a cell, selected alone."""
        self._go(self.presences.index_of(key))

    def put_slot(self, slot: Slot | None) -> None:
        """Give the keyboard to the first of a half-day who is still to be marked, else expected."""
        places = [place for place, each in enumerate(self.presences.columns) if each.slot == slot]
        if not places:
            return
        indexes = [
            self.presences.index(row, places[0]) for row in range(len(self.presences.people))
        ]
        blank = (each for each in indexes if self.presences.presence(each) is Presence.MISSING)
        is_open = (each for each in indexes if self._is_open(each))
        self._go(next(iter((*blank, *is_open, *indexes)), QModelIndex()))

    def go_down(self) -> None:
        """Go to the next person expected on the same half-day, if there is one."""
        here = self.currentIndex()
        below = (
            self.presences.index(row, here.column())
            for row in range(here.row() + 1, len(self.presences.people))
        )
        found = next((index for index in below if self._is_open(index)), None)
        if found is not None:
            self._go(found)

    def await_minutes(self, key: CellKey | None) -> None:
        """The digits typed next are the minutes of who was just marked late, though the keyboard
        went on to the next person."""
        self._late = key

    def _is_open(self, index: QModelIndex) -> bool:
        cell = self.presences.cell(index)
        return cell is not None and cell.is_open

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        edge = self.frameWidth()
        wide, high = self.verticalHeader().width(), self.horizontalHeader().height()
        self.corner.setGeometry(edge, edge, wide, high)

    def event(self, event: QEvent) -> bool:
        """What a key says here comes before what it says elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key, letter = Qt.Key(event.key()), event.text().upper()
            ours = letter in _LETTERS or letter.isdecimal() or key in _OURS
            if ours and not event.modifiers() & _HELD:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() & _HELD and self._take(event):
            return
        super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        """Do what a key says by itself."""
        key, text = Qt.Key(event.key()), event.text().upper()
        if text in _LETTERS:
            self.marked.emit(_LETTERS[text])
        elif key in _EVERYBODY:
            self.everybody.emit()
        elif key in _CLEARS:
            self.marked.emit(None)
        elif key in _DETAILS:
            self.details.emit("")
        elif text.isdecimal():
            if self._late is not None:
                self.put_current(self._late)
            self.details.emit(text)
        elif key in _PAGES:
            self.paged.emit(_PAGES[key])
        else:
            return False
        return True

    def keyboardSearch(self, search: str) -> None:
        """Letters mark: none of them seeks."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.menu_wanted.emit(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse and not self.selectionModel().isSelected(index):
            self._go(index)
        box = self.visualRect(self.currentIndex())
        point = event.globalPos() if by_mouse else self.viewport().mapToGlobal(box.center())
        self.menu_wanted.emit(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
