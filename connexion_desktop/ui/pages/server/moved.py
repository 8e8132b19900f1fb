"""What a move carried, once it is done: told at the top of the window, every table on a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from connexion_desktop.domain import moved as words
from connexion_desktop.ui import theme
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.banner import Offer
    from connexion_desktop.usecases.moving import Moved


def told_there(moved: Moved, name: str) -> str:
    """After « Passer au serveur »."""
    return (
        f"Tout est sur le serveur « {name} », compté table par table des deux côtés : "
        f"{words.summary(moved.counts)}. L’ancien fichier est gardé, intact : {moved.file}"
    )


def told_back(moved: Moved) -> str:
    """After « Revenir à une base sur ce poste »."""
    counted = "."
    if moved.counts:
        counted = f", compté table par table des deux côtés : {words.summary(moved.counts)}."
    return (
        f"Tout est de nouveau sur ce poste{counted} La base : {moved.file}. Le serveur ne garde "
        "que l’association, ses listes et son équipe."
    )


def offers(window: QWidget, moved: Moved) -> list[Offer]:
    """What goes with it."""
    if not moved.counts:
        return []
    return [("Voir chaque table", lambda: MovedSheet(window, moved).open_beside())]


class MovedSheet(Sheet):
    """Every table with how many rows each side holds, and where the file is."""

    def __init__(self, parent: QWidget, moved: Moved) -> None:
        super().__init__(parent, "Ce qui a été déplacé")
        self.say("Compté dans le fichier et sur le serveur, lignes effacées comprises.", "muted")
        self.say(f"Le fichier : {moved.file}", "small")
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(theme.MARGIN)
        grid.setColumnStretch(0, 1)
        for column, title in enumerate(("", "Fichier", "Serveur")):
            grid.addWidget(label(title, "small"), 0, column, Qt.AlignmentFlag.AlignRight)
        for row, (table, number) in enumerate(words.lines(moved.counts), 1):
            grid.addWidget(label(table), row, 0)
            for column in (1, 2):
                grid.addWidget(label(number), row, column, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
