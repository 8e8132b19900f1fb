"""A field that filters as one types."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLineEdit

from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.line_icon import LineIcon

_PAUSE = 120


class SearchField(QLineEdit):
    """`searched(text)` comes at each short pause of typing and at Enter; Escape empties it."""

    searched = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder.rstrip("…"))
        LineIcon(self, "search-line")
        self._empty = LineIcon(self, "close-line", at_end=True, tip="Effacer (Échap)")
        self._empty.clicked.connect(self.clear)
        self._empty.hide()
        self._pause = once_after(_PAUSE, self._tell, self)
        self._told = ""
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._tell)

    def seek(self, text: str) -> None:
        """Look for a text at once, as if it had been typed."""
        self.setText(text)
        self._tell()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)
