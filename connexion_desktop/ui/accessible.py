"""What our painted widgets are for a screen reader. Qt knows the roles of its own kinds alone: the
others would be « client », which says nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget

ROLE = "accessible_role"
"""The attribute of a widget that says its role."""


def install() -> None:
    """Have each widget be what its `accessible_role` says, and what scrolls a pane; once."""
    QAccessible.installFactory(_interface)


def _interface(_kind: str, thing: Any) -> QAccessibleInterface | None:
    """Qt asks for each object that a screen reader comes to, and keeps what is answered."""
    if not isinstance(thing, QWidget):
        return None
    role = getattr(thing, ROLE, None)
    if role is None and isinstance(thing, QScrollArea):
        role = QAccessible.Role.Pane
    return None if role is None else QAccessibleWidget(thing, role)
