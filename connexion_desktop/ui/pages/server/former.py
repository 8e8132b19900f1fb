"""What was typed and not saved is under another password: the former one is asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.pages.server.address import titled
from connexion_desktop.ui.pages.server.password import AskedPassword
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button


class FormerPassword(Card):
    """`given(password)`, or `skipped()` to open the server without what was typed."""

    given = Signal(str)
    skipped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(
            "Votre ancien mot de passe ?",
            f"Ce poste garde ce qui a été tapé pour le serveur « {name} » et pas enregistré, "
            "sous un autre mot de passe. Si le vôtre a changé, donnez l’ancien : vous retrouverez "
            "vos brouillons. S’ils sont à quelqu’un d’autre, continuez : ils restent gardés.",
        )
        self.password = AskedPassword("Ancien mot de passe")
        self.add(titled(self.password))
        self.skip = button("Continuer sans")
        self.skip.clicked.connect(self.skipped)
        self.go = button("Retrouver mes brouillons", "primary")
        self.go.clicked.connect(self.password.give)
        self.password.given.connect(self.given)
        self.password.textEdited.connect(lambda _text: self.banners.clear())
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.go)
        self.body.addLayout(row)
        self.begin_at(self.password)

    def fail(self, problem: UserError) -> None:
        """The password is asked again."""
        super().fail(problem)
        self.password.ask_again()
