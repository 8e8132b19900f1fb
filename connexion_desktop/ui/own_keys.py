"""What keys do in every button and every field, whatever the system: Enter presses the button that
has the keyboard, as Space does (Qt alone does so in dialogs); Alt and a letter write nothing."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BUTTONS = (QPushButton, QToolButton)
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class OwnKeys(QObject):
    """Watches the buttons and the fields of an application, each from the first time it gets the
    keyboard."""

    def watch(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """To be told of each change of focus."""
        if isinstance(entered, (*_BUTTONS, *_FIELDS)):
            entered.removeEventFilter(self)
            entered.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if isinstance(watched, _FIELDS):
            return _is_no_shortcut(event)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in _ENTER or plain != Qt.KeyboardModifier.NoModifier:
            return False
        if not event.isAutoRepeat():
            _press(watched)
        return True


def _is_no_shortcut(event: QKeyEvent) -> bool:
    """Whether it is Alt and a letter that no shortcut took: Qt would write the letter, over what is
    selected. On macOS that is how letters with accents are typed."""
    alone = event.modifiers() & ~_SHIFT == Qt.KeyboardModifier.AltModifier
    return sys.platform != "darwin" and alone and event.text().isalpha()


def _press(button: QObject) -> None:
    if isinstance(button, QToolButton) and button.menu() is not None:
        button.showMenu()
    elif isinstance(button, _BUTTONS):
        button.click()
