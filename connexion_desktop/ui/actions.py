"""Every act of the window: its title and shortcut, said once, feed the menus and the help."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

MENUS = (
    "Fichier",
    "Édition",
    "Affichage",
    "Aller",
    "Groupe",
    "Personne",
    "Programme",
    "Immersions",
    "Aide",
)
"""The menus in their order; one that holds nothing is not shown."""


class Entry(NamedTuple):
    """One act: its stable id, its menu, where it works (None: everywhere) and Qt's action."""

    id: str
    menu: str
    owner: QWidget | None
    action: QAction

    @property
    def at_hand(self) -> bool:
        """Whether the act is for who works here, and can be done from where they are."""
        if not self.action.isVisible():
            return False
        return self.owner is None or (isValid(self.owner) and self.owner.isVisible())


class Actions(QObject):
    """The acts that exist now. Those of a page work, and are shown, while it is visible."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entries: dict[str, Entry] = {}

    def add(
        self,
        id: str,
        title: str,
        shortcut: str,
        callback: Callable[[], object],
        *,
        menu: str,
        owner: QWidget | None = None,
        after: str = "",
    ) -> QAction:
        """Make an act. `shortcut` in Qt's portable form (« Ctrl+I »), several apart by « ; ». It
        comes last in its menu, or just `after` another act."""
        from PySide6.QtGui import QKeySequence

        action = QAction(title, owner or self._window)
        action.setObjectName(id)
        if shortcut:
            action.setShortcuts([QKeySequence(keys.strip()) for keys in shortcut.split(";")])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: callback())
        (owner or self._window).addAction(action)
        self._entries[id] = Entry(id, menu, owner, action)
        self._move_after(id, after)
        if owner is not None:
            owner.destroyed.connect(lambda: self._forget(id, action))
        self.changed.emit()
        return action

    def get(self, id: str) -> QAction:
        """The act of that id; raises KeyError."""
        return self._entries[id].action

    def find(self, id: str) -> QAction | None:
        """The act of that id, if it exists here."""
        known = self._entries.get(id)
        return known.action if known is not None else None

    def entries(self, menu: str) -> list[Entry]:
        """The acts of a menu that can be done from here, in the order they were made."""
        return [entry for entry in self._entries.values() if entry.menu == menu and entry.at_hand]

    def menus(self) -> list[str]:
        """The menus that hold something now, in their order."""
        named = {entry.menu for entry in self._entries.values() if entry.at_hand}
        known = [menu for menu in MENUS if menu in named]
        return known + sorted(named.difference(MENUS))

    def _move_after(self, id: str, after: str) -> None:
        if after not in self._entries:
            return
        order = [known for known in self._entries if known != id]
        order.insert(order.index(after) + 1, id)
        self._entries = {known: self._entries[known] for known in order}

    def _forget(self, id: str, action: QAction) -> None:
        known = self._entries.get(id)
        if known is not None and known.action is action:
            del self._entries[id]
