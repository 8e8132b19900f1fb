"""What is said where nobody can choose an activity yet, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connexion_desktop.ui.figures_only import say_figures_only

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from connexion_desktop.domain.activities import Activities
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty

_ICON = "team-line"


def say_nothing(desk: Desk, empty: Empty, shown: Activities, propose: QAction) -> bool:
    """Say why nobody is shown, if nobody is; `propose` offers an activity."""
    if not desk.sees_people:
        say_figures_only(desk, empty)
    elif not shown.names_people:
        empty.say(
            _ICON,
            "Les participants de ce groupe ne vous sont pas montrés",
            "Ils le sont à qui suit le groupe, ou le remplace.",
            (),
        )
    elif not shown.offers:
        empty.say(
            _ICON,
            "Aucune activité n’est proposée à ce groupe",
            "Proposez-en quelques-unes, chacune avec son partenaire : les participants choisiront, "
            "d’un chiffre.",
            (propose,) if shown.may_manage else (),
        )
    elif not shown.people:
        empty.say(
            _ICON,
            "Personne dans ce groupe",
            "Dès que quelqu’un y entre, sa ligne est ici : un chiffre dit son activité.",
            (),
        )
    else:
        return False
    return True
