"""A counter that filters: a word, its number in bold, pressed or not."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from connexion_desktop.ui import theme


class Chip(QPushButton):
    """« À faire **4** »; the word alone without a number. Its frame is the style sheet’s."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._word = text
        self._number = ""
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_number("")

    def show_number(self, number: str) -> None:
        """Show another number, or several (« 0 · 12 jamais »); none where it is empty."""
        self._number = number
        self.setAccessibleName(f"{self._word} {self._number}".strip())
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """The word shown."""
        return self._word

    def sizeHint(self) -> QSize:
        return QSize(self._words_width() + theme.px(26), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        tokens = theme.tokens()
        painter.setPen(tokens.accent if self.isChecked() else tokens.ink)
        if not self.isEnabled():
            painter.setPen(tokens.muted)
        left = (self.width() - self._words_width()) // 2
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("body"))
        painter.drawText(QRect(left, 0, self.width(), self.height()), middle, self._word)
        if self._number:
            left += self._word_width() + theme.px(5)
            painter.setFont(theme.font("body", bold=True))
            painter.drawText(QRect(left, 0, self.width(), self.height()), middle, self._number)
        painter.end()

    def _word_width(self) -> int:
        return QFontMetrics(theme.font("body")).horizontalAdvance(self._word)

    def _words_width(self) -> int:
        if not self._number:
            return self._word_width()
        bold = QFontMetrics(theme.font("body", bold=True))
        return self._word_width() + theme.px(5) + bold.horizontalAdvance(self._number)
