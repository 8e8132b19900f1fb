"""Small makers for the texts of a page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from connexion_desktop.ui import theme

_INKS = {
    "primary": "on_accent",
    "link": "accent",
    "inline": "accent",
    "danger": "red",
    "search": "muted",
}


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A plain text: never read as HTML, since it may be what a user typed. `kind` as in the style
    sheet: title, heading, strong, muted, small, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


class _Button(QPushButton):
    """A button whose icon is as high as its text, whatever the size chosen, and a little wider: it
    stands at the left, the rest parts it from the words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setIconSize(QSize(theme.px(20), theme.px(16)))


def button(text: str, kind: str = "", *, icon: str = "", tip: str = "") -> QPushButton:
    """A button; `kind` as in the style sheet: primary, link, danger, ghost. A button without
    words takes its accessible name from its tip."""
    made = _Button(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        made.setIcon(theme.icon(icon, _INKS.get(kind, "ink")))
    if tip:
        made.setToolTip(tip)
        if not text:
            made.setAccessibleName(tip)
    return made


def restyle(widget: QWidget, **properties: str) -> None:
    """Change style properties (`tint="red"`) and show them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
