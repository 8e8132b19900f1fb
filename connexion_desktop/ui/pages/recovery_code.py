"""The recovery code, shown and printed: without it, a lost computer is a lost base."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.code_box import PURPOSE, CodeBox
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button

_IMPORT = "Le tableau que vous tenez déjà : Excel, LibreOffice, CSV"


class RecoveryCode(Card):
    """Shown once the base is made, the last step of a first start: `done(to_import)` when the user
    says that the code is kept, and whether a table is to be imported first. `on` is the day written
    on the printed sheet."""

    done = Signal(bool)

    def __init__(self, code: str, association: str, *, on: date) -> None:
        super().__init__("Le code de secours de votre base", PURPOSE)
        self.code = CodeBox(code, association, on)
        self.kept = QCheckBox("J’ai imprimé ou noté ce code")
        self.code.printed.connect(self.kept.setFocus)
        self.import_first = button("Importer votre tableau…", icon="file-upload-line", tip=_IMPORT)
        self.go_on = button("Commencer", "primary")
        for each, to_import in ((self.import_first, True), (self.go_on, False)):
            each.setEnabled(False)
            self.kept.toggled.connect(each.setEnabled)
            each.clicked.connect(partial(self.done.emit, to_import))
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.import_first)
        last.addWidget(self.go_on)
        self.add(self.code)
        self.add(flow(self.code.print_button, self.code.copy_button, self.kept))
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
