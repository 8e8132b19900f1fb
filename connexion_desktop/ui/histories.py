"""The history of whatever has the keyboard, from any page: Ctrl+H."""

from __future__ import annotations

from PySide6.QtCore import QObject

from connexion_desktop.ui.main_window import MainWindow


class Histories(QObject):
    """Adds its act to the window's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.actions_.add("history", "Historique…", "Ctrl+H", self._show, menu="Édition")

    def _show(self) -> None:
        from connexion_desktop.ui.history_sheet import save_then_show_history

        page, desk = self._window.current_page(), self._window.desk
        ref = None if page is None else page.record()
        if page is None or desk is None or ref is None:
            self._window.tell("Choisissez d’abord une ligne, ou ouvrez une fiche.")
            return
        save_then_show_history(desk, page, ref)
