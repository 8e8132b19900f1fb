"""A text of the feed, written again where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from connexion_desktop.ui import theme
from connexion_desktop.ui.timers import once_after

_PAUSE = 800
_LINES = (3, 14)


class TextInPlace(QPlainTextEdit):
    """The text of a line, being written again: `paused()` when the fingers rest.

    Its keys are those of the field to write: Enter is `sent()`, Shift+Enter a new line, Escape
    `left()`.
    """

    paused = Signal()
    grown = Signal()
    sent = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.first = ""
        self.saved: str | None = ""
        self._pause = once_after(_PAUSE, self.paused.emit, self)

    def start(self, text: str) -> None:
        """Show the text as it was saved."""
        self.first = self.saved = text
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self.textChanged.connect(self._typed)

    def take_changed(self) -> bool:
        """Whether there is something to save; it is then taken for saved."""
        self._pause.stop()
        text = self.toPlainText()
        changed = text != self.saved
        self.saved = text
        return changed

    def hold(self) -> None:
        """What was taken for saved was refused: it is to be saved again."""
        self.saved = None

    def fit(self) -> None:
        """As high as its lines, within reason."""
        line = self.fontMetrics().lineSpacing()
        lines = int(self.document().size().height())
        least, most = _LINES
        self.setFixedHeight(line * min(max(lines, least), most) + theme.px(16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self._pause.start()
        self.grown.emit()
