"""What is said where there is no presence to show, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connexion_desktop.domain.presence_grid import PresenceGrid

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty

_ICON = "calendar-check-line"


def say_nothing(desk: Desk, empty: Empty, grid: PresenceGrid) -> bool:
    """Say why there is nothing, if there is nothing."""
    if grid.cohort is not None and grid.cohort.is_closed_to_me:
        empty.say(
            _ICON,
            "Les présences de ce groupe ne vous sont pas montrées",
            "Elles le sont à qui suit le groupe, ou le remplace.",
            (),
        )
    elif not grid.columns:
        empty.say(
            _ICON,
            "Aucune séance où noter des présences",
            "Établissez d’abord le programme du groupe : ses demi-journées seront ici.",
            (draw,) if (draw := desk.actions.find("programme.draw")) is not None else (),
        )
    elif not grid.rows:
        empty.say(
            _ICON,
            "Personne dans ce groupe",
            "Dès que quelqu’un y entre, sa ligne est ici, à partir de son premier jour.",
            (),
        )
    else:
        return False
    return True
