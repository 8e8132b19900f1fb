"""The acts of the presences, in the menus, in the help and in the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from connexion_desktop.domain.presences import MARKS, Correction
from connexion_desktop.domain.targets import PersonTarget

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.presences.pane import PresencesPane

_MENU = "Programme"


class PresenceActs(QObject):
    """Adds its acts to the window's."""

    def __init__(self, pane: PresencesPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._get = pane.desk.actions.get
        add = partial(pane.desk.actions.add, menu=_MENU, owner=pane)
        add(
            "presences.all",
            "Tous présents (demi-journée)",
            "Ctrl+Shift+P",
            partial(pane.everybody, day=False),
        )
        add(
            "presences.day",
            "Tous présents (journée)",
            "Ctrl+Shift+T",
            partial(pane.everybody, day=True),
        )
        for mark in MARKS:
            title = f"Noter : {mark.label} ({mark.value})"
            add(f"presences.{mark.name.lower()}", title, "", partial(pane.mark, mark))
        add("presences.clear", "Retirer une présence", "", partial(pane.mark, None))
        add("presences.details", "Motif ou minutes de retard", "F2", pane.begin_details)
        add("presences.reopen", "Corriger une présence envoyée…", "", self.ask_why)

    def show_menu(self, point: QPoint) -> None:
        """What may be done with the cells chosen."""
        menu = self._menu()
        for mark in MARKS:
            words = f"&{mark.value}   {mark.label.capitalize()}"
            menu.addAction(words, partial(self._pane.mark, mark))
        for name in ("clear", "details"):
            menu.addAction(self._get(f"presences.{name}"))
        menu.addSeparator()
        for name in ("all", "day", "reopen"):
            menu.addAction(self._get(f"presences.{name}"))
        menu.addSeparator()
        menu.addAction("Ouvrir sa fiche", self._open_person)
        menu.popup(point)

    def ask_why(self) -> None:
        """Why the presences chosen, which were sent, are corrected: choosing reopens them."""
        menu = self._menu()
        for why in Correction:
            menu.addAction(why.label, partial(self._pane.reopen, why))
        menu.popup(self._pane.point())

    def _open_person(self) -> None:
        """Show the page of whose cell has the keyboard."""
        model, row = self._pane.model, self._pane.view.currentIndex().row()
        if row >= 0:
            order = tuple(each.person_id for each in model.people)
            self._pane.desk.go("person", PersonTarget(model.people[row].person_id, order))

    def _menu(self) -> QMenu:
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
