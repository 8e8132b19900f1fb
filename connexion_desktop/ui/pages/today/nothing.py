"""What the page of the day says where nothing presses, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.ui.figures_only import say_figures_only

if TYPE_CHECKING:
    from connexion_desktop.domain.today import Today
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty


def say_nothing(desk: Desk, empty: Empty, day: Today) -> None:
    """No group that one follows, a group without a programme, or a day when all is done."""
    if not desk.sees_people:
        say_figures_only(desk, empty)
    elif not day.groups:
        empty.say(
            "sun-line",
            "Aucun groupe en cours",
            "Les séances du jour, les présences à noter et la prochaine visite viendront ici, dès "
            "que vous suivrez un groupe : créez-le, ou importez votre tableau.",
            _acts(desk, "new-group", "import"),
        )
    elif day.next_on is not None:
        empty.say(
            "checkbox-circle-line",
            "Rien ne presse",
            f"Aucune séance aujourd’hui, rien à clôturer. La prochaine : {full_day(day.next_on)}.",
            _acts(desk, "go-programme"),
        )
    else:
        empty.say(
            "sun-line",
            "Aucune séance à venir",
            "Les séances du jour et leurs présences viendront ici, dès que le programme d’un "
            "groupe sera établi.",
            _acts(desk, "go-programme"),
        )


def _acts(desk: Desk, *wanted: str) -> list[QAction]:
    return [desk.actions.get(name) for name in wanted]
