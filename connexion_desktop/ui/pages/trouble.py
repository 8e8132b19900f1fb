"""The base does not open: what happened, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, WrongKeyError
from connexion_desktop.domain.maintenance import is_backup
from connexion_desktop.system import folders, secrets
from connexion_desktop.ui.file_dialogs import BACKUPS, file_to_open
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button

_KEYS = "Fichiers de clé (*.cle *.txt);;Tous les fichiers (*)"
_SECRETS = {
    Ask.PASSPHRASE: "Entrer la phrase de passe ou le code de secours",
    Ask.RECOVERY: "Entrer le code de secours",
}


class Trouble(Card):
    """`again()` tries once more, `secret_wanted()` asks for what opens the base, `key_wanted(file)`
    takes the key from a file, `base_wanted(file)` opens another base, `restore_wanted(file)` puts a
    backup in the base's place, `quit_wanted()` closes."""

    again = Signal()
    quit_wanted = Signal()
    secret_wanted = Signal()
    key_wanted = Signal(object)
    base_wanted = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, problem: UserError, base: Path) -> None:
        folder = folders.backup_folder(base)
        has_backups = any(is_backup(file.name) for file in folder.glob("*.base"))
        told = f"La base : {base}."
        if has_backups:
            told += f" Les sauvegardes faites à côté d’elle : {folder}."
        super().__init__("La base ne s’ouvre pas", told)
        self.fail(problem)
        about_key = isinstance(problem, WrongKeyError)
        self.secret = button(_SECRETS[secrets.ask_for(base)], "primary")
        self.secret.clicked.connect(self.secret_wanted)
        self.key = button("Choisir un fichier de clé…")
        self._choose(
            self.key, "Choisir un fichier de clé", _KEYS, base.parent, self.key_wanted.emit
        )
        self.other = button("Ouvrir une autre base…")
        self._choose(self.other, "Choisir une base", BACKUPS, base.parent, self.base_wanted.emit)
        self.restore = button("Restaurer une sauvegarde…")
        self._choose(
            self.restore, "Choisir une sauvegarde", BACKUPS, folder, self.restore_wanted.emit
        )
        ways = QVBoxLayout()
        ways.setSpacing(8)
        for way, fits in (
            (self.secret, about_key),
            (self.key, about_key),
            (self.restore, has_backups or not about_key),
            (self.other, True),
        ):
            way.setVisible(fits)
            ways.addWidget(way)
        self.body.addLayout(ways)
        self.quit = button("Quitter")
        self.quit.clicked.connect(self.quit_wanted)
        self.retry = button("Réessayer", "" if about_key else "primary")
        self.retry.clicked.connect(self.again)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.retry)
        self.body.addLayout(row)
        self.begin_at(self.secret if about_key else self.retry)

    def _choose(
        self,
        way: QPushButton,
        title: str,
        filters: str,
        folder: Path,
        then: Callable[[Path], object],
    ) -> None:
        def ask() -> None:
            file = file_to_open(self, title, filters, folder)
            if file is not None:
                then(file)

        way.clicked.connect(ask)
