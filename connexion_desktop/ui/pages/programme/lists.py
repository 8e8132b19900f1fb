"""The cycle given away as a list: copied, written to a file, printed; its columns chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connexion_desktop.ui.giving import Given, ask_where, copy_list, print_list, save_list
from connexion_desktop.ui.pages.programme.tabs import CYCLE

if TYPE_CHECKING:
    from pathlib import Path

    from connexion_desktop.ui.pages.programme.page import ProgrammePage


class CycleLists(QObject):
    """Adds its acts to the window's: from the week too, the whole cycle is given."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        page.cycle.table.copied.connect(self.copy)
        for name, title, keys, act, menu in (
            ("export", "Enregistrer la liste…", "Ctrl+Shift+S", self._ask_where, "Fichier"),
            ("print", "Imprimer la liste…", "Ctrl+P", self.print_shown, "Fichier"),
            ("columns", "Choisir les colonnes…", "Ctrl+Shift+C", self._columns, "Affichage"),
        ):
            self._desk.actions.add(f"programme.{name}", title, keys, act, menu=menu, owner=page)

    def copy(self) -> None:
        """Put the séances selected on the clipboard, as a spreadsheet pastes them."""
        table = self._page.cycle.table
        make = table.sheet(self._page.title, alone=True)
        copy_list(self._desk, self._page, make, len(table.selected_rows()))

    def save_to(self, path: Path) -> None:
        """Write the cycle (the séances selected, where they are several) to a file."""
        save_list(self._desk, self._page, self._given(), path)

    def print_shown(self) -> None:
        """Print the cycle (the séances selected, where they are several)."""
        print_list(self._desk, self._page, self._given())

    def _ask_where(self) -> None:
        ask_where(self._desk, self._page, self._given())

    def _columns(self) -> None:
        self._page.show_tab(CYCLE)
        self._page.cycle.table.ask_columns()

    def _given(self) -> Given:
        self._page.cycle.refresh()  # it may never have been looked at
        programme, table = self._page.programme, self._page.cycle.table
        group = programme.cohort if programme is not None else None
        title = f"Programme · {group.name}" if group is not None else self._page.title
        selected = len(table.selected_rows())
        chosen = f"{selected} lignes choisies" if selected > 1 else ""
        told = programme.told if programme is not None else ""
        about = " · ".join(part for part in (chosen, told) if part)
        return Given(table.sheet(title, alone=False), title, about, self._page.title)
