"""What is done with the people of a group as a list: copied, written to a file, printed; and the
group itself taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connexion_desktop.domain.board import CardFilter
from connexion_desktop.ui.pages.group.model import board_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from connexion_desktop.domain.sheet import ListSheet
    from connexion_desktop.ui.giving import Given
    from connexion_desktop.ui.pages.group.page import GroupPage


class GroupLists(QObject):
    """Adds its acts to the window's. What is shown is given: the people kept, in their order."""

    def __init__(self, page: GroupPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        for name, title, keys, act, menu in (
            ("export", "Enregistrer la liste…", "Ctrl+Shift+S", self._ask_where, "Fichier"),
            ("print", "Imprimer la liste…", "Ctrl+P", self.print_shown, "Fichier"),
            ("columns", "Choisir les colonnes…", "Ctrl+Shift+C", self._columns, "Affichage"),
            ("delete", "Supprimer le groupe", "", self._delete, "Groupe"),
        ):
            self._desk.actions.add(f"group.{name}", title, keys, act, menu=menu, owner=page)

    def copy(self) -> None:
        """Put who is selected on the clipboard, as a spreadsheet pastes them."""
        from connexion_desktop.ui.giving import copy_list

        rows = self._page.view().chosen()[0]
        if (make := self._sheet(alone=True)) is not None:
            copy_list(self._desk, self._page, make, len(rows))

    def print_shown(self) -> None:
        """Print who is shown (who is selected, where they are several)."""
        from connexion_desktop.ui.giving import print_list

        if (given := self._given()) is not None:
            print_list(self._desk, self._page, given)

    def _ask_where(self) -> None:
        from connexion_desktop.ui.giving import ask_where

        if (given := self._given()) is not None:
            ask_where(self._desk, self._page, given)

    def _columns(self) -> None:
        self._page.toolbar.show_view(table=True)
        self._page.table.ask_columns()

    def _delete(self) -> None:
        from connexion_desktop.ui.deleting import delete_record

        if (ref := self._page.record()) is not None:
            delete_record(self._desk, self._page, ref)

    def _sheet(self, *, alone: bool) -> Callable[[], ListSheet] | None:
        model = self._page.model
        if model.board is None:
            return None
        rows, columns = self._page.view().chosen()
        cards = model.cards()
        kept = [cards[row] for row in rows] if alone or len(rows) > 1 else list(cards)
        return partial(board_sheet, model.board, kept, columns)

    def _given(self) -> Given | None:
        from connexion_desktop.ui.giving import Given

        make, model = self._sheet(alone=False), self._page.model
        board = model.board
        if make is None or board is None or board.cohort is None:
            self._desk.tell("Il n’y a encore aucun groupe.")
            return None
        kept = model.filter.label(board.no_contact_days) if model.filter != CardFilter.ALL else ""
        rows = self._page.view().chosen()[0]
        selected = f"{len(rows)} lignes choisies" if len(rows) > 1 else ""
        parts = (kept, selected, board.summary(len(model.cards())), f"par {model.sorting.label}")
        about = " · ".join(part for part in parts if part)
        return Given(make, board.cohort.name, about, self._page.title)
