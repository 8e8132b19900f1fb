"""Who is expected at a séance: the whole group, or those who are ticked, and people of others."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from connexion_desktop.domain.meetings import ExpectUsual, MeetingRow, SetPeople
from connexion_desktop.domain.programme import Participant, Programme, expected_at
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.programme.guests_box import GuestsBox
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.tips import menu_text

_COLUMN = 220


class PeopleBox(QWidget):
    """`chosen(command)` (`SetPeople`, `ExpectUsual`) when somebody is ticked or no more, or all of
    them again."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._meeting: MeetingRow | None = None
        self._known: tuple[Participant, ...] = ()
        self.heading = label("", "strong", wrap=True)
        self.all = button("", "link")
        self.all.clicked.connect(self._choose_all)
        self.boxes: dict[UUID, QCheckBox] = {}
        self.guests = GuestsBox(desk)
        self.guests.added.connect(lambda each: self._change(added=(each,)))
        self.guests.removed.connect(lambda each: self._change(removed=(each,)))
        self.reserved = label("Seul qui suit le groupe change qui est attendu.", "small", wrap=True)
        self._names: Columns | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for part in (self.heading, flow(self.all), self.guests, self.reserved):
            self._column.addWidget(part)

    def show_meeting(self, programme: Programme, meeting: MeetingRow) -> None:
        """Show who is expected among those who are in the group that day. Who is expected as a rule
        is known for its own séances alone: another group's people are not here to be ticked."""
        self._meeting = meeting
        known = tuple(each for each in programme.people if each.is_there(meeting.on))
        self._make(known)
        may_name = programme.names_at(meeting)
        usual = expected_at(meeting.activity, (), known, meeting.on)
        is_usual = programme.is_own(meeting) and meeting.people == usual
        whom = f"qui a choisi « {meeting.activity_told} »" if meeting.activity else "tout le groupe"
        guests = programme.guests_at((meeting,))
        count = f"{len(meeting.people.intersection(self.boxes))} sur {len(known)}"
        self.heading.setText(f"Attendu : {whom if is_usual else count}")
        only = f"N’attendre que {whom.removeprefix('tout ')}"
        self.all.setText(menu_text(only if guests else f"Attendre {whom}"))
        self.all.setVisible(may_name and programme.is_own(meeting) and not is_usual)
        for journey_id, box in self.boxes.items():
            box.setChecked(journey_id in meeting.people)
            box.setEnabled(may_name)
        self.guests.show_guests(meeting.id, guests, may_name=may_name)
        self.guests.setVisible(bool(guests) or may_name)
        self.reserved.setVisible(not may_name)

    def _make(self, known: tuple[Participant, ...]) -> None:
        """The boxes are made again where others are in the group: they keep the keyboard else."""
        if known == self._known:
            return
        self._known = known
        if self._names is not None:
            self._column.removeWidget(self._names)
            self._names.hide()
            self._names.deleteLater()
        self.boxes = {each.journey_id: QCheckBox(menu_text(each.name)) for each in known}
        for journey_id, box in self.boxes.items():
            box.clicked.connect(lambda on, each=journey_id: self._choose(each, ticked=on))
        self._names = Columns(*self.boxes.values(), least=_COLUMN)
        self._column.insertWidget(1, self._names)

    def _ticked(self) -> frozenset[UUID]:
        """Who is expected as it is shown, others' people too: ahead of what was read, where several
        were just ticked."""
        meeting = self._meeting
        others = meeting.people.difference(self.boxes) if meeting is not None else frozenset()
        return others.union(each for each, box in self.boxes.items() if box.isChecked())

    def _choose(self, journey_id: UUID, *, ticked: bool) -> None:
        if not self._ticked():
            self.boxes[journey_id].setChecked(True)
        elif ticked:
            self._change(added=(journey_id,))
        else:
            self._change(removed=(journey_id,))

    def _change(self, *, added: tuple[UUID, ...] = (), removed: tuple[UUID, ...] = ()) -> None:
        if self._meeting is not None:
            self.chosen.emit(SetPeople(self._meeting.id, added, removed))

    def _choose_all(self) -> None:
        if self._meeting is not None:
            self.chosen.emit(ExpectUsual(self._meeting.id, self._ticked()))
