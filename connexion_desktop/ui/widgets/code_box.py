"""The recovery code in large, to be read, printed or put in a safe."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label

PURPOSE = (
    "Il rouvre la base et ses sauvegardes si ce poste est perdu, ou si la phrase de passe est "
    "oubliée. Gardez-le sous clé, hors du bureau : qui l’a peut lire la base, et personne ne peut "
    "le retrouver à votre place."
)
_COLUMNS = 2
_COPY_STAYS = 60_000
"""How long a copied code stays on the clipboard, in ms."""


class CodeBox(QWidget):
    """Eight groups, two a line, each with its rank, as on the sheet that `print_button` prints for
    an association, dated `on`. Whoever shows the box places its buttons. `printed()` once it is."""

    printed = Signal()

    def __init__(self, code: str, association: str, on: date) -> None:
        super().__init__()
        self.setAccessibleName("Code de secours")
        self._code = code
        self._association = association
        self._on = on
        self._ranks: list[QLabel] = []
        self._groups: list[QLabel] = []
        self._grid = QGridLayout(self)
        for place, group in enumerate(code.split("-")):
            row, column = divmod(place, _COLUMNS)
            self._grid.addWidget(self._rank(place + 1), row, 3 * column)
            self._grid.addWidget(self._group(group), row, 3 * column + 1)
        for space in (2, 5):
            self._grid.setColumnStretch(space, 1)
        self.print_button = button("Imprimer…", icon="printer-line")
        self.print_button.clicked.connect(self._print)
        self.copy_button = button(
            "Copier",
            icon="file-copy-line",
            tip="Pour un coffre-fort de mots de passe : oublié au bout d’une minute",
        )
        self.copy_button.clicked.connect(self._copy)
        theme.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """The whole code."""
        return self._code

    def _rank(self, rank: int) -> QLabel:
        made = label(str(rank), "small")
        self._ranks.append(made)
        return made

    def _group(self, group: str) -> QLabel:
        made = label(group)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._groups.append(made)
        return made

    def _fit(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(22))
        font.setWeight(QFont.Weight.DemiBold)
        for group in self._groups:
            group.setFont(font)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        side, high = theme.px(28), theme.px(12)
        self._grid.setContentsMargins(side, high, 0, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().line)
        painter.setBrush(theme.tokens().page)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        painter.end()

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from connexion_desktop.ui.recovery_sheet import print_sheet, sheet

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            print_sheet(sheet(self._code, self._association, self._on), printer)
            self.printed.emit()

    def _copy(self) -> None:
        code, app = self._code, QGuiApplication.instance()
        QGuiApplication.clipboard().setText(code)
        self.copy_button.setText("Copié")
        if app is not None:
            QTimer.singleShot(_COPY_STAYS, app, lambda: forget(code))


def forget(code: str) -> None:
    """Take a code off the clipboard, unless something else was copied since."""
    if QGuiApplication.clipboard().text() == code:
        QGuiApplication.clipboard().clear()
