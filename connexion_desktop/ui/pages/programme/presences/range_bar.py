"""Above the grid: which days are in sight, the ways to others, and « Tous présents »."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from connexion_desktop.domain.presence_span import Span
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import button


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

    def show_range(self, title: str, span: Span, *, may_mark: bool) -> None:
        """Say which days are in sight."""
        self.title.say(title)
        self.spans[span].setChecked(True)
        self.all.setVisible(may_mark)
        for widget in (self.before, self.after):
            widget.setEnabled(span is not Span.CYCLE)
