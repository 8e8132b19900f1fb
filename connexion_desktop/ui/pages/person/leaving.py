"""Somebody leaves their group: when, how, and Enter."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from connexion_desktop import usecases
from connexion_desktop.domain.groups import LeaveGroup, NotedAfterError
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_HOW, _DAY, _DETAIL = 300, 140, 260


class LeavingStrip(EntryStrip):
    """The exit of the journey that `ask` names."""

    def __init__(self, desk: Desk) -> None:
        self.how = Combo()
        self.how.setAccessibleName("Comment le parcours se termine")
        self.day = DateField(desk.today, DatePurpose.PAST)
        self.day.setAccessibleName("Jour de la sortie")
        self.detail = QLineEdit()
        self.detail.setPlaceholderText("Précision : employeur, formation…")
        self.detail.setAccessibleName("Précision sur la sortie")
        fields = ((self.how, _HOW), (self.day, _DAY), (self.detail, _DETAIL))
        super().__init__(desk, "Sortie du groupe", fields, "Noter la sortie")
        self._journey: UUID | None = None
        self._warned: date | None = None
        self.on_enter(self._leave, self.day, self.detail)

    def ask(self, journey_id: UUID) -> None:
        """Ask how this journey ends, today unless another day is said."""
        if self.still_saves():
            return
        if journey_id != self._journey:
            self._journey, self._warned = journey_id, None
            self.detail.clear()
            self.day.show_date(self._desk.today())
        self.begin()
        self._desk.jobs.read(
            self,
            lambda session: usecases.groups.exits(session),  # noqa: PLW0108 - imported on the lane
            self._offer,
            key="exits",
        )

    def _offer(self, exits: tuple[tuple[str, str], ...]) -> None:
        kept = self.how.currentData()
        self.how.clear()
        self.how.addItem("Comment ?", None)
        for code, words in exits:
            self.how.addItem(words, code)
        self.how.setCurrentIndex(max(self.how.findData(kept), 0))

    def _leave(self) -> None:
        how = self.how.currentData()
        if how is None:
            self.say("Dites comment le parcours se termine.")
            self.how.setFocus()
            return
        day = self.day_of(self.day, "Il manque le jour de la sortie.")
        if day is None or self._journey is None:
            return
        is_warned = day == self._warned
        command = LeaveGroup(self._journey, day, how, self.detail.text(), is_warned)
        today = self._desk.today()

        kept: list[str] = []

        def leave(session: usecases.Session) -> None:
            try:
                usecases.groups.leave(session, command, today)
            except NotedAfterError:
                self._warned = day
                raise
            kept.extend(usecases.groups.still_lent(session, command.journey_id))

        def left() -> None:
            self._journey = None
            self.leave()
            lent = f"{', '.join(kept)} encore en prêt · " if kept else ""
            self._desk.tell(f"Sortie notée · {lent}Ctrl+Z pour annuler")

        self.save(leave, left, label="Sortie du groupe")
