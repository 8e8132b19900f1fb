"""A text of the feed, written again where it stands."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from connexion_desktop.ui import theme

_PAUSE = 800
_LINES = (3, 14)


class TextInPlace(QPlainTextEdit):
    """The text of a line, being written again: `paused()` when the fingers rest."""

    paused = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.started = False
        self._first = ""
        self._saved: str | None = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.paused)

    def start(self, text: str) -> None:
        """Show the text as it was saved."""
        self.started = True
        self._first = self._saved = text
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self.textChanged.connect(self._typed)

    def restore(self) -> None:
        """Give back the text as it was when the editing began."""
        self.setPlainText(self._first)

    def take_changed(self) -> bool:
        """Whether there is something to save; it is then taken for saved."""
        text = self.toPlainText()
        changed = text != self._saved
        self._saved = text
        return changed

    def hold(self) -> None:
        """What was taken for saved was refused: it is to be saved again."""
        self._saved = None

    def wanted_height(self) -> int:
        """As high as its lines, within reason."""
        line = self.fontMetrics().lineSpacing()
        lines = int(self.document().size().height())
        least, most = _LINES
        return line * min(max(lines, least), most) + theme.px(16)

    def _typed(self) -> None:
        self._pause.start()
        self.grown.emit()
