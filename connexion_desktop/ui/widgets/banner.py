"""What is told in place, at the top of the page: problems, and what was just undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import errors, icons, theme
from connexion_desktop.ui.widgets.labels import button, label

_AT_MOST = 3


class _Strip(QFrame):
    """A tinted strip with its mark, until the user closes it."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.lasting = False
        self._before = QApplication.focusWidget()
        self._mark = mark
        self.row = QHBoxLayout(self)
        theme.changed.connect(self._fit)
        self._fit()
        self.close_button = button("", "ghost", icon="close-line", tip="Fermer ce message")
        self.close_button.clicked.connect(self.dismiss)

    def _fit(self) -> None:
        """Leave room for the mark, whatever the size of the text."""
        self.row.setContentsMargins(theme.px(40), 8, 8, 8)

    def tints(self) -> tuple[QColor, QColor]:
        """The line and the ground."""
        tokens = theme.tokens()
        return tokens.accent, tokens.accent_tint

    def paintEvent(self, event: QPaintEvent) -> None:
        line, ground = self.tints()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line)
        painter.setBrush(ground)
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(
            QRectF(box).translated(0.5, 0.5), theme.RADIUS_FIELD, theme.RADIUS_FIELD
        )
        side = theme.px(18)
        mark = box.adjusted(theme.px(12), theme.px(9), 0, 0)
        mark.setWidth(side)
        mark.setHeight(side)
        icons.draw(painter, mark, self._mark, line)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def dismiss(self) -> None:
        """Close it; the keyboard, where it has it, goes back to where it was."""
        focus, before = QApplication.focusWidget(), self._before
        had = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if had and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()


class Banner(_Strip):
    """One problem: what happened, what is safe, what to do. Where there is little room, what can be
    done with it is under its words. A `lasting` one stays when another page is shown."""

    def __init__(self, problem: UserError, *, narrow: bool = False, lasting: bool = False) -> None:
        super().__init__("error-warning-line")
        self.lasting = lasting
        self.problem = problem
        self.setAccessibleName(str(problem))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(typeset(problem.what), "strong", wrap=True))
        rest = " ".join(part for part in (problem.safe, problem.todo) if part)
        if rest:
            texts.addWidget(label(typeset(rest), wrap=True))
        self.row.addLayout(texts, 1)
        self.copy = button("Copier le détail", "ghost", icon="file-copy-line")
        self.copy.clicked.connect(self._copy_detail)
        if narrow:
            texts.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignRight)
        else:
            self.row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def tints(self) -> tuple[QColor, QColor]:
        """Those of a problem."""
        tokens = theme.tokens()
        return tokens.red, tokens.red_tint

    def _copy_detail(self) -> None:
        QGuiApplication.clipboard().setText(errors.detail(self.problem))
        self.copy.setText("Copié")


Offer = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class Notice(_Strip):
    """Something calm to know, or to answer: each button does its act and closes it."""

    def __init__(self, text: str, offers: Sequence[Offer]) -> None:
        super().__init__("information-line")
        self.text = text
        self.setAccessibleName(text)
        self.row.addWidget(label(typeset(text), wrap=True), 1)
        self.buttons = [self._offer(*offer) for offer in offers]
        self.row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _offer(self, words: str, act: Callable[[], object]) -> QPushButton:
        made = button(words)
        made.clicked.connect(self.dismiss)
        made.clicked.connect(lambda _checked=False: act())
        self.row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made


class Banners(QWidget):
    """The problems of a window or, `narrow`, of a card, newest on top; the same one is not shown
    twice. One notice at most stands with them."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self._narrow = narrow
        margin = 0 if narrow else theme.MARGIN
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(margin, 10, margin, 0)
        self._column.setSpacing(6)
        self.hide()

    def shown(self) -> list[Banner]:
        """Those not yet closed, newest first."""
        return [each for each in self._strips() if isinstance(each, Banner)]

    def fail(self, problem: UserError, *, lasting: bool = False) -> None:
        """Show a problem; a `lasting` one until the user closes it."""
        for known in self.shown():
            if str(known.problem) == str(problem):
                known.dismiss()
        for oldest in self.shown()[_AT_MOST - 1 :]:
            oldest.dismiss()
        self._put(Banner(problem, narrow=self._narrow, lasting=lasting))

    def notice(self, text: str, offers: Sequence[Offer] = (), *, lasting: bool = False) -> Notice:
        """Tell something calm, in place of the notice before; a `lasting` one until the user closes
        it."""
        self._drop_notice()
        made = Notice(text, offers)
        made.lasting = lasting
        self._put(made)
        return made

    def noticed(self) -> Notice | None:
        """The notice that is shown."""
        return next((each for each in self._strips() if isinstance(each, Notice)), None)

    def close_newest(self) -> bool:
        """Close the one on top; False where there is none."""
        newest = next(iter(self._strips()), None)
        if newest is not None:
            newest.dismiss()
        return newest is not None

    def clear(self) -> None:
        """Close them all, but those that last."""
        for strip in self._strips():
            if not strip.lasting:
                strip.dismiss()

    def _drop_notice(self) -> None:
        known = self.noticed()
        if known is not None:
            known.dismiss()

    def _put(self, strip: _Strip) -> None:
        from connexion_desktop.ui.widgets.alert import announce

        strip.destroyed.connect(self._hide_if_empty)
        self._column.insertWidget(0, strip)
        self.show()
        strip.show()
        announce(strip)

    def _strips(self) -> list[_Strip]:
        places = (self._column.itemAt(place) for place in range(self._column.count()))
        found = (place.widget() for place in places if place is not None)
        return [each for each in found if isinstance(each, _Strip) and not each.isHidden()]

    def _hide_if_empty(self) -> None:
        self.setVisible(bool(self._strips()))
