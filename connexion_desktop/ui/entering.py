"""The choice of the group that people enter, from wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.groups import Entered, EnterGroup, GroupRow
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.tips import menu_text

_MOST = 12


def choose_group(desk: Desk, owner: QWidget, people: Sequence[UUID], at: QPoint) -> None:
    """Offer the open groups in a menu at a point of the screen; the people enter the one chosen
    today, or on its first day if it has not begun."""
    today = desk.today()

    def show(groups: Sequence[GroupRow]) -> None:
        menu = QMenu(owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Entrer dans un groupe")
        for group in [each for each in groups if each.is_open][:_MOST]:
            words = menu_text(f"{group.name}\t{group.phase} · {group.filled}")
            menu.addAction(words, partial(_enter, desk, owner, tuple(people), group))
        if not menu.actions():
            desk.tell("Aucun groupe n’est ouvert : créez d’abord un groupe.")
            return
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    desk.jobs.read(owner, lambda session: usecases.groups.every(session, today), show, key="enter")


def _enter(desk: Desk, owner: QWidget, people: tuple[UUID, ...], group: GroupRow) -> None:
    command = EnterGroup(people, group.id, max(desk.today(), group.starts_on))

    def told(entered: Entered) -> None:
        desk.tell(f"{entered.text} · Ctrl+Z pour annuler")

    desk.jobs.write(
        owner,
        lambda session: usecases.groups.enter(session, command),
        told,
        desk.fail,
        label=f"Entrée dans {group.name}",
    )
