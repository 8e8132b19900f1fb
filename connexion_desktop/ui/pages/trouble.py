"""The base does not open: what happened, and the ways out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.file_dialogs import file_to_open
from connexion_desktop.ui.pages.first_start import BACKUPS
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button


class Trouble(Card):
    """`again()` tries once more, `restore_wanted(file)` puts a backup in the base's place,
    `quit_wanted()` closes."""

    again = Signal()
    quit_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(self, problem: UserError, folder: Path) -> None:
        super().__init__(
            "La base ne s’ouvre pas",
            f"Les sauvegardes de ce poste sont dans {folder}.",
        )
        self._folder = folder
        self.fail(problem)
        self.quit = button("Quitter")
        self.quit.clicked.connect(self.quit_wanted)
        row = QHBoxLayout()
        self.restore = button("Restaurer une sauvegarde…")
        self.restore.clicked.connect(self._choose)
        self.retry = button("Réessayer", "primary")
        self.retry.clicked.connect(self.again)
        row.addWidget(self.restore)
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.retry)
        self.body.addLayout(row)
        self.setFocusProxy(self.retry)

    def _choose(self) -> None:
        file = file_to_open(self, "Choisir une sauvegarde", BACKUPS, self._folder)
        if file is not None:
            self.restore_wanted.emit(file)
