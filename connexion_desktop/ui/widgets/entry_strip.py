"""A few fields and Enter, between the header and the page: for what is made from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel


class EntryStrip(QWidget):
    """`fields`, each with its greatest width in logical pixels, stand on one line with the button
    of the act. Escape closes it and gives the keyboard back to where it was. `below` is for what is
    to be told."""

    def __init__(self, title: str, fields: Sequence[tuple[QWidget, int]], words: str) -> None:
        super().__init__()
        self._before: QWidget | None = None
        self._fields = fields
        self.act_button = button(words, "primary")
        tip = "Fermer (Échap) : ce qui est écrit reste"
        self.close_button = button("", "ghost", icon="close-line", tip=tip)
        self.close_button.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        self.heading = label(title, "heading")
        row.addWidget(self.heading)
        row.addSpacing(theme.SPACE)
        for field, width in fields:
            row.addWidget(field, width)
        row.addWidget(self.act_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.below = QVBoxLayout()
        self.below.setSpacing(4)
        panel = Panel()
        panel.setAccessibleName(title)
        panel.body.addLayout(row)
        panel.body.addWidget(self.problem)
        panel.body.addLayout(self.below)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, 0)
        self._column.addWidget(panel)
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Never what would make the window larger than its screen."""
        return QSize(0, super().minimumSizeHint().height())

    def take_margins_away(self) -> None:
        """Where it stands, the page has them already."""
        self._column.setContentsMargins(0, 0, 0, 0)

    def begin(self) -> None:
        """Show it, and give its first field the keyboard."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.show()
        self._fields[0][0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close it."""
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, problem: str) -> None:
        """Tell why it cannot be done; « » when it can."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            announce(self.problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        for field, width in self._fields:
            field.setMinimumWidth(theme.px(60))
            field.setMaximumWidth(theme.px(width))
