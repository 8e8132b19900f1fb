"""The recovery code, shown and printed: without it, a lost computer is a lost base."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button

GROUPS_A_LINE = 2


class RecoveryCode(Card):
    """`done()` once the user says that the code is kept. Asked again later, nothing is asked.
    `on` is the day written on the printed sheet."""

    done = Signal()

    def __init__(self, code: str, association: str, *, on: date, first_time: bool = True) -> None:
        super().__init__(
            "Le code de secours de votre base",
            "Il rouvre la base et ses sauvegardes si ce poste est perdu, volé ou réinstallé, ou si "
            "la phrase de passe est oubliée. Imprimez-le et rangez-le hors du bureau : qui l’a "
            "peut lire la base, et personne ne peut le retrouver à votre place.",
        )
        self._association = association
        self._code = code
        self._on = on
        self.code = QLabel(_in_lines(code))
        self.code.setTextFormat(Qt.TextFormat.PlainText)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName("Code de secours")
        self.add(self.code)
        self.kept = QCheckBox("J’ai imprimé ou noté ce code")
        self.kept.setVisible(first_time)
        row = QHBoxLayout()
        self.print_button = button("Imprimer…", icon="printer-line")
        self.print_button.clicked.connect(self._print)
        self.go_on = button("Commencer" if first_time else "Fermer", "primary")
        self.go_on.setEnabled(not first_time)
        self.kept.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.done)
        row.addWidget(self.print_button)
        row.addStretch(1)
        row.addWidget(self.go_on)
        self.add(self.kept)
        self.body.addLayout(row)
        self.setFocusProxy(self.print_button)
        theme.changed.connect(self._fit_code)
        self._fit_code()

    def _fit_code(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(18))
        font.setWeight(QFont.Weight.DemiBold)
        self.code.setFont(font)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from connexion_desktop.ui.recovery_sheet import print_sheet, sheet

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            print_sheet(sheet(self._code, self._association, self._on), printer)
            self.kept.setFocus()


def _in_lines(code: str) -> str:
    groups = code.split("-")
    starts = range(0, len(groups), GROUPS_A_LINE)
    return "\n".join("-".join(groups[start : start + GROUPS_A_LINE]) for start in starts)
