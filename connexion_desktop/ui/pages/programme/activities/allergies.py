"""The allergies of whoever chose an activity, for who leads it: read, never printed nor copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connexion_desktop.ui.sheets import Sheet

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.activities.pane import ActivitiesPane

_FOR_WHOM = (
    "À montrer à qui anime l’activité, et à personne d’autre. Rien n’en est imprimé, ni mis sur "
    "une liste."
)


class AllergiesSheet(Sheet):
    """It closes with the tab: nobody is to find it open later."""

    def __init__(
        self, pane: ActivitiesPane, activity: str, found: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(pane, f"Allergies · {activity}")
        self.say(_FOR_WHOM, "muted")
        for name, text in found:
            self.say(name, "strong")
            self.say(text)
        if not found:
            self.say(
                "Aucune n’est notée. Le menu d’une personne (clic droit, ou Maj+F10) a « Ses "
                "allergies… »."
            )
        pane.left.connect(self.close)
