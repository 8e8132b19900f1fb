"""What the cards and the table answer alike: the keyboard, the context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, Qt

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.group.card_view import CardView
    from connexion_desktop.ui.pages.group.table_view import TableView

    View: TypeAlias = CardView | TableView


def take_key(view: View, event: QKeyEvent) -> bool:
    """Copy, open whoever has the keyboard, or ask for everybody back; False for other keys."""
    if event.matches(QKeySequence.StandardKey.Copy):
        view.copied.emit()
    elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        open_person(view)
    elif event.key() == Qt.Key.Key_Escape:
        view.escaped.emit()
    else:
        return False
    return True


def open_person(view: View) -> None:
    """Ask for the person who has the keyboard."""
    person = view.current_person()
    if person is not None:
        view.opened.emit(person)


def ask_menu(view: View, event: QContextMenuEvent) -> None:
    """Ask for the menu of who is pointed at or, by the keyboard's key, of who has it."""
    by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
    index = view.currentIndex() if by_key else view.indexAt(event.pos())
    person = view.board_model.person(index)
    if person is not None:
        at = view.visualRect(index).center() if by_key else event.pos()
        view.menu_wanted.emit(person, view.viewport().mapToGlobal(at))
