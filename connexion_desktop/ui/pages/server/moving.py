"""Going over to the office's server, and coming back: what will happen, and what it takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.passing import ToServer
from connexion_desktop.domain.servers import ROLE_WORDS, NewUser, Role, ServerAddress
from connexion_desktop.domain.typography import capitalised, typeset
from connexion_desktop.ui.pages.server.address import AddressFields, titled, typed_line
from connexion_desktop.ui.pages.unlock import SecretField
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label


class _Asks(Card):
    """What both have in common: « Retour », Escape, and the button of the act."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(title, typeset(sentence))
        self.back_button = button("Retour")
        self.go = button("", "primary")

    def end_with(self, words: str) -> None:
        """Put the buttons under the fields."""
        self.go.setText(words)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.go)
        self.body.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_waiting():
            self.back_button.click()
        else:
            super().keyPressEvent(event)


class MoveToServer(_Asks):
    """`wanted(ToServer)`; `back()` to stay on the base of this workstation. `author` signs the acts
    here, « » where nobody said who they are."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self, author: str) -> None:
        super().__init__(
            "Passer au serveur partagé",
            "Tout ce que contient la base de ce poste est copié sur le serveur, compté des deux "
            "côtés, puis le fichier est mis de côté, intact. Si quelque chose s’arrête, base et "
            "serveur restent comme avant. La base vient d’être sauvegardée.",
        )
        self.fields = AddressFields("Identifiant de l’administrateur", "tient_connexion")
        self.add(self.fields)
        self.add(label("Vous, sur ce serveur", "heading"))
        self.name = typed_line("Votre prénom et votre nom", "Nadia Ferrand")
        self.name.setText(author)
        self.login = typed_line("Votre identifiant", "n.ferrand")
        self.password = SecretField("Votre mot de passe, à choisir")
        self.add(Columns(titled(self.name), titled(self.login), titled(self.password)))
        self.roles = {role: QCheckBox(capitalised(words)) for role, words in ROLE_WORDS.items()}
        for role, box in self.roles.items():
            box.setAccessibleName(box.text())
            box.setChecked(role is not Role.SECRETARIAT)
        self.add(flow(*self.roles.values()))
        self.end_with("Passer au serveur")
        self.back_button.clicked.connect(self.back)
        self.go.clicked.connect(self._ask)
        for line in (self.name, self.login, self.password):
            line.returnPressed.connect(self._ask)
        self.fields.sent.connect(self._ask)
        self.begin_at(self.fields.host)

    def _ask(self) -> None:
        self.banners.clear()
        roles = tuple(role for role, box in self.roles.items() if box.isChecked())
        try:
            wanted = ToServer(
                self.fields.address(),
                self.fields.password.text(),
                NewUser(self.login.text().strip(), self.name.text().strip(), roles),
                self.password.text(),
            )
            wanted.check()
        except UserError as problem:
            self.fail(problem)
            return
        self.wanted.emit(wanted)


class MoveBack(_Asks):
    """`wanted(address, password)`, those of whoever keeps the server; `back()` to stay on it."""

    wanted = Signal(object, str)
    back = Signal()

    def __init__(self, address: ServerAddress, file: Path) -> None:
        super().__init__(
            "Revenir à une base sur ce poste",
            "Tout ce que contient le serveur est copié dans une base chiffrée de ce poste, compté "
            "des deux côtés ; le serveur ne garde que l’association, ses listes et son équipe. Les "
            "autres postes doivent avoir fermé l’application. Si quelque chose s’interrompt, le "
            "serveur reste comme avant.",
        )
        self._address = address
        self.add(label(f"La base : {file}", "small", wrap=True))
        self.login = typed_line("Identifiant de l’administrateur", "tient_connexion")
        self.password = SecretField("Mot de passe")
        self.add(Columns(titled(self.login), titled(self.password)))
        self.end_with("Rapatrier")
        self.back_button.clicked.connect(self.back)
        self.go.clicked.connect(self._ask)
        for line in (self.login, self.password):
            line.returnPressed.connect(self._ask)
        self.begin_at(self.login)

    def _ask(self) -> None:
        self.banners.clear()
        if not self.login.text().strip():
            self.login.setFocus()
            self.fail(
                UserError(
                    "Il manque l’identifiant de l’administrateur.",
                    "Rien n’a été fait.",
                    "C’est celui de qui tient le serveur : « tient_connexion ».",
                )
            )
            return
        there = self._address
        admin = ServerAddress(
            there.name, there.host, there.database, self.login.text().strip(), there.port, there.ca
        )
        self.wanted.emit(admin, self.password.text())
