"""« Nouvelle séance »: a title, a day, hours, and Enter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.meeting_hours import read_hours
from connexion_desktop.domain.meetings import NewMeeting
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_template import USUAL_HOURS
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line

_TITLE, _DAY, _HOURS = 260, 150, 150
_KIND = "atelier"
_KEY = "meeting.new"


class NewMeetingStrip(EntryStrip):
    """`made(id, day)` once it is added: the rest is written in its own panel. What is typed stays
    until then: the strip may be closed, the window too."""

    made = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        self.title = entry_line("Titre de la séance")
        self.day = DateField(desk.today, DatePurpose.EVENT)
        self.day.setPlaceholderText("Jour")
        self.day.setAccessibleName("Jour de la séance")
        self.hours = entry_line("Heures (9h-12h)")
        fields = ((self.title, _TITLE), (self.day, _DAY), (self.hours, _HOURS))
        super().__init__(desk, "Nouvelle séance", fields, "Ajouter")
        self._cohort: UUID | None = None
        self._offered: date | None = None
        self._kept = TypingKept(desk, self)
        self._lines = {"title": self.title, "day": self.day, "hours": self.hours}
        for name, line in self._lines.items():
            line.textEdited.connect(partial(self._note, name))
        self.day.date_changed.connect(lambda _date: self._note("day", self.day.text()))
        self.on_enter(self._add, self.title, self.day, self.hours)

    def ask(self, cohort_id: UUID, day: date) -> None:
        """Begin one more séance of a group, on a day, in the morning at the usual hours."""
        if self.still_saves():
            return
        if self._is_day_typed():
            self._cohort = cohort_id
        else:
            self._begin_with(cohort_id, day)
        if not self.hours.text():
            self.hours.setText(ranges_text((USUAL_HOURS[Half.MORNING],)))
        self.begin()
        if not self._kept.key:
            self._kept.turn_to(_KEY, self._bring_back)

    def follow(self, cohort_id: UUID, day: date) -> None:
        """It is of that group from then on, on a day of it unless one was typed."""
        if self._is_day_typed():
            self._cohort = cohort_id
        elif cohort_id != self._cohort:
            self._begin_with(cohort_id, day)

    def flush(self) -> None:
        """Keep what is being typed."""
        self._kept.flush()

    def _is_day_typed(self) -> bool:
        return self.day.isModified() or self.day.day() != self._offered

    def _note(self, name: str, text: str) -> None:
        self._kept.note(name, text or None)

    def _bring_back(self, typed: Mapping[str, str]) -> None:
        for name, text in typed.items():
            self._lines[name].setText(text)
            self._lines[name].setModified(True)
            self._kept.note(name, text)

    def _begin_with(self, cohort_id: UUID, day: date) -> None:
        self._cohort, self._offered = cohort_id, day
        self.day.show_date(day)

    def _add(self) -> None:
        on = self.day_of(self.day, "Il manque le jour de la séance.")
        if self._cohort is None or on is None:
            return
        try:
            start, end = read_hours(self.hours.text())
            new = NewMeeting(uuid4(), self._cohort, on, start, end, _KIND, self.title.text())
            new.check()
        except UserError as problem:
            self.say(str(problem))
            return

        def added() -> None:
            self._desk.tell("Séance ajoutée · Ctrl+Z pour annuler")
            self.title.clear()
            self.day.show_date(self._offered)
            self._kept.begin(_KEY)
            self.leave()
            self.made.emit(new.id, new.on)

        self.save(
            lambda session: usecases.meetings.add(session, new),
            added,
            label="Séance ajoutée",
            typed=self._kept.saving_all(),
        )
