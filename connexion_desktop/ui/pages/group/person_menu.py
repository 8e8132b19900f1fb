"""The acts on one person of a group, in the context menu of her card or of her row."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.ui import theme

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.group.page import GroupPage

_PLACEMENTS = "go-placements"


def person_menu(page: GroupPage, person_id: UUID) -> QMenu:
    """What may be done from `page` with this person."""
    menu = QMenu(page)
    opening = menu.addAction("Ouvrir", lambda: page.open_person(person_id))
    menu.setDefaultAction(opening)
    if page.offers_note:
        menu.addAction(
            theme.icon("edit-line"), "Noter", lambda: page.open_person(person_id, write=True)
        )
    if page.desk.actions.find(_PLACEMENTS) is not None:
        menu.addAction(
            theme.icon("briefcase-line"), "Nouvelle immersion", lambda: _place(page, person_id)
        )
    menu.addSeparator()
    menu.addAction("Historique de la fiche…", lambda: _show_history(page, person_id))
    menu.addAction("Copier", QKeySequence(QKeySequence.StandardKey.Copy), page.lists.copy)
    for known in ("group.export", "group.print"):
        menu.addAction(page.desk.actions.get(known))
    return menu


def _show_history(page: GroupPage, person_id: UUID) -> None:
    from connexion_desktop.ui.history_sheet import show_history

    show_history(page.desk, page, RecordRef("person", person_id))


def _place(page: GroupPage, person_id: UUID) -> None:
    from connexion_desktop.domain.placement_file import NewPlacement

    command = NewPlacement(uuid4(), person_id, page.desk.today())
    page.desk.jobs.write(
        page,
        lambda session: usecases.placements.create(session, command),
        lambda made: page.desk.go("placements", made),
        label="Nouvelle immersion",
    )
