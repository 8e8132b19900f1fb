"""Every shortcut that works from here, made from the acts themselves."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from connexion_desktop.ui.actions import Actions
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.labels import label

EVERYWHERE = (
    ("Passer au champ ou au bouton suivant", "Tab"),
    ("Ouvrir, choisir, valider", "Entrée"),
    ("Rendre à un champ ce qui était enregistré, fermer, revenir", "Échap"),
    ("Se déplacer dans une liste, dans les cartes", "Flèches"),
    ("Copier la ligne, ou celles qui sont choisies", "Ctrl+C"),
)


def rows(actions: Actions) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each menu, its acts that have a shortcut: (title, keys)."""
    found = []
    for menu in actions.menus():
        acts = [
            (entry.action.text().rstrip("…"), keys(entry.action.shortcut()))
            for entry in actions.entries(menu)
            if not entry.action.shortcut().isEmpty()
        ]
        if acts:
            found.append((menu, acts))
    return [*found, ("Partout", list(EVERYWHERE))]


def keys(sequence: QKeySequence) -> str:
    """« Ctrl+Maj+N », as the system and French keyboards say it."""
    text = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    for english, french in (
        ("Shift+", "Maj+"),
        ("Left", "←"),
        ("Right", "→"),
        ("Up", "↑"),
        ("Down", "↓"),
        ("Del", "Suppr"),
        ("Return", "Entrée"),
        ("Space", "Espace"),
    ):
        text = text.replace(english, french)
    return text


def show_help(parent: QWidget, actions: Actions) -> Sheet:
    """Open the list beside the work."""
    sheet = Sheet(parent, "Raccourcis clavier", width=480)
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setVerticalSpacing(5)
    line = 0
    for title, acts in rows(actions):
        grid.addWidget(label(title, "heading"), line, 0, 1, 2)
        for text, pressed in acts:
            line += 1
            grid.addWidget(label(text, wrap=True), line, 0)
            grid.addWidget(label(pressed, "badge"), line, 1)
        line += 1
        grid.setRowMinimumHeight(line, 8)
        line += 1
    sheet.body.addLayout(grid)
    sheet.open_beside()
    return sheet
