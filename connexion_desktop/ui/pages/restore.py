"""What a restoration would change, told before anything is replaced."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.hours import clock_text
from connexion_desktop.domain.maintenance import Held
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button, label


class ConfirmRestoring(Card):
    """`confirmed()` or `given_up()`."""

    confirmed = Signal()
    given_up = Signal()

    def __init__(self, file: Path, base: Path, held: Held) -> None:
        super().__init__(
            "Restaurer cette sauvegarde ?",
            "La base redevient ce qu’elle était ; ce qui a été enregistré depuis n’y sera plus.",
        )
        self._say("Sauvegarde", file.name)
        self._say("Contenu", f"{', '.join(held.counts)} · {_last_act(held)}")
        self._say("Prend la place de", str(base))
        if held.is_another:
            self.add(label("C’est la sauvegarde d’une autre base.", "error", wrap=True))
        self.add(
            label(
                typeset(
                    "Rien n’est détruit : la base d’aujourd’hui est gardée entière, à côté, sous "
                    f"le nom « {base.name}.avant-restauration… »."
                ),
                wrap=True,
            )
        )
        self.back_button = button("Ne rien restaurer")
        self.back_button.clicked.connect(self.given_up)
        self.restore_button = button("Restaurer", "primary")
        self.restore_button.clicked.connect(self.confirmed)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.restore_button)
        self.body.addLayout(row)
        self.begin_at(self.back_button)

    def _say(self, title: str, text: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(label(title, "small"))
        column.addWidget(label(_breakable(text), "strong", wrap=True))
        self.body.addLayout(column)


def _breakable(text: str) -> str:
    """A long name or path goes on to the next line after its marks."""
    return re.sub(r"([/\\_.-])", "\\1\u200b", text)


def _last_act(held: Held) -> str:
    if held.last_act is None:
        return "rien n’y a été enregistré"
    minute = held.last_act.hour * 60 + held.last_act.minute
    return f"dernier enregistrement {full_day(held.last_act.date())} à {clock_text(minute)}"
