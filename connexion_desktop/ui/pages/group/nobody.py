"""What the page of a group says where there is nobody to show, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from connexion_desktop.ui.figures_only import say_figures_only

if TYPE_CHECKING:
    from connexion_desktop.domain.board import GroupBoard
    from connexion_desktop.ui.pages.group.page import GroupPage

_IMPORT, _OTHER_BASE, _PEOPLE, _NEW_GROUP = "import", "change-base", "go-people", "new-group"


def say_nobody(page: GroupPage, board: GroupBoard) -> None:
    """No group at all, nobody in it yet, or nobody whom the filter keeps."""
    bring = _acts(page, (_IMPORT, "Importez votre tableau"))
    if not page.desk.sees_people:
        say_figures_only(page.desk, page.empty)
    elif board.cohort is not None and board.cohort.is_closed_to_me:
        whose = board.cohort.conseiller
        page.empty.say(
            "group-line",
            f"Le groupe de {whose}" if whose else "Le groupe de quelqu’un d’autre",
            "Seul son conseiller, ou qui le remplace, en voit les personnes. Un remplacement se "
            "donne dans Réglages, « Équipe ».",
            _acts(page, ("group", "Changer de groupe")),
        )
    elif board.cohort is None:
        page.empty.say(
            "group-line",
            "Aucun groupe pour le moment",
            "Déposez ici le tableau de suivi de votre groupe, ou choisissez-le : vous verrez "
            "chaque ligne avant que rien ne soit écrit.",
            bring
            + _acts(
                page, (_NEW_GROUP, "Créer un groupe"), (_OTHER_BASE, "Découvrir la démonstration")
            ),
        )
    elif not board.cards:
        page.empty.say(
            "user-add-line",
            "Ce groupe est encore vide",
            "Choisissez des personnes parmi celles que vous avez rencontrées (Ctrl+Maj+E les "
            "fait entrer dans un groupe), ou importez votre tableau de suivi.",
            _acts(page, (_PEOPLE, "Choisir des personnes")) + bring,
        )
    else:
        words = page.model.filter.label(board.no_contact_days)
        page.empty.say(
            "checkbox-circle-line",
            "Personne ici",
            f"Aucune personne du groupe ne correspond à « {words} ».",
            [page.everybody],
        )


def _acts(page: GroupPage, *wanted: tuple[str, str]) -> list[QAction]:
    """The window's acts by id, in other words; those that do not exist here are left out."""
    acts = []
    for known, words in wanted:
        action = page.desk.actions.find(known)
        if action is not None:
            other = QAction(words, page.empty)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            other.setToolTip(f"{words} ({keys})" if keys else words)
            other.triggered.connect(action.trigger)
            acts.append(other)
    return acts
