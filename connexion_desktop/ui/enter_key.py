"""Enter presses the button that has the keyboard, as Space does. Qt alone does so in dialogs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """Watches the buttons of an application, each from the first time it gets the keyboard."""

    def watch(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """To be told of each change of focus."""
        if isinstance(entered, QPushButton | QToolButton):
            entered.removeEventFilter(self)
            entered.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in _ENTER or plain != Qt.KeyboardModifier.NoModifier:
            return False
        if not event.isAutoRepeat():
            _press(watched)
        return True


def _press(button: QObject) -> None:
    if isinstance(button, QToolButton) and button.menu() is not None:
        button.showMenu()
    elif isinstance(button, QPushButton | QToolButton):
        button.click()
