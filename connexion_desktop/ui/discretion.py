"""Discreet mode: while somebody sits beside the screen, nobody else is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject

from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.sheets import Sheet


class Discretion(QObject):
    """Adds its act to the window's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        add = window.actions_.add
        self._act = add("discreet", "Mode discret", "Ctrl+Shift+D", self._turn, menu="Affichage")
        self._act.setCheckable(True)
        window.header.discretion_ended.connect(self._act.trigger)

    def _turn(self) -> None:
        page = self._window.current_page()
        about = None if page is None else page.about()
        wanted = self._window.discreet_about is None
        if wanted and about is None:
            self._window.tell("Ouvrez d’abord la fiche de la personne qui est à côté de vous.")
        else:
            self._window.be_discreet(about if wanted else None)
            for sheet in self._window.findChildren(Sheet):
                sheet.close()  # it may tell of somebody else
            self._window.tell("Mode discret" if wanted else "Tout est montré de nouveau.")
        self._act.setChecked(self._window.discreet_about is not None)
