"""What the page of a programme says where there is nothing to show, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

if TYPE_CHECKING:
    from connexion_desktop.domain.programme import Programme
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty


RESERVED = "Ce programme se change par le conseiller du groupe, ou par qui le remplace."


def say_nothing(desk: Desk, empty: Empty, programme: Programme) -> None:
    """No group at all, or one that has no séance yet."""
    if programme.cohort is None:
        empty.say(
            "calendar-2-line",
            "Aucun groupe pour le moment",
            "Un programme est celui d’un groupe : créez le premier, ou importez votre tableau.",
            _acts(desk, "new-group", "import"),
        )
        return
    if programme.cohort.is_closed_to_me:
        empty.say("calendar-2-line", "Ce groupe n’a pas encore de programme", RESERVED, [])
        return
    cycle = programme.cycle
    days = f"{cycle.told}." if cycle is not None else "Les fermetures ne laissent aucun jour."
    empty.say(
        "calendar-2-line",
        "Ce groupe n’a pas encore de programme",
        f"Ses {programme.weeks} semaines s’établissent d’un coup, depuis un modèle : {days} Vous "
        "verrez ce qui sera écrit avant que rien ne le soit.",
        _acts(desk, "programme.draw", "programme.new"),
    )


def _acts(desk: Desk, *wanted: str) -> list[QAction]:
    found = (desk.actions.find(name) for name in wanted)
    return [each for each in found if each is not None]
