"""Menus made from the acts that exist, the moment they are opened."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from connexion_desktop.ui.actions import Actions


def main_menu(actions: Actions, owner: QWidget) -> QMenu:
    """The menu at the rail's foot: one submenu for each family of acts."""
    menu = QMenu(owner)
    menu.setAccessibleName("Menu principal")
    menu.aboutToShow.connect(lambda: _fill(menu, actions))
    return menu


def native_bar(bar: QMenuBar, actions: Actions) -> None:
    """The same at the top of the screen, where the system has its menus there (macOS)."""

    def rebuild() -> None:
        bar.clear()
        for title in actions.menus():
            submenu = bar.addMenu(title)
            submenu.aboutToShow.connect(lambda m=submenu, t=title: _fill_one(m, actions, t))
            _fill_one(submenu, actions, title)

    actions.changed.connect(rebuild)
    rebuild()


def _fill(menu: QMenu, actions: Actions) -> None:
    menu.clear()
    for title in actions.menus():
        _fill_one(menu.addMenu(title), actions, title)


def _fill_one(menu: QMenu, actions: Actions, title: str) -> None:
    menu.clear()
    for entry in actions.entries(title):
        menu.addAction(entry.action)
