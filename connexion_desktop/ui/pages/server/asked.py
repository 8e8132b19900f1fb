"""A server that does not open by itself: a password to type, what went wrong, the ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import LostServerError, ServerError
from connexion_desktop.ui.pages.unlock import SecretField
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button, label

_HERE = "Travailler sur la base de ce poste"
_ADDRESS = "Revoir l’adresse et l’identifiant"


class ServerPassword(Card):
    """`given(password)`; `address_wanted()`, `here_wanted()` for the base of this workstation."""

    given = Signal(str)
    address_wanted = Signal()
    here_wanted = Signal()

    def __init__(self, name: str, reason: UserError) -> None:
        super().__init__(f"Ouvrir le serveur « {name} »", reason.what)
        self.password = SecretField("Mot de passe")
        self.add(label("Mot de passe", "small"))
        self.add(self.password)
        self.password.returnPressed.connect(self._give)
        self.password.textEdited.connect(lambda _text: self.banners.clear())
        self.address = button(_ADDRESS)
        self.address.clicked.connect(self.address_wanted)
        self.here = button(_HERE)
        self.here.clicked.connect(self.here_wanted)
        self.open_button = button("Ouvrir", "primary")
        self.open_button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.open_button)
        self.body.addLayout(row)
        self.add(self.address)
        self.add(self.here)
        self.begin_at(self.password)

    def fail(self, problem: UserError) -> None:
        """What was typed is selected: typing again replaces it."""
        super().fail(problem)
        self.password.setFocus()
        self.password.selectAll()

    def _give(self) -> None:
        if self.password.text():
            self.given.emit(self.password.text())


class ServerTrouble(Card):
    """`again()`, `password_wanted()`, `address_wanted()`, `here_wanted()`, `quit_wanted()`."""

    again = Signal()
    password_wanted = Signal()
    address_wanted = Signal()
    here_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, name: str, problem: UserError) -> None:
        away = isinstance(problem, LostServerError)
        super().__init__(
            f"Le serveur « {name} » ne s’ouvre pas",
            "Sans réseau, sur le terrain, c’est la base de ce poste qui convient : les deux ne se "
            "mélangent pas."
            if away
            else "Cet essai n’a rien changé, ni ici ni sur le serveur.",
        )
        self.fail(problem)
        self.retry = button("Réessayer", "primary")
        self.password = button("Donner un autre mot de passe")
        self.address = button(_ADDRESS)
        self.here = button(_HERE)
        self.quit = button("Quitter")
        for way, wanted in (
            (self.retry, self.again),
            (self.password, self.password_wanted),
            (self.address, self.address_wanted),
            (self.here, self.here_wanted),
            (self.quit, self.quit_wanted),
        ):
            way.clicked.connect(wanted)
        ways = QVBoxLayout()
        ways.setSpacing(8)
        for way in (self.password, self.address, self.here):
            ways.addWidget(way)
        self.body.addLayout(ways)
        self.password.setVisible(isinstance(problem, ServerError) and not away)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.retry)
        self.body.addLayout(row)
        self.begin_at(self.retry)
