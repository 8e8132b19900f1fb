"""The fields of a séance, each saved by itself where it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError, Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.meeting_choices import MeetingChoices, Named, Names
from connexion_desktop.domain.meeting_hours import hours_problem, read_hours
from connexion_desktop.domain.meetings import EditMeeting, MeetingRow
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField, LineField, TextField
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.conflict_line import told
from connexion_desktop.ui.widgets.conflicts import leave, told_elsewhere
from connexion_desktop.ui.widgets.naming import offers, unmeant

_NONE = ("", "—")
_COLUMN = 160
_SAME_NAME = "Plusieurs personnes de l’équipe ont ce nom : choisissez dans la liste."
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "on": ("on",),
    "hours": ("start", "end"),
    "kind": ("kind",),
    "activity": ("activity",),
    "place": ("place",),
    "leader": ("leader_id", "leader_name"),
    "partner": ("partner_id",),
    "detail": ("detail",),
}
"""The columns that each field writes."""


class MeetingFields(QWidget):
    """See the module. A séance that somebody else mends meanwhile is never written over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id: UUID | None = None
        self._row: MeetingRow | None = None
        self._offered_team = self._offered_partners = Names()
        self._team = self._partners = Names()
        self._said: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in _COLUMNS}
        """What the texts shown, or sent, of each field stand for."""
        self._choices = MeetingChoices()
        self._kept = TypingKept(desk, self)
        self._changing = False
        self.title = LineField("Titre", self._link("title", _title_problem))
        self.on = BoundDate(
            "Jour",
            self._save_day,
            desk.today,
            draft=partial(self._note_draft, "on"),
            missing="La séance n’a pas de jour.",
        )
        self.hours = LineField("Heures", self._link("hours", hours_problem), placeholder="9h-12h")
        self.kind = ComboField("Sorte", self._link("kind"), ())
        self.place = LineField("Lieu", self._link("place"))
        self.leader = LineField(
            "Animateur",
            self._link("leader", self._leader_problem),
            placeholder="De l’équipe, ou invité",
            completed=self._whole_leader,
        )
        self.partner = LineField(
            "Partenaire",
            self._link("partner", self._partner_problem),
            placeholder="Trois lettres : nom ou ville",
            completed=self._whole_partner,
        )
        self.activity = ComboField("Activité", self._link("activity"), (_NONE,))
        self.detail = TextField("Précisions", self._link("detail"))
        self.fields: dict[str, BoundField] = {name: getattr(self, name) for name in _COLUMNS}
        self.leader.line.textEdited.connect(self._offer_team)
        self.partner.line.textEdited.connect(self._offer_partners)
        for field in (self.leader, self.partner):
            field.line.taken.connect(field.propose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        wide = ("title", "place", "leader", "partner", "detail")
        placed = ((field, 2 if name in wide else 1) for name, field in self.fields.items())
        column.addWidget(Columns(*placed, least=_COLUMN))

    def offer(self, choices: MeetingChoices) -> None:
        """Offer these choices from now on."""
        self._choices = choices
        self._offered_team, self._offered_partners = Names(choices.team), Names(choices.partners)
        if self._row is not None:
            self.show_meeting(self._row)

    def show_meeting(self, row: MeetingRow) -> None:
        """Show a séance. What is being typed of it stays; what was typed of another is kept."""
        if row.id != self._id:
            self.flush()
            self._changing = True
            leave(self.fields.values(), self._name(), self._desk.fail)
            self._changing = False
            self._id = row.id
            self._said = {name: {} for name in _COLUMNS}
            self._kept.turn_to(f"meeting.{row.id}.fields", partial(self._bring_back, row.id))
        self._row, choices = row, self._choices
        self._team = self._offered_team.with_own(_named(row.leader_id, row.leader))
        self._partners = self._offered_partners.with_own(_named(row.partner_id, row.partner))
        self.kind.offer(_with_own_code(choices.kinds, row.kind, row.kind_told))
        activities = (_NONE, *choices.activities)
        self.activity.offer(_with_own_code(activities, row.activity, row.activity_told))
        for name, field in self.fields.items():
            field.show_value(self._text_of(name, row.columns))

    def flush(self) -> None:
        """Save what is being typed, and keep as a draft what cannot be saved."""
        for field in self.fields.values():
            if field.is_dirty():
                field.flush()
        self._kept.flush()

    def _text_of(self, name: str, columns: Mapping[str, Any]) -> str:
        """What a field shows for the columns of a séance; what it stands for is known from then."""
        text = self._text_for(name, columns)
        self._said[name][text] = {column: columns[column] for column in _COLUMNS[name]}
        return text

    def _text_for(self, name: str, columns: Mapping[str, Any]) -> str:
        match name:
            case "on":
                return numeric_day(columns["on"])
            case "hours":
                return ranges_text(((columns["start"], columns["end"]),))
            case "leader":
                return self._team.text_of(columns["leader_id"]) or columns["leader_name"] or ""
            case "partner":
                return self._partners.text_of(columns["partner_id"])
            case _:
                return columns[name] or ""

    def _columns_of(self, name: str, text: str) -> dict[str, Any]:
        """What a field writes for a text of it."""
        match name:
            case "on":
                read = parse_date(text, DatePurpose.EVENT, self._desk.today()).date
                return {"on": read.day if read is not None else None}
            case "hours":
                start, end = read_hours(text)
                return {"start": start, "end": end}
            case "leader":
                known = next(iter(self._team.meant(text)), None)
                guest = " ".join(text.split()) or None
                return {"leader_id": known, "leader_name": None if known else guest}
            case "partner":
                return {"partner_id": next(iter(self._partners.meant(text)), None)}
            case _:
                return {name: text or None}

    def _seen(self, name: str) -> Seen:
        """All that is known of the columns of a field: as shown, then as sent."""
        said = self._said[name]
        known = [
            said.get(text) or self._columns_of(name, text) for text in self.fields[name].seen()
        ]
        return {column: tuple(each[column] for each in known) for column in _COLUMNS[name]}

    def _leader_problem(self, text: str) -> str | None:
        return _SAME_NAME if len(self._team.meant(text)) > 1 else None

    def _partner_problem(self, text: str) -> str | None:
        if not text.strip():
            return None
        return unmeant(self._partners, text)

    def _link(self, name: str, validate: Callable[[str], str | None] | None = None) -> Link:
        return Link(partial(self._save, name), validate, partial(self._note_draft, name))

    def _name(self) -> str:
        """« Séance « Atelier CV » », as the base has it."""
        return f"Séance « {self.title.seen()[0]} »"

    def _save_day(self, value: ImpreciseDate | date | None) -> None:
        self._save("on", self.on.text())

    def _save(self, name: str, text: str) -> None:
        meeting_id, field = self._id, self.fields[name]
        if meeting_id is None or self._changing:
            return
        command = EditMeeting(meeting_id, self._columns_of(name, text), self._seen(name))
        self._said[name][text] = dict(command.values)
        typed, key, record = field.kept(field.text()), self._kept.key, self._name()

        def confirm(_none: object) -> None:
            if meeting_id == self._id:
                field.confirm()

        def refuse(problem: UserError) -> None:
            is_shown = meeting_id == self._id
            if is_shown and isinstance(problem, ConflictError):
                self._contest(name, problem, command)
            elif is_shown:
                field.refuse(str(problem))
            if not (is_shown and self.isVisible()):
                self._desk.fail(told_elsewhere(problem, record))
            self._kept.refused(key, name, typed)

        self._desk.jobs.write(
            self,
            lambda session: usecases.meetings.edit(session, command),
            confirm,
            refuse,
            label=f"Séance : {field.title.text().lower()}",
            typed=self._kept.saving(name, typed),
        )

    def _contest(self, name: str, problem: ConflictError, command: EditMeeting) -> None:
        """Say what somebody else made of it, to choose."""
        theirs = {**command.values, **{each.field: each.theirs for each in problem.clashes}}
        text = self._text_of(name, theirs)
        field = self.fields[name]
        field.contest(told(problem, "ce champ", field.words_for(text)), text)

    def _bring_back(self, meeting_id: UUID, typed: Mapping[str, str]) -> None:
        if meeting_id == self._id:
            for name, text in typed.items():
                if name in self.fields:
                    self.fields[name].show_draft(text)

    def _note_draft(self, name: str, text: str | None) -> None:
        if not self._changing:
            self._kept.note(name, text)

    def _offer_team(self, typed: str) -> None:
        self.leader.line.drop(offers(self._team, typed))

    def _whole_leader(self, typed: str) -> str:
        return self._team.completed(typed)

    def _whole_partner(self, typed: str) -> str:
        return self._partners.completed(typed)

    def _offer_partners(self, typed: str) -> None:
        self.partner.line.drop(offers(self._partners, typed))


def _named(known: UUID | None, name: str) -> Named | None:
    return Named(known, name) if known is not None else None


def _with_own_code(
    choices: tuple[tuple[str, str], ...], own: str, words: str
) -> tuple[tuple[str, str], ...]:
    """The codes offered, and the one the séance has, be it no more offered."""
    return choices if own in dict(choices) else (*choices, (own, words))


def _title_problem(text: str) -> str | None:
    return None if text.strip() else "La séance n’a pas de titre."
