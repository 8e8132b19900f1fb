"""What does not fit where it stands: cut words, areas that scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QToolButton, QWidget

from connexion_desktop.ui.widgets.elided import Elided

_SLACK = 2
"""What a font leaves above and below its letters: nothing of them is cut yet."""


def cut(window: QWidget) -> list[str]:
    """Each visible text that has less room than it needs, and each area wider than its place."""
    return [
        told
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for told in _tell(widget)
    ]


def _tell(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, Elided):
        return _short(widget, widget.text())
    if isinstance(widget, QToolButton):
        has_words = widget.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly
        words = widget.fontMetrics().horizontalAdvance(widget.text())
        return [f"« {widget.text()} »"] if has_words and words > widget.width() else []
    if isinstance(widget, QAbstractButton):
        return _short(widget, widget.text())
    if isinstance(widget, QAbstractScrollArea):
        bar = widget.horizontalScrollBar()
        allowed = widget.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if bar.maximum() > 0 and allowed:
            return [f"« {widget.accessibleName()} » se fait défiler de côté"]
    return []


def _short(widget: QWidget, text: str) -> list[str]:
    needed = widget.sizeHint()
    if widget.hasHeightForWidth():
        fits = widget.height() + _SLACK >= widget.heightForWidth(widget.width())
    else:
        fits = (
            widget.width() + _SLACK >= needed.width()
            and widget.height() + _SLACK >= needed.height()
        )
    return (
        []
        if fits
        else [
            f"« {text} » : {widget.width()}×{widget.height()}, {needed.width()}×{needed.height()}"
        ]
    )
