"""The recovery code, shown and printed: without it, a lost computer is a lost base."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.code_box import PURPOSE, CodeBox
from connexion_desktop.ui.widgets.labels import button


class RecoveryCode(Card):
    """Shown once the base is made: `done()` when the user says that the code is kept. `on` is the
    day written on the printed sheet."""

    done = Signal()

    def __init__(self, code: str, association: str, *, on: date) -> None:
        super().__init__("Le code de secours de votre base", PURPOSE)
        self.code = CodeBox(code, association, on)
        self.kept = QCheckBox("J’ai imprimé ou noté ce code")
        self.code.printed.connect(self.kept.setFocus)
        self.go_on = button("Commencer", "primary")
        self.go_on.setEnabled(False)
        self.kept.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.done)
        self.add(self.code)
        acts, last = QHBoxLayout(), QHBoxLayout()
        for each in (self.code.print_button, self.code.copy_button):
            acts.addWidget(each)
        acts.addStretch(1)
        last.addWidget(self.kept, 1)
        last.addWidget(self.go_on)
        self.body.addLayout(acts)
        self.body.addLayout(last)
        self.begin_at(self.code.print_button)


def show_again(parent: QWidget, code: str, association: str, on: date) -> Sheet:
    """The code of an open base, whenever it is asked for."""
    sheet = Sheet(parent, "Code de secours", width=560)
    sheet.say(typeset(PURPOSE), "muted")
    box = CodeBox(code, association, on)
    sheet.body.addWidget(box)
    sheet.buttons.insertWidget(0, box.print_button)
    sheet.buttons.insertWidget(1, box.copy_button)
    sheet.open_beside()
    return sheet
