"""The bottom line: where the data is, what is shown, the keys to know; and short news."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import label

_HEIGHT = 26
_NEWS_STAYS = 6_000


class StatusLine(QFrame):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        row.setSpacing(6)
        self._lock = _Mark()
        self._place = ("", "")
        self.place = label()
        self.summary = label()
        self.news = Elided()
        self.news.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keys = label()
        row.addWidget(self._lock)
        row.addWidget(self.place)
        row.addSpacing(18)
        row.addWidget(self.summary)
        row.addWidget(self.news, 1)
        row.addWidget(self.keys)
        self._stays = once_after(_NEWS_STAYS, self.forget, self)
        theme.changed.connect(self._fit)
        self.setFixedHeight(theme.px(_HEIGHT))
        self._lock.hide()

    def show_place(self, text: str, short: str = "", mark: str = "shield-keyhole-line") -> None:
        """« Enregistré sur ce poste, chiffré · sauvegarde il y a 2 h »; where there is little room,
        its `short` words."""
        self._place = (text, short or text)
        self._lock.draw(mark)
        self._lock.setVisible(bool(text))
        self._make_room()

    def announce(self, text: str) -> None:
        """Have a screen reader say what the line shows."""
        from connexion_desktop.ui.widgets.alert import announce

        self.place.setAccessibleName(text)
        announce(self.place)

    def show_keys(self, text: str) -> None:
        """« Ctrl+N noter · Ctrl+G groupe »."""
        self.keys.setText(text)
        self._make_room()

    def show_summary(self, text: str) -> None:
        """« 12 personnes · semaine 7 sur 12 »."""
        self.summary.setText(text)
        self._make_room()

    def tell(self, text: str) -> None:
        """Say something short for a few seconds; screen readers hear it too."""
        from connexion_desktop.ui.widgets.alert import announce

        self.news.say(text)
        self._make_room()
        self.news.setAccessibleName(text)
        announce(self.news)
        self._stays.start()

    def minimumSizeHint(self) -> QSize:
        """Whatever is told never makes the window larger: see `_make_room`."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the line is short the keys go first, since the help has them all, then the
        summary while there is news; the place says less where it would not be whole."""
        whole, short = self._place
        room = self.width() - 2 * theme.MARGIN - theme.px(20)
        fits = self.place.fontMetrics().horizontalAdvance(whole) <= room
        self.place.setText(whole if fits else short)
        self.place.setAccessibleName(whole)
        left = self.width() - 2 * theme.MARGIN - theme.px(60)
        for each in (self.place, self.news, self.summary, self.keys):
            left -= each.sizeHint().width()
            each.setVisible(each is self.place or each is self.news or left >= 0)

    def forget(self) -> None:
        """Clear what was told."""
        self.news.clear()
        self._make_room()

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT))
        self._make_room()


class _Mark(QWidget):
    """A small icon that only decorates."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(14), theme.px(14))

    def draw(self, name: str) -> None:
        """Be that icon."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        icons.draw(painter, QRect(self.rect()), self._name, theme.tokens().muted)
        painter.end()
