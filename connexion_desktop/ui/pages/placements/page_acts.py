"""The acts of the page of immersions: on the one that is chosen, on the list, from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from connexion_desktop.domain.history import RecordRef
from connexion_desktop.ui import theme
from connexion_desktop.ui.deleting import delete_record
from connexion_desktop.ui.giving import Given, ask_where, print_list
from connexion_desktop.ui.history_sheet import history_act, show_history
from connexion_desktop.ui.pages.placements.queue import queue_sheet

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.placements.page import PlacementsPage


class PlacementActs(QObject):
    """Adds its acts to the window's."""

    def __init__(self, page: PlacementsPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        preview, middle = page.preview, page.middle
        for name, title, keys, act in (
            ("host_history", "Historique de la structure…", "", self._show_host_history),
            ("export", "Enregistrer la liste…", "Ctrl+Shift+S", self._ask_where),
            ("print_list", "Imprimer la liste…", "", self.print_list),
            ("delete", "Supprimer le brouillon", "Del", self._delete),
            ("new", "Nouvelle immersion", "Ctrl+N; Ctrl+Shift+I", page.start_new),
            ("issue", "Émettre la convention", "Ctrl+Return", middle.issue),
            ("print", "Imprimer la convention…", "Ctrl+P", preview.print_paper),
            ("pdf", "Enregistrer en PDF…", "Ctrl+Shift+P", preview.save_pdf),
            ("word", "Enregistrer en Word…", "", preview.save_word),
            ("next", "Point suivant à compléter", "F8", page.enter_form),
            ("days", "Horaires : semaine ou jour par jour", "Ctrl+J", middle.swap_hours),
            ("find", "Chercher une immersion", "Ctrl+F", self._find),
            ("pane", "Volet suivant", "F6; Ctrl+Tab", self._next_pane),
        ):
            self._desk.actions.add(
                f"placements.{name}", title, keys, act, menu="Immersions", owner=page
            )

    def _find(self) -> None:
        self._page.panes.go_to_list()
        self._page.list.search.setFocus()

    def _next_pane(self) -> None:
        page = self._page
        if page.panes.is_at(page.list):
            page.enter_form()
        elif page.panes.is_at(page.middle) and page.preview.isVisible():
            page.preview.area.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            page.panes.go_to_list()

    def print_list(self) -> None:
        """Print the immersions listed; Ctrl+P prints the convention in sight."""
        print_list(self._desk, self._page, self._given())

    def show_menu(self, point: QPoint) -> None:
        """Show the acts on the immersion chosen."""
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._page.list.view.viewport().mapToGlobal(point))

    def menu(self) -> QMenu | None:
        """The acts on the immersion chosen, for the context menu."""
        ref = self._page.record()
        if ref is None:
            return None
        menu = QMenu(self._page)
        menu.setDefaultAction(menu.addAction("Ouvrir", self._page.enter_form))
        menu.addSeparator()
        keys = QKeySequence("Ctrl+H")
        menu.addAction("Historique…", keys, history_act(self._desk, self._page, ref))
        for known in ("host_history", "export", "print_list"):
            menu.addAction(self._desk.actions.get(f"placements.{known}"))
        menu.addSeparator()
        menu.addAction(
            theme.icon("delete-bin-line", "red"),
            "Supprimer le brouillon",
            QKeySequence(QKeySequence.StandardKey.Delete),
            lambda: delete_record(self._desk, self._page, ref),
        )
        return menu

    def _show_host_history(self) -> None:
        host_id = self._page.host_id
        if host_id is None:
            self._desk.tell("Cette immersion n’a pas encore de structure d’accueil.")
        else:
            show_history(self._desk, self._page, RecordRef("organisation", host_id))

    def _delete(self) -> None:
        """By its key: only where the list itself has the keyboard."""
        ref = self._page.record()
        if ref is None or not self._page.list.view.hasFocus():
            self._desk.tell("Choisissez d’abord un brouillon dans la liste.")
        else:
            delete_record(self._desk, self._page, ref)

    def _given(self) -> Given:
        pane = self._page.list
        rows, typed = pane.model.rows(), pane.search.text().strip()
        told = f"{len(rows)} immersion{'s' * (len(rows) > 1)}"
        about = f"« {typed} » · {told}" if typed else told
        return Given(lambda: queue_sheet(rows), self._page.title, about, self._page.title)

    def _ask_where(self) -> None:
        ask_where(self._desk, self._page, self._given())
