"""Who of other groups is expected at a séance: each can be taken off, one more found by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.meeting_choices import Named
from connexion_desktop.domain.programme import Participant
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.pick import Offer, PickLine

_ADD = "Ajouter quelqu’un d’un autre groupe…"
_MOST = 20


class GuestsBox(QWidget):
    """`added(journey_id)`, `removed(journey_id)` when somebody is picked, or taken off."""

    added = Signal(object)
    removed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._meeting_id: UUID | None = None
        self._shown: tuple[Sequence[Participant], bool] = ((), False)
        self.removals: dict[UUID, QPushButton] = {}
        self._lines: list[QWidget] = []
        self.where = label(
            "Leur présence se note ici, dans celles du groupe, comme dans celles du leur.",
            "small",
            wrap=True,
        )
        self.nobody = label("", "small", wrap=True)
        self.nobody.hide()
        self.pick = PickLine(_ADD, least=2)
        self.pick.setAccessibleName(_ADD)
        self.pick.setToolTip("Trois lettres de son nom, ou de son groupe")
        self.pick.wanted.connect(self._find)
        self.pick.picked.connect(self.added)
        self.pick.given_back.connect(self.nobody.hide)
        self.pick.textEdited.connect(lambda _text: self.nobody.hide())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for part in (self.where, self.pick, self.nobody):
            self._column.addWidget(part)

    def show_guests(
        self, meeting_id: UUID, guests: Sequence[Participant], *, may_name: bool
    ) -> None:
        """Show those of a séance; who may not say who is expected reads their names alone."""
        if meeting_id != self._meeting_id:
            self._meeting_id = meeting_id
            self.pick.give_back()
        self.pick.setVisible(may_name)
        self.where.setVisible(bool(guests))
        if self._shown == (guests, may_name):
            return
        self._shown = (guests, may_name)
        held = any(each.hasFocus() for each in self.removals.values())
        for old in self._lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.removals = {}
        self._lines = [self._line(each, may_name=may_name) for each in guests]
        for place, line in enumerate(self._lines):
            self._column.insertWidget(place, line)
            theme.dress(line)
        if held:
            self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, guest: Participant, *, may_name: bool) -> QWidget:
        name = label(guest.told, wrap=True)
        if not may_name:
            return name
        removal = button("Retirer", "link", tip=f"Ne plus attendre {guest.name}")
        removal.setAccessibleName(f"Ne plus attendre {guest.name}")
        removal.clicked.connect(lambda _on, each=guest.journey_id: self.removed.emit(each))
        self.removals[guest.journey_id] = removal
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(name, 1)
        row.addWidget(removal)
        return holder

    def _find(self, typed: str) -> None:
        meeting_id = self._meeting_id
        if meeting_id is None:
            return
        self._desk.jobs.read(
            self,
            lambda session: usecases.meetings.offered(session, meeting_id, typed),
            partial(self._offer, typed),
            self._desk.fail,
            key="guests",
        )

    def _offer(self, typed: str, found: Sequence[Named]) -> None:
        self.nobody.setText(
            "Personne à ajouter de ce nom dans les autres groupes en cours que vous suivez."
            if typed
            else "Tapez trois lettres de son nom, ou de son groupe."
        )
        is_asked = self.pick.hasFocus() and self.pick.text().strip() == typed
        self.nobody.setVisible(is_asked and not found)
        self.pick.offer(typed, [Offer(each.id, each.name, each.detail) for each in found[:_MOST]])
