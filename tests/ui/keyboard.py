"""Walks a window with the keys alone, and lists what they do not reach."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from connexion_desktop.ui.actions import Actions

_MOST = 400


def out_of_reach(window: QWidget) -> list[str]:
    """What should stop the Tab key and that it never comes to; where it stays, if it does."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    reached: list[QWidget] = []
    for _ in range(_MOST):
        stop = QApplication.focusWidget() or window
        if stop in reached:
            break
        reached.append(stop)
        _press_tab(stop)
    stops = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.visibleRegion().isEmpty()
    ]
    stuck = [reached[-1]] if QApplication.focusWidget() is reached[-1] and len(stops) > 1 else []
    told = [f"stays on {_named(widget)}" for widget in stuck]
    return told + [_named(widget) for widget in stops if widget not in reached]


def clashes(actions: Actions) -> list[str]:
    """The keys that two acts within reach share: none of them would be done."""
    owners: dict[str, list[str]] = defaultdict(list)
    for menu in actions.menus():
        for entry in actions.entries(menu):
            if entry.action.isEnabled():
                for keys in entry.action.shortcuts():
                    owners[keys.toString()].append(entry.id)
    return [f"{keys} : {', '.join(acts)}" for keys, acts in owners.items() if len(acts) > 1]


def _press_tab(widget: QWidget) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t")
        QApplication.sendEvent(widget, key)


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} « {widget.accessibleName()} »"
