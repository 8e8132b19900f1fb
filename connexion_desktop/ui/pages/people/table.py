"""The table of everyone met: Enter opens, Escape brings everybody back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from connexion_desktop.domain.people import KnownPerson
from connexion_desktop.ui.pages.people.model import PERSON, TINTS, Column, PeopleModel
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.list_table import AnyIndex, ListTable, RowDelegate

_PADDING = 9
_WIDTHS: dict[int, int] = {
    Column.NAME: 128,
    Column.GIVEN: 116,
    Column.STATE: 138,
    Column.GROUP: 178,
    Column.PHONE: 122,
    Column.CITY: 98,
    Column.BIRTH: 106,
    Column.MET: 112,
    Column.TO_CHECK: 80,
    Column.NUMBER: 76,
}
_SPARED = (
    Column.NUMBER,
    Column.TO_CHECK,
    Column.MET,
    Column.BIRTH,
    Column.CITY,
    Column.GROUP,
)


class PeopleTable(ListTable):
    """`opened(person_id)` on a double click or Enter; `menu_wanted(person_id, point)`; `escaped()`;
    `typed(text)`: a letter was typed, to be sought."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    escaped = Signal()
    typed = Signal(str)

    def __init__(self, model: PeopleModel) -> None:
        super().__init__(model, _WIDTHS, _SPARED)
        self.people_model = model
        self.setAccessibleName("Personnes")
        self.setItemDelegateForColumn(Column.STATE, StateDelegate(self))
        self.doubleClicked.connect(lambda _index: self._open())

    def current_person(self) -> UUID | None:
        """Whose row has the keyboard."""
        person = self.people_model.person(self.currentIndex())
        return person.id if person is not None else None

    def put_current(self, person_id: UUID | None) -> None:
        """Give the keyboard to somebody's row; to the first if they are not shown."""
        self.put_row(self.people_model.row_of(person_id) or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif text.strip() and text.isprintable() and not event.modifiers() & _HELD:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        person = self.people_model.person(index)
        if person is not None:
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(person.id, self.viewport().mapToGlobal(at))

    def _open(self) -> None:
        person = self.current_person()
        if person is not None:
            self.opened.emit(person)


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class StateDelegate(RowDelegate):
    """Where somebody is, as a badge."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        person = index.data(PERSON)
        if not isinstance(person, KnownPerson):
            return
        state = person.line.state
        size = badge.size(state.label, TINTS[state], icon="")
        box = QRect(option.rect.x() + _PADDING, 0, 0, size.height())
        box.setWidth(min(size.width(), option.rect.width() - 2 * _PADDING))
        box.moveTop(option.rect.center().y() - size.height() // 2)
        badge.paint(painter, box, state.label, TINTS[state], icon="")
