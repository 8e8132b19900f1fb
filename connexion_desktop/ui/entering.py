"""The choice of the group that people enter, from wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.groups import Entered, EnterGroup, GroupRow
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.tips import menu_text

_MOST = 40
"""How many of the groups whose weeks are over are offered, the last ones."""


def choose_group(desk: Desk, owner: QWidget, people: Sequence[UUID], at: QPoint) -> None:
    """Offer the open groups in a menu at a point of the screen, those whose weeks are over apart;
    the people enter the one chosen today, or on its first day if it has not begun."""
    today = desk.today()

    def show(groups: Sequence[GroupRow]) -> None:
        menu = QMenu(owner)
        theme.dress(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Entrer dans un groupe")
        offered = [group for group in groups if group.is_open]
        over = [group for group in offered if group.weeks_end < today]
        for group in offered:
            if group not in over:
                _offer(menu, desk, owner, tuple(people), group)
        if over:
            older = menu.addMenu("Groupes dont les douze semaines sont finies")
            for group in over[:_MOST]:
                _offer(older, desk, owner, tuple(people), group)
        if not offered:
            desk.tell("Aucun groupe n’est ouvert : créez d’abord un groupe.")
            return
        menu.addSeparator()
        menu.addAction(desk.actions.get("new-group"))
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    desk.jobs.read(owner, lambda session: usecases.groups.every(session, today), show, key="enter")


def _offer(
    menu: QMenu, desk: Desk, owner: QWidget, people: tuple[UUID, ...], group: GroupRow
) -> None:
    words = menu_text(f"{group.name}\t{group.phase} · {group.filled}")
    menu.addAction(words, partial(_enter, desk, owner, people, group))


def _enter(desk: Desk, owner: QWidget, people: tuple[UUID, ...], group: GroupRow) -> None:
    today = desk.today()
    command = EnterGroup(people, group.id, max(today, group.starts_on))

    def told(entered: Entered) -> None:
        desk.tell(f"{entered.text} · Ctrl+Z pour annuler")

    desk.jobs.write(
        owner,
        lambda session: usecases.groups.enter(session, command, today),
        told,
        desk.fail,
        label=f"Entrée dans {group.name}",
    )
