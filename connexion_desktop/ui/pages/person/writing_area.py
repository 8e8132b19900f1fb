"""What one writes in: as high as its text, Enter saves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from connexion_desktop.ui import theme

_MOST_LINES = 8


class WritingArea(QPlainTextEdit):
    """Grows with its text; Enter is `sent()`, Shift+Enter a new line."""

    sent = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)
        theme.changed.connect(self.fit)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z undoes the last act when nothing typed is left to undo; so for doing it again."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys, document = QKeySequence.StandardKey, self.document()
            for each, left in (
                (keys.Undo, document.isUndoAvailable()),
                (keys.Redo, document.isRedoAvailable()),
            ):
                if event.matches(each):
                    event.setAccepted(left)
                    return left
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if enter and not shift:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """As high as the text, up to a few lines."""
        lines = max(int(self.document().size().height()), 1)
        shown = min(lines, _MOST_LINES)
        policy = Qt.ScrollBarPolicy
        over = lines > _MOST_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + theme.px(6))
