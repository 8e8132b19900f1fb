"""A single card in the middle of an empty window: first start, unlocking, trouble."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.banner import Banners
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.panel import Panel

_WIDTH = 560


class Card(QScrollArea):
    """`body` is where the content goes, under a title and a sentence; `fail` tells a problem."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(title)
        panel = Panel()
        panel.body.setContentsMargins(18, 14, 18, 14)
        panel.body.setSpacing(10)
        panel.add(label(title, "title", wrap=True))
        panel.add(label(sentence, "muted", wrap=True))
        self.banners = Banners(margin=0)
        panel.add(self.banners)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        panel.body.addLayout(self.body)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(panel)
        column.addStretch(3)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        self._panel = panel
        self.setWidget(holder)
        theme.changed.connect(self._fit)
        self._fit()

    def add(self, widget: QWidget) -> None:
        """Put a widget under the others."""
        self.body.addWidget(widget)

    def fail(self, problem: UserError) -> None:
        """Tell a problem above the content."""
        self.banners.fail(problem)

    def _fit(self) -> None:
        self._panel.setFixedWidth(theme.px(_WIDTH))
