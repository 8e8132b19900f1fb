"""The page of settings, and what hands do there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.pane import Pane

from ..walking import Walk

P = TypeVar("P", bound=Pane)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Desk:
    """The page, and what hands do there."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.window = walk.window
        self.window.resize(1366, 768)
        walk.go("settings")
        page = self.window.current_page()
        assert isinstance(page, SettingsPage)
        self.page = page

    def pane(self, kind: type[P]) -> P:
        """Show a section."""
        self.page.open(kind.section)
        self.wait()
        assert isinstance(self.page.pane, kind)
        return self.page.pane

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        focus = QApplication.activePopupWidget() or QApplication.focusWidget()
        QTest.keyClick(focus or self.window, key, modifier)
        self.wait()

    def type(self, widget: QWidget, text: str) -> None:
        """Type over what is there, then leave the field."""
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
        if not text:
            QTest.keyClick(widget, Qt.Key.Key_Delete)
        for letter in text:
            no = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, no, letter))
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        self.wait()

    def undo(self) -> None:
        self.window.actions_.get("undo").trigger()
        self.wait()

    def wait(self) -> None:
        for _ in range(2):
            QApplication.processEvents()
            self._walk.wait()
        QApplication.processEvents()

    def until(self, found: Callable[[], bool]) -> None:
        self._walk.until(found)
