"""What the page says when there is nobody to show, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label

_ICON, _WIDTH = 44, 500


class Empty(QWidget):
    """A sentence in the middle of the page, and the acts that lead out of it."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = label("", "title")
        self._sentence = label("", "muted", wrap=True)
        for text in (self._title, self._sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.SPACE)
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addStretch(2)
        for text in (self._mark, self._title, self._sentence):
            column.addWidget(text)
        column.addSpacing(theme.SPACE)
        column.addLayout(self._acts)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(self._middle)
        row.addStretch(1)
        self._icon = ""
        theme.changed.connect(self._fit)
        self._fit()

    def say(self, icon: str, title: str, sentence: str, acts: Sequence[QAction]) -> None:
        """Say something; the first act is the one advised."""
        self._icon = icon
        self._draw_mark()
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")
        self._show_acts(acts)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a button has its style, and its width
            self._widen()
        return super().event(event)

    def _fit(self) -> None:
        self._widen()
        self._draw_mark()

    def _widen(self) -> None:
        self._middle.setFixedWidth(max(theme.px(_WIDTH), self._acts.sizeHint().width()))

    def _draw_mark(self) -> None:
        if self._icon:
            side = theme.px(_ICON)
            self._mark.setPixmap(theme.icon(self._icon, "muted").pixmap(side, side))

    def _show_acts(self, acts: Sequence[QAction]) -> None:
        while (item := self._acts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._acts.addStretch(1)
        for rank, act in enumerate(acts):
            made = button(act.text(), "" if rank else "primary", tip=act.toolTip())
            made.clicked.connect(act.trigger)
            self._acts.addWidget(made)
            made.ensurePolished()
        self._acts.addStretch(1)
        self._fit()
