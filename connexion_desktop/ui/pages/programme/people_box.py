"""Who is expected at a séance: the whole group, or those who are ticked."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme import Participant, expected_at
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label

_COLUMN = 220


class PeopleBox(QWidget):
    """`chosen(people)` when somebody is ticked or no more; None for all of them again."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._meeting: MeetingRow | None = None
        self._known: tuple[Participant, ...] = ()
        self.heading = label("", "strong", wrap=True)
        self.all = button("", "link")
        self.all.clicked.connect(lambda: self.chosen.emit(None))
        self.boxes: dict[UUID, QCheckBox] = {}
        self.guests = label("", "small", wrap=True)
        self._names: Columns | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.guests)
        self._column.addWidget(flow(self.all))

    def show_meeting(self, meeting: MeetingRow, people: tuple[Participant, ...]) -> None:
        """Show who is expected among those who are in the group that day."""
        self._meeting = meeting
        known = tuple(each for each in people if each.is_there(meeting.on))
        self._make(known)
        whom = f"qui a choisi « {meeting.activity_told} »" if meeting.activity else "tout le groupe"
        is_usual = meeting.people == self._usual()
        count = f"{len(meeting.people)} sur {len(known)}"
        self.heading.setText(f"Attendu : {whom if is_usual else count}")
        self.all.setText(f"Attendre {whom}")
        self.all.setVisible(not is_usual)
        for journey_id, box in self.boxes.items():
            box.setChecked(journey_id in meeting.people)
        others = len(meeting.people - set(self.boxes))
        self.guests.setText(f"Et {others} d’un autre groupe." if others else "")
        self.guests.setVisible(bool(others))

    def _make(self, known: tuple[Participant, ...]) -> None:
        """The boxes are made again where others are in the group: they keep the keyboard else."""
        if known == self._known:
            return
        self._known = known
        if self._names is not None:
            self._column.removeWidget(self._names)
            self._names.hide()
            self._names.deleteLater()
        self.boxes = {each.journey_id: QCheckBox(each.name) for each in known}
        for journey_id, box in self.boxes.items():
            box.clicked.connect(lambda on, each=journey_id: self._choose(each, ticked=on))
        self._names = Columns(*self.boxes.values(), least=_COLUMN)
        self._column.insertWidget(1, self._names)

    def _usual(self) -> frozenset[UUID]:
        meeting = self._meeting
        if meeting is None:
            return frozenset()
        return expected_at(meeting.activity, (), self._known, meeting.on)

    def _choose(self, journey_id: UUID, *, ticked: bool) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        people = meeting.people | {journey_id} if ticked else meeting.people - {journey_id}
        if not people:
            self.boxes[journey_id].setChecked(True)
            return
        self.chosen.emit(None if people == self._usual() else tuple(sorted(people)))
