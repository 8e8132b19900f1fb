"""« Qui êtes-vous ? »: who signs the acts on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.bound_field import Link
from connexion_desktop.ui.widgets.bound_fields import ComboField
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings

_AUTHOR = "author"


class SigningLine(Panel):
    """The acts under way keep their author: another name signs from the next opening."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk, self._settings = desk, settings
        self.who = ComboField(
            "Qui êtes-vous ? Sur ce poste, vos actes sont signés par", Link(self._choose), ()
        )
        self.later = label("", "small", wrap=True)
        self.later.hide()
        self.add(self.who)
        self.add(self.later)

    def offer(self, team: Sequence[str]) -> None:
        """Offer the team, and who signs now."""
        chosen = self._settings.text(_AUTHOR) or self._desk.author
        names = dict.fromkeys((*team, self._desk.author, chosen))
        self.who.offer([(name, name) for name in names])
        self.who.show_value(chosen)

    def _choose(self, name: str) -> None:
        self._settings.put(_AUTHOR, name)
        self.who.confirm()
        same = name == self._desk.author
        self.later.setText(f"{name} signera à la prochaine ouverture de l’application.")
        self.later.setVisible(not same)
