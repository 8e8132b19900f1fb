"""What is done from any list: its rows copied, written to a file, printed; its columns chosen; the
history of a row, and a row taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from connexion_desktop.domain.deleting import DELETED_WORDS
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.ui import theme
from connexion_desktop.ui.deleting import delete_record
from connexion_desktop.ui.giving import Given, ask_where, copy_list, print_list, save_list
from connexion_desktop.ui.history_sheet import history_act

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtWidgets import QMenu

    from connexion_desktop.ui.pages.list_page import ListPage


class ListActs(QObject):
    """Adds its acts to the window's."""

    def __init__(self, page: ListPage[Any]) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        page.table.copied.connect(self.copy)
        for name, title, keys, act, menu, after in (
            (
                "export",
                "Enregistrer la liste…",
                "Ctrl+Shift+S",
                self._ask_where,
                "Fichier",
                "import",
            ),
            (
                "print",
                "Imprimer la liste…",
                "Ctrl+P",
                page.print_shown,
                "Fichier",
                self._id("export"),
            ),
            (
                "columns",
                "Choisir les colonnes…",
                "Ctrl+Shift+C",
                page.table.ask_columns,
                "Affichage",
                "",
            ),
        ):
            self._desk.actions.add(
                self._id(name), title, keys, act, menu=menu, owner=page, after=after
            )
        if page.record_kind in DELETED_WORDS:
            words = f"Supprimer : {page.nouns[0]}"
            self._desk.actions.add(
                self._id("delete"), words, "Del", self._delete, menu="Édition", owner=page
            )

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        """Put them in the context menu of a row."""
        kind = self._page.record_kind
        if kind:
            ref = RecordRef(kind, row_id)
            keys = QKeySequence("Ctrl+H")
            menu.addAction("Historique…", keys, history_act(self._desk, self._page, ref))
        menu.addAction("Copier", QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        menu.addAction(self._desk.actions.get(self._id("export")))
        menu.addAction(self._desk.actions.get(self._id("print")))
        if kind in DELETED_WORDS:
            menu.addSeparator()
            menu.addAction(
                theme.icon("delete-bin-line", "red"),
                "Supprimer",
                QKeySequence(QKeySequence.StandardKey.Delete),
                self.delete,
            )

    def save_to(self, path: Path) -> None:
        """Write the rows shown (those selected, where they are several) to a file."""
        save_list(self._desk, self._page, self._given(), path)

    def print_list(self) -> None:
        """Print the rows shown (those selected, where they are several)."""
        if not self._is_whole():
            return
        print_list(self._desk, self._page, self._given())

    def copy(self) -> None:
        """Put the rows selected on the clipboard, as a spreadsheet pastes them."""
        table = self._page.table
        make = table.sheet(self._page.title, alone=True)
        copy_list(self._desk, self._page, make, len(table.selected_rows()))

    def delete(self) -> None:
        """Take away the row that has the keyboard; Ctrl+Z brings it back."""
        ref = self._page.record()
        if ref is None or len(self._page.table.selected_rows()) > 1:
            self._desk.tell("Choisissez une seule ligne : chaque suppression se décide.")
        else:
            delete_record(self._desk, self._page, ref)

    def _delete(self) -> None:
        """By its key: only where the list itself has the keyboard."""
        if self._page.table.hasFocus():
            self.delete()
        else:
            self._desk.tell("Choisissez d’abord une ligne de la liste.")

    def _ask_where(self) -> None:
        if self._is_whole():
            ask_where(self._desk, self._page, self._given())

    def _is_whole(self) -> bool:
        if not self._page.is_whole:
            self._desk.tell("La liste se lit encore : recommencez dans un instant.")
        return self._page.is_whole

    def _given(self) -> Given:
        title = self._page.title
        selected = len(self._page.table.selected_rows())
        chosen = f"{selected} lignes choisies" if selected > 1 else ""
        about = " · ".join(part for part in (chosen, self._page.about_rows()) if part)
        return Given(self._page.table.sheet(title, alone=False), title, about, title)

    def _id(self, name: str) -> str:
        return f"{self._page.name}.{name}"
