"""Walks a window as a screen reader does, and lists what it could not name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

_INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")
"""What Qt makes for itself inside its own widgets."""


def unnamed(window: QWidget) -> list[str]:
    """The visible widgets that take the keyboard and that a screen reader would not name."""
    found = []
    for widget in window.findChildren(QWidget):
        if (
            not widget.isVisibleTo(window)
            or widget.focusPolicy() == Qt.FocusPolicy.NoFocus
            or widget.objectName().startswith(_INNER)
            or widget.focusProxy() is not None
        ):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            path = [type(widget).__name__]
            above = widget.parentWidget()
            while above is not None:
                path.append(type(above).__name__)
                above = above.parentWidget()
            found.append(" < ".join(path))
    return found
