"""The obstacles: five levels each, hollow at entry, filled today; a click or a digit sets it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from connexion_desktop.domain.person_file import ObstacleRow
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person.rows_widget import INSET, MARKS, RowsWidget, paint_words
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_LIGHT_UP_TO = 2
_HEAVY_FROM = 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ObstacleRows(RowsWidget[ObstacleRow]):
    """One row for each theme. `level_set(theme, level)`; 0 takes back what was said today."""

    level_set = Signal(str, int)

    def __init__(self) -> None:
        super().__init__("Freins, de 1 sans difficulté à 5 bloquant", QSize(122, 9))
        self.digit_typed.connect(
            lambda row, level: self.level_set.emit(self._rows[row].theme, level)
        )

    def told(self, row: int) -> str:
        shown = self._rows[row]
        if not shown.assessed:
            return f"{shown.label} : non évalué"
        words = f" ({_word(shown, shown.today)})" if _word(shown, shown.today) else ""
        return f"{shown.label} : {shown.today} sur 5{words}, à l’entrée {shown.entry or '?'}"

    def tip(self, row: int, mark: int) -> str:
        shown = self._rows[row]
        if mark:
            return f"{mark} · {_word(shown, mark)}"
        if not shown.assessed:
            return f"{shown.label} : non évalué. Cliquez un niveau, ou tapez de 1 à 5."
        lines = [f"Aujourd’hui : {shown.today} · {_word(shown, shown.today)}"]
        if shown.entry != shown.today:
            lines.append(f"À l’entrée : {shown.entry} · {_word(shown, shown.entry)}")
        return "\n".join(lines)

    def paint_row(self, painter: QPainter, row: int, box: QRect) -> None:
        tokens = theme.tokens()
        shown = self._rows[row]
        marks = self.marks_rect(row)
        words = box.adjusted(theme.px(INSET), 0, -marks.width() - theme.px(8 + INSET), 0)
        paint_words(painter, words, shown.label, tokens.ink)
        if not shown.assessed and not self.is_under_hand(row):
            painter.setFont(theme.font("small"))
            painter.setPen(tokens.muted)
            painter.drawText(box.adjusted(0, 0, -theme.px(INSET), 0), _RIGHT, "non évalué")
            return
        for level in range(1, MARKS + 1):
            _paint_mark(painter, marks, level, shown)


def _paint_mark(painter: QPainter, marks: QRect, level: int, row: ObstacleRow) -> None:
    tokens = theme.tokens()
    step = marks.width() / MARKS
    box = QRectF(marks.left() + (level - 1) * step + 1, marks.top(), step - 2, marks.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour(row.today) if level <= row.today else tokens.strip_none)
    painter.drawRoundedRect(box, 2.5, 2.5)
    if level == row.entry:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.ink, 1.2))
        painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 2.5, 2.5)


def _colour(level: int) -> QColor:
    tokens = theme.tokens()
    if level <= _LIGHT_UP_TO:
        return tokens.strip_there
    return tokens.strip_absent if level >= _HEAVY_FROM else tokens.strip_excused


def _word(row: ObstacleRow, level: int) -> str:
    return row.levels[level] if level < len(row.levels) else ""


class ObstaclesPanel(Panel):
    """Those assessed; the others are one click away. `level_set(theme, level)`."""

    level_set = Signal(str, int)

    def __init__(self) -> None:
        super().__init__("Freins")
        self._rows: tuple[ObstacleRow, ...] = ()
        self._whole = False
        self.rows = ObstacleRows()
        self.others = button("", "inline", icon="add-line", tip="Évaluer d’autres freins")
        legend = label("entrée □ → aujourd’hui ■", "small")
        legend.setAccessibleName("Contour : à l’entrée. Plein : aujourd’hui.")
        self.first = button("Évaluer les freins", "inline")
        self.corner.addWidget(legend)
        self.corner.addWidget(self.others)
        self.body.setSpacing(0)
        self.add(self.rows)
        self.body.addWidget(self.first, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.level_set.connect(self.level_set)
        for each in (self.others, self.first):
            each.clicked.connect(self._show_others)

    def show_rows(self, rows: Sequence[ObstacleRow], *, anew: bool = False) -> None:
        """Show a journey's obstacles; of another one (`anew`), those assessed."""
        self._whole = self._whole and not anew
        self._rows = tuple(rows)
        self._refill()

    def _show_others(self) -> None:
        self._whole = not self._whole
        self._refill()
        self.rows.setFocus()
        if self._whole:
            unknown = [i for i, row in enumerate(self._rows) if not row.assessed]
            self.rows.go_to(unknown[0] if unknown else 0)

    def _refill(self) -> None:
        known = [row for row in self._rows if row.assessed]
        hidden = len(self._rows) - len(known)
        self.rows.show_rows(self._rows if self._whole else known)
        words = "Ne montrer que les freins évalués" if self._whole else "Évaluer d’autres freins"
        self.others.setIcon(theme.icon("subtract-line" if self._whole else "add-line", "accent"))
        self.others.setToolTip(words)
        self.others.setAccessibleName(words)
        self.others.setVisible(bool(hidden and known))
        self.first.setVisible(not known and not self._whole)
