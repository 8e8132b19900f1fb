"""What somebody typed, shown where Qt would take it for something else: HTML, or a shortcut."""

from __future__ import annotations

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget


def tip_text(text: str) -> str:
    """A text to point at, as it was typed: Qt would read « <b> » as HTML. Long lines wrap."""
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal) if text else ""


def put_tip(widget: QWidget, text: str) -> None:
    """Say a typed text when the widget is pointed at, and to screen readers."""
    widget.setToolTip(tip_text(text))
    widget.setAccessibleDescription(text)


def menu_text(text: str) -> str:
    """A typed text in a menu: Qt would underline what follows « & »."""
    return text.replace("&", "&&")
