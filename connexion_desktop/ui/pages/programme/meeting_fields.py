"""The fields of a séance, each saved by itself where it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.meeting_choices import MeetingChoices, Named, found_among
from connexion_desktop.domain.meeting_hours import hours_problem, read_hours
from connexion_desktop.domain.meetings import EditMeeting, MeetingRow
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField, LineField, TextField
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.conflict_line import told
from connexion_desktop.ui.widgets.conflicts import leave, told_elsewhere
from connexion_desktop.ui.widgets.pick import Offer

_NONE = ("", "—")
_COLUMN = 160
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "on": ("on",),
    "hours": ("start", "end"),
    "kind": ("kind",),
    "place": ("place",),
    "leader": ("leader_id", "leader_name"),
    "partner": ("partner_id",),
    "activity": ("activity",),
    "detail": ("detail",),
}
"""The columns that each field writes."""


class MeetingFields(QWidget):
    """See the module. A séance that somebody else mends meanwhile is never written over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id: UUID | None = None
        self._team: dict[UUID, str] = {}
        self._partners: dict[UUID, str] = {}
        self._choices = MeetingChoices()
        self._kept = TypingKept(desk, self)
        self._changing = False
        self.title = LineField("Titre", self._link("title", _title_problem))
        self.on = BoundDate(
            "Jour", self._save_day, desk.today, draft=partial(self._note_draft, "on")
        )
        self.hours = LineField("Heures", self._link("hours", hours_problem), placeholder="9h-12h")
        self.kind = ComboField("Sorte", self._link("kind"), ())
        self.place = LineField("Lieu", self._link("place"))
        self.leader = LineField(
            "Animateur", self._link("leader"), placeholder="De l’équipe, ou invité"
        )
        self.partner = LineField(
            "Partenaire",
            self._link("partner", self._partner_problem),
            placeholder="Trois lettres : nom ou ville",
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
        wide = ("title", "detail")
        placed = ((field, 2 if name in wide else 1) for name, field in self.fields.items())
        column.addWidget(Columns(*placed, least=_COLUMN))

    def offer(self, choices: MeetingChoices) -> None:
        """Offer these choices from now on."""
        self._choices = choices
        self._team = {each.id: each.name for each in choices.team}
        self._partners = {each.id: each.name for each in choices.partners}
        self.kind.offer(choices.kinds)
        self.activity.offer((_NONE, *choices.activities))

    def show_meeting(self, row: MeetingRow) -> None:
        """Show a séance. What is being typed of it stays; what was typed of another is kept."""
        if row.id != self._id:
            self.flush()
            self._changing = True
            leave(self.fields.values(), self._name(), self._desk.fail)
            self._changing = False
            self._id = row.id
            self._kept.turn_to(f"meeting.{row.id}.fields", partial(self._bring_back, row.id))
        if row.leader_id is not None:
            self._team[row.leader_id] = row.leader
        if row.partner_id is not None:
            self._partners[row.partner_id] = row.partner
        if row.kind not in dict(self._choices.kinds):
            self.kind.offer((*self._choices.kinds, (row.kind, row.kind_told)))
        if row.activity and row.activity not in dict(self._choices.activities):
            self.activity.offer(
                (_NONE, *self._choices.activities, (row.activity, row.activity_told))
            )
        for name, field in self.fields.items():
            field.show_value(self._text_of(name, row.columns))

    def flush(self) -> None:
        """Save what is being typed, and keep as a draft what cannot be saved."""
        for field in self.fields.values():
            if field.is_dirty():
                field.flush()
        self._kept.flush()

    def _text_of(self, name: str, columns: Mapping[str, Any]) -> str:
        """What a field shows for the columns of a séance."""
        match name:
            case "on":
                return numeric_day(columns["on"])
            case "hours":
                return ranges_text(((columns["start"], columns["end"]),))
            case "leader":
                return self._team.get(columns["leader_id"], columns["leader_name"] or "")
            case "partner":
                return self._partners.get(columns["partner_id"], "")
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
                known = _meant(self._team, text)
                guest = " ".join(text.split()) or None
                return {"leader_id": known, "leader_name": None if known else guest}
            case "partner":
                return {"partner_id": _meant(self._partners, text)}
            case _:
                return {name: text or None}

    def _partner_problem(self, text: str) -> str | None:
        known = not text.strip() or _meant(self._partners, text) is not None
        return None if known else "Choisissez une structure du carnet."

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
        seen = self._columns_of(name, field.seen()[-1])
        command = EditMeeting(meeting_id, self._columns_of(name, text), seen)
        typed, key, record = field.kept(field.text()), self._kept.key, self._name()

        def confirm(_none: object) -> None:
            if meeting_id == self._id:
                field.confirm()

        def refuse(problem: UserError) -> None:
            if meeting_id != self._id:
                self._desk.fail(told_elsewhere(problem, record))
            elif isinstance(problem, ConflictError):
                self._contest(name, problem, command)
            else:
                field.refuse(str(problem))
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
        _drop(self.leader, self._choices.team, typed)

    def _offer_partners(self, typed: str) -> None:
        _drop(self.partner, self._choices.partners, typed)


def _drop(field: LineField, named: tuple[Named, ...], typed: str) -> None:
    """Show under a field those whom its text may mean."""
    found = found_among(named, typed)
    field.line.drop([Offer(each.name, each.name, each.detail) for each in found])


def _meant(names: Mapping[UUID, str], text: str) -> UUID | None:
    """Who, or what, is called so."""
    return next((each for each, name in names.items() if fold(name) == fold(text.strip())), None)


def _title_problem(text: str) -> str | None:
    return None if text.strip() else "La séance n’a pas de titre."
