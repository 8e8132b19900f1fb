"""What remains to be done before issuing: calm where it is only missing, red where it blocks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from connexion_desktop.domain.placement_rules import Finding, Severity
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.placements.kit import tint_of
from connexion_desktop.ui.widgets import badge

_MOST_HEIGHT = 168
_INDENT, _PADDING = 22, 3


class CheckLine(QAbstractButton):
    """One line: icon, what is to be done, the article. A click or Enter goes to its field."""

    def __init__(self) -> None:
        super().__init__()
        self._tint: badge.Tint = "grey"
        self._icon = ""
        self._source = ""
        self._strong = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def show_line(
        self, text: str, tint: badge.Tint, *, source: str = "", icon: str = "", strong: bool = False
    ) -> None:
        """Show another thing to do."""
        self._tint, self._source, self._strong = tint, source, strong
        self._icon = icon or badge.ICONS[tint] or "checkbox-blank-circle-line"
        self.setText(text)
        self.setAccessibleName(f"{text} {source}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._laid_out(width).boundingRect().height()) + 2 * theme.px(_PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or theme.keyboard_ring(self):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover)
            painter.drawRoundedRect(self.rect(), 6, 6)
        side = theme.px(14)
        ink = badge.colours(self._tint)[0]
        icons.draw(
            painter, QRect(QPoint(theme.px(2), theme.px(4)), QSize(side, side)), self._icon, ink
        )
        painter.setPen(tokens.ink if self._tint == "grey" else ink)
        self._laid_out(self.width()).draw(painter, QPointF(theme.px(_INDENT), theme.px(_PADDING)))
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        """The sentence, then its article in grey, broken into lines."""
        words = f"{self.text()}  {self._source}" if self._source else self.text()
        layout = QTextLayout(words, theme.font("small", bold=self._strong))
        grey = QTextCharFormat()
        grey.setForeground(theme.tokens().muted)
        article = QTextLayout.FormatRange()
        article.start, article.length = len(self.text()), len(words) - len(self.text())
        grey.setFont(theme.font("small"))
        article.format = grey
        layout.setFormats([article])
        room = max(width - theme.px(_INDENT + 2), theme.px(80))
        top = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


class Checklist(QScrollArea):
    """`chosen(Finding)` when a line is. What is missing is told in one line, opened at will."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Points à voir avant d’émettre")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWidget(self._holder)
        self._lines: list[CheckLine] = []
        self._targets: list[Finding | None] = []
        self._findings: tuple[Finding, ...] = ()
        self._open = False
        self._room = _MOST_HEIGHT
        self.hide()
        theme.changed.connect(self._fit)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what the rules say now."""
        if tuple(findings) == self._findings:
            return
        self._findings = tuple(findings)
        self._rebuild()

    def missing(self) -> tuple[Finding, ...]:
        """What is only not filled in yet."""
        return tuple(each for each in self._findings if each.missing)

    def texts(self) -> list[str]:
        """The lines shown."""
        return [line.text() for line in self._lines if not line.isHidden()]

    def unfold(self, wanted: bool) -> None:
        """Show each thing that is missing, or the line that counts them."""
        self._open = wanted
        self._rebuild()

    def line_at(self, number: int) -> CheckLine:
        """A line, from the top."""
        return self._lines[number]

    def bound(self, room: int) -> None:
        """Take no more than that height, in pixels; one line is always whole."""
        self._room = room
        self._fit()

    def _rebuild(self) -> None:
        missing = self.missing()
        rest = [each for each in self._findings if not each.missing]
        rest.sort(key=lambda each: each.severity is not Severity.BLOCK)
        wanted: list[Finding | None] = [None] if missing else []
        wanted += [*(missing if self._open else ()), *rest]
        self._targets = wanted
        for number, finding in enumerate(wanted):
            line = self._line(number)
            if finding is None:
                arrow = "arrow-down-s-line" if self._open else "arrow-right-s-line"
                following = "" if self._open else f"· {missing[0].message}"
                line.show_line(_count(missing), "grey", source=following, icon=arrow, strong=True)
            else:
                line.show_line(finding.message, tint_of(finding), source=finding.source)
            line.show()
        for line in self._lines[len(wanted) :]:
            line.hide()
        self.setVisible(bool(wanted))
        self._fit()

    def _line(self, number: int) -> CheckLine:
        if number == len(self._lines):
            line = CheckLine()
            line.clicked.connect(lambda: self._choose(number))
            self._lines.append(line)
            self._column.addWidget(line)
        return self._lines[number]

    def _choose(self, number: int) -> None:
        finding = self._targets[number]
        if finding is None:
            self.unfold(not self._open)
        else:
            self.chosen.emit(finding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        shown = [line for line in self._lines if not line.isHidden()]
        heights = [line.heightForWidth(width) for line in shown]
        least = heights[0] if heights else 0
        most = max(least, min(theme.px(_MOST_HEIGHT), self._room))
        self.setFixedHeight(min(sum(heights), most))


def _count(missing: Sequence[Finding]) -> str:
    return "1 point à compléter" if len(missing) == 1 else f"{len(missing)} points à compléter"
