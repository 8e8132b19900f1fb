"""Above the grid: which days are in sight, the ways to others, and « Tous présents »."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from connexion_desktop.domain.french_dates import brief_period, period_text
from connexion_desktop.domain.presence_span import Span
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.tips import tip_text


class RangeBar(QWidget):
    """`stepped(steps)` to other days; `spanned(Span)`; `everybody()` for the half-days chosen."""

    stepped = Signal(int)
    spanned = Signal(object)
    everybody = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.before = button("", "ghost", icon="arrow-left-s-line", tip="Jours d’avant (Page↑)")
        self.after = button("", "ghost", icon="arrow-right-s-line", tip="Jours d’après (Page↓)")
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.title = Elided("heading")
        self._whole = self._brief = ""
        self.spans: dict[Span, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        for widget in (self.before, self.after):
            row.addWidget(widget)
        row.addSpacing(theme.SPACE // 2)
        row.addWidget(self.title, 1)
        for span in Span:
            self.spans[span] = made = button(span.label)
            made.setCheckable(True)
            made.clicked.connect(lambda _on=False, each=span: self.spanned.emit(each))
            self._group.addButton(made)
            row.addWidget(made)
        self.all = button(
            "Tous présents",
            "primary",
            icon="check-double-line",
            tip="Tous présents sur les demi-journées choisies (T, Espace ou Ctrl+Maj+P)",
        )
        self.all.clicked.connect(self.everybody)
        row.addSpacing(theme.SPACE)
        row.addWidget(self.all)
        theme.changed.connect(self._fit)

    def show_range(self, first: date, last: date, span: Span, *, may_mark: bool) -> None:
        """Say which days are in sight."""
        self._whole = period_text(first, last).capitalize()
        self._brief = brief_period(first, last)
        self.spans[span].setChecked(True)
        self.all.setVisible(may_mark)
        self._fit()
        for widget in (self.before, self.after):
            widget.setEnabled(span is not Span.CYCLE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Whole words, or short ones where they have no room; the tip has the whole ones."""
        for span, each in self.spans.items():
            each.setText(span.label)
        room = self.width() - self.sizeHint().width()
        is_whole = room >= self.title.fontMetrics().horizontalAdvance(self._whole)
        self.title.say(self._whole if is_whole else self._brief)
        self.title.setToolTip(tip_text(self._whole))
        self.title.setAccessibleName(self._whole)
        for span, each in self.spans.items():
            each.setText(span.label if is_whole else span.short)
            each.setAccessibleName(span.label)
