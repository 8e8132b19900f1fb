"""What somebody else made of what one is typing, and the choice between the two, in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout

from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.reading_order import put_in_order

MINE, THEIRS, BOTH = "&Garder le mien", "&Prendre le sien", "Garder les &deux"
_MOST_SHOWN = 400


class ConflictLine(QFrame):
    """« Nadia Ferrand a changé ce champ à 10:42 : « … » », over « Garder le mien » (Alt+G),
    « Prendre le sien » (Alt+P) and, for long texts, « Garder les deux » (Alt+D)."""

    def __init__(
        self,
        text: str,
        title: str,
        mine: Callable[[], object],
        theirs: Callable[[], object],
        both: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.words = label(text, wrap=True)
        self.setAccessibleName(text)
        self.mine = self._button(MINE, "Alt+G", title, mine)
        self.theirs = self._button(THEIRS, "Alt+P", title, theirs)
        buttons = [self.mine, self.theirs]
        self.both: QPushButton | None = None
        if both is not None:
            self.both = self._button(BOTH, "Alt+D", title, both)
            buttons.append(self.both)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(flow(*buttons))

    def stand(self, column: QBoxLayout, at: int = -1) -> None:
        """Ask there, by default at the end; Tab follows, and it is said aloud to who reads with
        their ears."""
        column.insertWidget(at, self)
        holder = column.parentWidget()
        if holder is not None:
            put_in_order(holder)
        theme.dress(self)
        self.show()
        announce(self)

    def leave(self) -> None:
        """Nothing is to be chosen any more."""
        self.hide()
        self.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._come_into_view)

    def _come_into_view(self) -> None:
        """Once it has its place: a question under the visible part would be asked to nobody."""
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self)
            above = above.parentWidget()

    def _button(self, words: str, keys: str, title: str, act: Callable[[], object]) -> QPushButton:
        made = button(words, "link")
        made.setToolTip(keys)
        made.setAccessibleName(f"{words.replace('&', '')} : {title}")
        made.clicked.connect(lambda _checked=False: act())
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.amber)
        painter.setBrush(tokens.amber_tint)
        box = QRectF(self.rect().adjusted(0, 0, -1, -1)).translated(0.5, 0.5)
        painter.drawRoundedRect(box, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        painter.end()


def told(problem: ConflictError, what: str, theirs: str, mine: str = "") -> str:
    """« Nadia Ferrand a changé ce champ à 10:42 : « … ». »; `mine` where it is not in sight."""
    text = f"{problem.who} changé {what}{problem.when} : {quoted(theirs)}."
    return f"{text}\nLe vôtre : {quoted(mine)}." if mine else text


def quoted(text: str) -> str:
    """« texte », cut where it is long; « (vide) » for nothing."""
    if not text.strip():
        return "(vide)"
    return f"« {text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + '…'} »"
