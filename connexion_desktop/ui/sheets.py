"""Things to read in a window of their own, that one leaves open while working."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label

_RING = 2
"""How much a button grows when the keyboard comes to it, in pixels."""

_AROUND = 40
"""What is left of the screen beside a sheet, in pixels."""


class Sheet(QDialog):
    """A title, what to read, « Fermer »; Escape closes it too."""

    def __init__(self, parent: QWidget, title: str, width: int = 520) -> None:
        super().__init__(parent)
        theme.dress(self)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 16, theme.MARGIN, 16)
        column.setSpacing(12)
        self._title = label(title, "title", wrap=True)
        column.addWidget(self._title)
        holder = QWidget()
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, 0, 8, 0)
        self.body.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(title)
        scroll.setWidget(holder)
        column.addWidget(scroll, 1)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.close_button = button("Fermer", "primary")
        self.close_button.clicked.connect(self.close)
        self.buttons.addWidget(self.close_button)
        column.addLayout(self.buttons)
        self._scroll = scroll
        self._width = width

    def call(self, title: str) -> None:
        """Give it another title."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self._scroll.setAccessibleName(title)

    def say(self, text: str, kind: str = "") -> None:
        """Add a paragraph."""
        self.body.addWidget(label(text, kind, wrap=True))

    def open_beside(self) -> None:
        """Show it as high as it needs, within the screen."""
        self.body.addStretch(1)
        screen = self.screen().availableGeometry().size() - QSize(_AROUND, 2 * _AROUND)
        width = min(theme.px(self._width), screen.width())
        for each in self.findChildren(QWidget):
            each.ensurePolished()  # so that it says the room it needs
        around = self.sizeHint() - self._scroll.sizeHint()
        wanted = self.body.heightForWidth(width - 2 * theme.MARGIN)
        content = wanted if wanted > 0 else self.body.sizeHint().height()
        self.resize(width, min(content + around.height() + _RING, screen.height()))
        self.show()
        self.raise_()
        self.close_button.setFocus()


def read_sheet(parent: QWidget, title: str, paragraphs: Sequence[tuple[str, str]]) -> Sheet:
    """Show paragraphs, each with its kind (see the style sheet)."""
    sheet = Sheet(parent, title)
    for text, kind in paragraphs:
        sheet.say(text, kind)
    sheet.open_beside()
    return sheet


def crash_sheet(parent: QWidget, report: str) -> Sheet:
    """A bug, told calmly, with a report that names nobody."""
    sheet = Sheet(parent, "Un imprévu s’est produit", width=620)
    sheet.say(
        "Une erreur du programme a interrompu ce que vous faisiez. Ce qui est enregistré est en "
        "sécurité, et vous pouvez continuer."
    )
    sheet.say(
        "Pour la faire corriger, copiez le rapport et envoyez-le à la personne qui vous aide. Il "
        "dit où le programme s’est trompé ; il ne contient aucun nom ni rien de votre base.",
        "muted",
    )
    shown = label(report, "small", wrap=True)
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    shown.setAccessibleName("Rapport")
    sheet.body.addWidget(shown)
    copy = button("Copier le rapport", icon="file-copy-line")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
    sheet.buttons.insertWidget(0, copy)
    sheet.open_beside()
    return sheet
