"""A server that does not open by itself: a password to type, what went wrong, the ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import LostServerError, ServerError
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui.pages.server.address import titled
from connexion_desktop.ui.pages.server.password import AskedPassword
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button


class _Closed(Card):
    """The ways out of a server that does not open: `address_wanted()`, `here_wanted()` for the base
    of this workstation, `other_wanted()` for another base or server, `forget_wanted()` once that is
    confirmed."""

    address_wanted = Signal()
    here_wanted = Signal()
    other_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, name: str, title: str, sentence: str) -> None:
        super().__init__(title, sentence)
        self._name = name
        self.address = button("Revoir l’adresse et l’identifiant")
        self.here = button("Travailler sur la base de ce poste")
        self.other = button("Autre base ou serveur…")
        self.forget = button("Oublier ce serveur…")
        for way, wanted in (
            (self.address, self.address_wanted),
            (self.here, self.here_wanted),
            (self.other, self.other_wanted),
        ):
            way.clicked.connect(wanted)
        self.forget.clicked.connect(self._ask_to_forget)

    def end_with(self, *acts: QPushButton, ways: tuple[QPushButton, ...] = ()) -> None:
        """Put the acts at the right, then the ways out, with more of one's own before them."""
        row = QHBoxLayout()
        row.addStretch(1)
        for act in acts:
            row.addWidget(act)
        self.body.addLayout(row)
        self.add(flow(*ways, self.address, self.here, self.other, self.forget))

    def _ask_to_forget(self) -> None:
        self.banners.notice(
            typeset(
                f"L’adresse de « {self._name} » et son mot de passe seront oubliés sur ce poste. "
                "Le serveur n’est pas touché, et ce que vous aviez tapé sans l’enregistrer reste "
                "ici, chiffré."
            ),
            [("Oublier", self.forget_wanted.emit)],
        )


class ServerPassword(_Closed):
    """`given(password)`, or a way out. A password that is refused is told above the field, which
    keeps it: what is typed next replaces it."""

    given = Signal(str)

    def __init__(self, name: str, reason: UserError) -> None:
        super().__init__(name, f"Ouvrir le serveur « {name} »", reason.what)
        self.password = AskedPassword("Mot de passe")
        self.add(titled(self.password))
        self.password.given.connect(self.given)
        self.password.textEdited.connect(lambda _text: self.banners.clear())
        self.open_button = button("Ouvrir", "primary")
        self.open_button.clicked.connect(self.password.give)
        self.end_with(self.open_button)
        self.begin_at(self.password)

    def fail(self, problem: UserError) -> None:
        """The password is asked again."""
        super().fail(problem)
        self.password.ask_again()


class ServerTrouble(_Closed):
    """`again()`, `password_wanted()`, `quit_wanted()`, or a way out."""

    again = Signal()
    password_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, name: str, problem: UserError) -> None:
        away = isinstance(problem, LostServerError)
        super().__init__(
            name,
            f"Le serveur « {name} » ne s’ouvre pas",
            "Sans réseau, sur le terrain, c’est la base de ce poste qui convient : les deux ne se "
            "mélangent pas."
            if away
            else "Cet essai n’a rien changé, ni ici ni sur le serveur.",
        )
        self.fail(problem)
        self.retry = button("Réessayer", "primary")
        self.retry.clicked.connect(self.again)
        self.quit = button("Quitter")
        self.quit.clicked.connect(self.quit_wanted)
        self.password = button("Donner un autre mot de passe")
        self.password.clicked.connect(self.password_wanted)
        self.end_with(self.quit, self.retry, ways=(self.password,))
        self.password.setVisible(isinstance(problem, ServerError) and not away)
        self.begin_at(self.retry)
