"""The tabs of a programme, in their order. One more is a line here, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.cycle_pane import CyclePane
    from connexion_desktop.ui.pages.programme.page import ProgrammePage
    from connexion_desktop.ui.pages.programme.pane import Pane
    from connexion_desktop.ui.pages.programme.week_pane import WeekPane

WEEK, CYCLE, PRESENCES = "Semaine", "Cycle", "Présences"
"""Those that are gone to by their words."""


def _week(page: ProgrammePage) -> WeekPane:
    return page.week


def _cycle(page: ProgrammePage) -> CyclePane:
    return page.cycle


def _presences(page: ProgrammePage) -> Pane:
    from connexion_desktop.ui.pages.programme.presences import PresencesPane

    return PresencesPane(page)


def _activities(page: ProgrammePage) -> Pane:
    from connexion_desktop.ui.pages.programme.activities import ActivitiesPane

    return ActivitiesPane(page)


def _papers(page: ProgrammePage) -> Pane:
    from connexion_desktop.ui.pages.programme.papers_pane import PapersPane

    return PapersPane(page)


def _year(page: ProgrammePage) -> Pane:
    from connexion_desktop.ui.pages.programme.year_pane import YearPane

    return YearPane(page)


TABS: tuple[tuple[str, str, Callable[[ProgrammePage], Pane]], ...] = (
    (WEEK, "Les séances d’une semaine, jour par jour", _week),
    (CYCLE, "Toutes les séances du groupe, en liste", _cycle),
    (PRESENCES, "Qui est venu, demi-journée par demi-journée", _presences),
    ("Activités", "Qui fait quoi, avec qui, et ce qui en est sorti", _activities),
    ("Papiers", "Feuilles à signer, états de présence, attestations", _papers),
    ("Année", "Tous les groupes et leurs conseillers", _year),
)
"""Each tab: its words, its tip, and what makes what it shows, at the first look."""
