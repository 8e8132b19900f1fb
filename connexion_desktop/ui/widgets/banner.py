"""Problems told in place: what happened, what is safe, what to do. Calm, and never in the way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import errors, icons, theme
from connexion_desktop.ui.widgets.labels import button, label

_AT_MOST = 3


class Banner(QFrame):
    """One problem, until the user closes it."""

    def __init__(self, problem: UserError) -> None:
        super().__init__()
        self.problem = problem
        self.setAccessibleName(str(problem))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(40), 8, 8, 8)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(problem.what, "strong", wrap=True))
        rest = " ".join(part for part in (problem.safe, problem.todo) if part)
        if rest:
            texts.addWidget(label(rest, wrap=True))
        row.addLayout(texts, 1)
        self.copy = button("Copier le détail", "ghost", icon="file-copy-line")
        self.copy.clicked.connect(self._copy_detail)
        self.close_button = button("", "ghost", icon="close-line", tip="Fermer ce message")
        self.close_button.clicked.connect(self.dismiss)
        for made in (self.copy, self.close_button):
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.red)
        painter.setBrush(tokens.red_tint)
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(
            QRectF(box).translated(0.5, 0.5), theme.RADIUS_FIELD, theme.RADIUS_FIELD
        )
        side = theme.px(18)
        mark = box.adjusted(theme.px(12), theme.px(9), 0, 0)
        mark.setWidth(side)
        mark.setHeight(side)
        icons.draw(painter, mark, "error-warning-line", tokens.red)
        painter.end()

    def _copy_detail(self) -> None:
        QGuiApplication.clipboard().setText(errors.detail(self.problem))
        self.copy.setText("Copié")

    def dismiss(self) -> None:
        """Close it."""
        self.hide()
        self.deleteLater()


class Banners(QWidget):
    """The problems of a window, newest on top; the same one is not shown twice."""

    def __init__(self, margin: int = theme.MARGIN) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(margin, 10, margin, 0)
        self._column.setSpacing(6)
        self.hide()

    def shown(self) -> list[Banner]:
        """Those not yet closed, newest first."""
        places = (self._column.itemAt(place) for place in range(self._column.count()))
        found = (place.widget() for place in places if place is not None)
        return [each for each in found if isinstance(each, Banner) and not each.isHidden()]

    def fail(self, problem: UserError) -> None:
        """Show a problem."""
        from connexion_desktop.ui.widgets.alert import announce

        for known in self.shown():
            if str(known.problem) == str(problem):
                known.dismiss()
        for oldest in self.shown()[_AT_MOST - 1 :]:
            oldest.dismiss()
        banner = Banner(problem)
        banner.destroyed.connect(self._hide_if_empty)
        self._column.insertWidget(0, banner)
        self.show()
        banner.show()
        announce(banner)

    def clear(self) -> None:
        """Close them all."""
        for banner in self.shown():
            banner.dismiss()

    def _hide_if_empty(self) -> None:
        self.setVisible(bool(self.shown()))
