"""A password asked for alone on a card."""

from __future__ import annotations

from PySide6.QtCore import Signal

from connexion_desktop.ui.pages.unlock import SecretField


class AskedPassword(SecretField):
    """`given(password)` once Enter is pressed or at `give`; empty, it takes the keyboard."""

    given = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.returnPressed.connect(self.give)

    def give(self) -> None:
        if self.text():
            self.given.emit(self.text())
        else:
            self.setFocus()

    def ask_again(self) -> None:
        """What was typed is selected: typing again replaces it."""
        self.setFocus()
        self.selectAll()
