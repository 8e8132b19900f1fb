"""Who she is, what presses, what comes next: the top of a person's page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from connexion_desktop.domain.feed import Tone
from connexion_desktop.domain.person_file import PersonAlert, PersonHeader
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.avatar import Avatar
from connexion_desktop.ui.widgets.badge import Badge
from connexion_desktop.ui.widgets.flow_layout import FlowLayout
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.tips import put_tip, tip_text

_TINTS: dict[Tone, badge.Tint] = {
    Tone.RED: "red",
    Tone.AMBER: "amber",
    Tone.GREEN: "green",
    Tone.CALM: "grey",
}


class LeadingBadge(QAbstractButton):
    """A few words on a tint; a press leads to where it is dealt with."""

    def __init__(self, text: str, tint: badge.Tint) -> None:
        super().__init__()
        self._tint: badge.Tint = tint
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def tell(self, words: str, detail: str) -> None:
        """Say more to whoever points at it, or does not see it."""
        self.setToolTip(tip_text(words))
        self.setAccessibleName(words)
        self.setAccessibleDescription(detail)

    def sizeHint(self) -> QSize:
        return badge.size(self.text(), self._tint)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        badge.paint(painter, self.rect(), self.text(), self._tint)
        if theme.keyboard_ring(self):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.tokens().accent, 1.5))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class AlertBadge(LeadingBadge):
    """An alert."""

    def __init__(self, alert: PersonAlert) -> None:
        super().__init__(alert.text, _TINTS[alert.tone])
        self.alert = alert
        words = f"{alert.text} : {alert.detail}" if alert.detail else alert.text
        self.tell(words, alert.detail or alert.text)


class Header(QWidget):
    """`led(PersonAlert)` when an alert is pressed."""

    led = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: PersonHeader | None = None
        self._lasting: LeadingBadge | None = None
        self.avatar = Avatar("", 46)
        self.name = label("", "title")
        self.facts = label("", "muted", wrap=True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.next_title = label("", "strong")
        self.next_when = label("", "muted")
        self.badges = QWidget()
        self._flow = FlowLayout(self.badges, 8)
        self._build()

    def _build(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.badges.setSizePolicy(policy)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self.name)
        who.addWidget(self.facts)
        after = QVBoxLayout()
        after.setSpacing(0)
        after.addStretch(1)
        for text in (self.next_title, self.next_when):
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            after.addWidget(text)
        after.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.avatar)
        row.addLayout(who, 3)
        row.addWidget(self.badges, 2, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(after)

    def add_badge(self, made: LeadingBadge) -> None:
        """Have a badge stand after the others, whoever is shown: where it comes late, it moves
        nothing."""
        self._lasting = made
        made.installEventFilter(self)
        self._place_badges()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._place_badges()
        return super().eventFilter(watched, event)

    def show_header(self, header: PersonHeader) -> None:
        """Show a person."""
        if header == self._shown:
            return
        self._shown = header
        self.avatar.show_initials(header.initials)
        self.name.setText(header.name)
        self.name.setToolTip(header.number)
        self.facts.setText(
            typeset(" · ".join(header.facts)) or f"{header.number}, fiche à compléter"
        )
        following = header.next_date
        self.next_title.setText(following.title if following else "")
        self.next_title.setVisible(following is not None)
        self.next_when.setText(following.when if following else "Rien de prévu")
        put_tip(self.next_when, following.detail if following else "")
        self._refill(header)

    def _refill(self, header: PersonHeader) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._lasting:
                widget.hide()
                widget.deleteLater()
        for alert in header.alerts:
            made = AlertBadge(alert)
            made.clicked.connect(lambda _checked=False, alert=alert: self.led.emit(alert))
            self._flow.addWidget(made)
        for number in header.loans:
            lent = Badge(number)
            lent.setToolTip("Matériel en prêt")
            self._flow.addWidget(lent)
        self._place_badges()

    def _place_badges(self) -> None:
        lasting = self._lasting
        if lasting is not None and self._flow.indexOf(lasting) < 0:
            self._flow.addWidget(lasting)
        shown = self._flow.count() - (lasting is not None and lasting.isHidden())
        self.badges.setVisible(shown > 0)
        self._flow.invalidate()
        self.badges.updateGeometry()
