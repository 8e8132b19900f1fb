"""A single card in the middle of an empty window: first start, unlocking, trouble."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import theme
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.widgets.banner import Banners
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.progress_line import ProgressLine

_WIDTH = 560


class Card(QScrollArea):
    """`body` is where the content goes, under a title and a sentence; `fail` tells a problem.
    Between `wait` and `fail` (or the next card) nothing of the content can be used."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._first: QWidget | None = None
        panel = Panel()
        panel.add(label(title, "title", wrap=True))
        panel.add(label(typeset(sentence), "muted", wrap=True))
        self.banners = Banners(narrow=True)
        panel.add(self.banners)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        panel.add(self._content)
        self.progress = ProgressLine()
        panel.add(self.progress)
        self._had_keyboard: QWidget | None = None
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

    def begin_at(self, widget: QWidget) -> None:
        """Hand the keyboard on to that one. Not by Qt's own proxy, which stays on Tab's way and
        brings it back before it has reached the rest."""
        self._first = widget

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._first is not None:
            self._first.setFocus(event.reason())
        else:
            super().focusInEvent(event)

    def fail(self, problem: UserError) -> None:
        """Tell a problem above the content, which can be used again."""
        self.banners.fail(problem)
        self._resume()

    def wait(self, job: Job, title: str, *, can_cancel: bool = False) -> None:
        """Show how far a job asked for from here is; until it fails or is interrupted the content
        cannot be used."""
        self.banners.clear()
        if self._content.isEnabled():
            had = self.focusWidget()
            self._had_keyboard = had if had is not None and self.isAncestorOf(had) else None
            self._content.setEnabled(False)
        self.progress.watch(job, title, can_cancel=can_cancel)
        job.finished.connect(lambda: self._resume() if job.stop.is_set() else None)

    def is_waiting(self) -> bool:
        """Whether the content cannot be used for now."""
        return not self._content.isEnabled()

    def _resume(self) -> None:
        """Give the content back, and the keyboard to the field that had it."""
        if self._content.isEnabled():
            return
        self._content.setEnabled(True)
        back = self._had_keyboard or self._first
        if back is not None:
            back.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        room = self.viewport().width() - 2 * theme.MARGIN
        self._panel.setFixedWidth(min(theme.px(_WIDTH), room))

    def _fit(self) -> None:
        self._fit_width()
        side, high, between = theme.px(18), theme.px(11), theme.px(10)
        self._panel.body.setContentsMargins(side, high, side, high)
        for column in (self._panel.body, self.body):
            column.setSpacing(between)
