"""Walks a window as a screen reader does, and lists what it could not name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

_INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")
"""What Qt makes for itself inside its own widgets."""


_NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client)


def without_role(window: QWidget) -> list[str]:
    """The visible widgets that take the keyboard, and the buttons, of which a screen reader would
    not say what they are."""
    return [
        _path(widget)
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and not widget.objectName().startswith(_INNER)
        and (_takes_keyboard(widget) or isinstance(widget, QAbstractButton))
        and _interface(widget).role() in _NO_ROLE
    ]


def unnamed(window: QWidget) -> list[str]:
    """The visible widgets that take the keyboard, and the buttons, that a screen reader would not
    name. What only decorates is no button for it."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.objectName().startswith(_INNER):
            continue
        interface = _interface(widget)
        is_button = interface.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox)
        named = interface.text(QAccessible.Text.Name).strip()
        if (_takes_keyboard(widget) or is_button) and not named:
            found.append(_path(widget))
    return found


def speechless(window: QWidget) -> list[str]:
    """The tables and lists seen of which a title, or what is said of a row, is empty."""
    return [
        _path(view)
        for view in window.findChildren(QAbstractItemView)
        if view.isVisibleTo(window) and not isinstance(view, QHeaderView) and not _speaks(view)
    ]


def _speaks(view: QAbstractItemView) -> bool:
    model, across, titles = view.model(), Qt.Orientation.Horizontal, [True]
    if isinstance(view, QTableView):
        titles = [bool(model.headerData(each, across)) for each in range(model.columnCount())]
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    said = [any(str(row.data(role) or "").strip() for role in spoken) for row in rows]
    return all(said) and all(titles)


def _takes_keyboard(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


def _interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, _path(widget)
    return found


def _path(widget: QWidget) -> str:
    path = [type(widget).__name__]
    above = widget.parentWidget()
    while above is not None:
        path.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(path)
