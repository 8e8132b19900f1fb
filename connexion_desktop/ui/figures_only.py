"""What is said to the direction where others see people: it sees figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from connexion_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty

_TITLE = "La direction voit des chiffres"
_SENTENCE = (
    "Les personnes, leurs fiches et leurs immersions se lisent avec le rôle de conseiller ou de "
    "secrétariat. Les chiffres de toute l’association sont dans Pilotage."
)
NO_FILE = UserError(
    "La direction n’ouvre pas les fiches : elle voit des chiffres, pas des personnes.",
    "Rien n’a été montré.",
    "« Voir les noms… », dans Pilotage, dit qui est derrière un chiffre ; chaque regard est noté.",
)


def say_figures_only(desk: Desk, empty: Empty) -> None:
    """Say so in the place of a list, and lead to the figures."""
    lead = QAction("Ouvrir Pilotage", empty)
    lead.triggered.connect(lambda: desk.go("pilotage", None))
    empty.say("bar-chart-2-line", _TITLE, _SENTENCE, [lead])
