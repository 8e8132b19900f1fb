"""What hands do in the window of the application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from connexion_desktop.ui.page import Page

from .walking import Walk

P = TypeVar("P", bound=Page)
NO = Qt.KeyboardModifier.NoModifier


class Hands:
    """The window of a walk, as large as most are, its keyboard, and what is waited for."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.window = walk, walk.window
        self.window.resize(1366, 768)

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def go(self, name: str) -> None:
        self.walk.go(name)
        QApplication.processEvents()

    def front(self, kind: type[P]) -> P:
        """The page in front, which is of that kind."""
        page = self.window.current_page()
        assert isinstance(page, kind)
        return page

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
        QTest.keyClick(self.focus, key, held)
        self.wait()

    def type(self, text: str) -> None:
        """Letter by letter: the first may bring the keyboard elsewhere."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)
        self.wait()

    def act(self, name: str) -> None:
        self.window.actions_.get(name).trigger()
        self.wait()

    def wait(self) -> None:
        QApplication.processEvents()
        self.walk.wait()
        QApplication.processEvents()

    def until(self, found: Callable[[], bool]) -> None:
        self.walk.until(found)


def press_menu_key(table: QAbstractItemView) -> None:
    """Ask for the menu of the row that has the keyboard, as its key does."""
    at = table.visualRect(table.currentIndex()).center()
    reason = QContextMenuEvent.Reason.Keyboard
    where = table.viewport().mapToGlobal(at)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, at, where))


def press_right(table: QAbstractItemView, at: QPoint) -> None:
    """Ask for the menu of what the mouse points at, as its right button does."""
    view = table.viewport()
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=at)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view, QContextMenuEvent(reason, at, view.mapToGlobal(at)))
