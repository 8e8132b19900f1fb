"""One séance, beside the week or the list: what it is, who is expected, what clashes with it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop.domain.meeting_choices import MeetingChoices
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.programme import Programme
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.programme.meeting_fields import MeetingFields
from connexion_desktop.ui.pages.programme.people_box import PeopleBox
from connexion_desktop.ui.pages.programme.words import TINTS, clashes_told
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.badge import Badge
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel, separator
from connexion_desktop.ui.widgets.reading_order import put_in_order
from connexion_desktop.ui.widgets.told_line import ToldLine

_NEXT = {
    MeetingState.PLANNED: ("Noter tenue", "Annuler la séance"),
    MeetingState.HELD: ("Remettre à venir", "Annuler la séance"),
    MeetingState.CANCELLED: ("Noter tenue", "Rétablir la séance"),
}
"""What its two buttons do from each state."""


class MeetingPanel(Panel):
    """`state_wanted(MeetingState)`, `people_wanted(command)` and `removal_wanted()` ask for an act
    on the séance shown, `sheet_wanted()` for its sheet; `left()`: Escape, or the cross, closes
    it."""

    state_wanted = Signal(object)
    people_wanted = Signal(object)
    removal_wanted = Signal()
    sheet_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Séance")
        self._meeting: MeetingRow | None = None
        self.fields = MeetingFields(desk)
        self.people = PeopleBox(desk)
        self.people.chosen.connect(self.people_wanted)
        self.state = Badge("", "grey")
        self.held = button("Noter tenue", icon="check-line")
        self.cancel = button("Annuler la séance", icon="close-circle-line")
        self.remove = button("Supprimer", "danger", icon="delete-bin-line", tip="Supprimer (Suppr)")
        self.sheet = button(
            "Feuille d’émargement",
            icon="printer-line",
            tip="Feuille d’émargement de la séance",
        )
        self.held.clicked.connect(self._turn_held)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.cancel.clicked.connect(self._turn_cancelled)
        self.remove.clicked.connect(self.removal_wanted)
        self.close_button = button("", "ghost", icon="close-line", tip="Fermer (Échap)")
        self.close_button.clicked.connect(self.left)
        self.corner.addWidget(self.state)
        self.corner.addWidget(self.close_button)
        self.wrong: list[ToldLine] = []
        holder = QWidget()
        self._inside = QVBoxLayout(holder)
        self._inside.setContentsMargins(0, 0, theme.SPACE, 0)
        self._inside.setSpacing(theme.GAP)
        sheet = flow(self.sheet, label("Ctrl+Maj+L", "small"))
        for part in (self.fields, sheet, separator(), self.people, separator()):
            self._inside.addWidget(part)
        self._inside.addWidget(flow(self.held, self.cancel, self.remove))
        self._inside.addStretch(1)
        self.area = Area("Séance")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.hold(holder)
        self.add(self.area, 1)

    @property
    def shown(self) -> UUID | None:
        """The séance shown; None while it is closed."""
        return self._meeting.id if self._meeting is not None and not self.isHidden() else None

    def offer(self, choices: MeetingChoices) -> None:
        """Offer these in its fields from now on."""
        self.fields.offer(choices)

    def show_meeting(self, programme: Programme, meeting: MeetingRow) -> None:
        """Show a séance as it is by now."""
        if self._meeting is None or self._meeting.id != meeting.id:
            self.area.verticalScrollBar().setValue(0)
        self._meeting = meeting
        own = programme.is_own(meeting)
        self.heading.setText("Séance" if own else f"Séance · {meeting.cohort}")
        self.state.show_badge(meeting.state.label, TINTS[meeting.state])
        held, cancelled = _NEXT[meeting.state]
        self.held.setText(held)
        self.cancel.setText(cancelled)
        self.fields.show_meeting(meeting)
        self.people.show_meeting(programme, meeting)
        self._say_wrong(clashes_told(programme, meeting) if meeting.is_standing else ())
        put_in_order(self)

    def leave(self) -> None:
        """Close it; what was typed is saved."""
        self.fields.flush()
        self.hide()
        self._meeting = None

    def take_focus(self) -> None:
        """Put the cursor in its first field."""
        self.fields.title.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _say_wrong(self, told: tuple[str, ...]) -> None:
        if [each.text() for each in self.wrong] == list(told):
            return
        for old in self.wrong:
            old.hide()
            old.deleteLater()
        self.wrong = [ToldLine(words, "red") for words in told]
        for place, line in enumerate(self.wrong):
            self._inside.insertWidget(place, line)
            theme.dress(line)

    def _turn_held(self) -> None:
        if self._meeting is not None:
            is_held = self._meeting.state is MeetingState.HELD
            self.state_wanted.emit(MeetingState.PLANNED if is_held else MeetingState.HELD)

    def _turn_cancelled(self) -> None:
        if self._meeting is not None:
            standing = self._meeting.is_standing
            self.state_wanted.emit(MeetingState.CANCELLED if standing else MeetingState.PLANNED)
