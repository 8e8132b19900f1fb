"""« Fiche »: all the fields of a person, each saved by itself where it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain import phones
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import age_text, imprecise_numeric
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.person_commands import fields_key
from connexion_desktop.domain.person_fields import (
    FIELDS,
    SECTIONS,
    EditField,
    FieldFlag,
    FieldKind,
    FieldSpec,
    FieldValue,
    PersonDetails,
    reason_against,
)
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.person.detail_boxes import FlagLine, SectionBox, Slot, choices
from connexion_desktop.ui.slices import Slices
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField, LineField
from connexion_desktop.ui.widgets.conflicts import leave, seen_of, show_conflict, told_elsewhere
from connexion_desktop.ui.widgets.phone_hint import phone_hint
from connexion_desktop.ui.widgets.town_fields import TownFields

_TOWNS = (
    ("person.postal_code", "person.city", "person.country"),
    ("employer.postal_code", "employer.city", ""),
)


class Details(Area):
    """See the module."""

    grown = Signal()
    """Every field is made."""
    put_aside = Signal()
    """Other values than before wait to be mended, and are kept so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Coordonnées et situation")
        self._desk = desk
        self._wanted: UUID | None = None
        self._typing = TypingKept(desk, self)
        self._changing = False
        self.slots: dict[str, Slot] = {}
        self._boxes: list[SectionBox] = []
        self._others: list[FlagLine] = []
        self._growing = False
        self._grown = False
        self._details: PersonDetails | None = None
        self._kept: str | None = None
        self._doubts_wanted = False
        self._field_wanted: tuple[UUID, str] | None = None
        self._build()

    def show_person(self, person_id: UUID) -> None:
        """Read a person's fields and show them. Until then what is typed is of those shown."""
        self._wanted = person_id
        author, key = self._desk.author, fields_key(person_id)

        def read(session: usecases.Session) -> tuple[PersonDetails, str | None]:
            phones.warm()
            details = usecases.person_details.load(session, person_id)
            return details, usecases.drafts.take(session, author, key)

        self._desk.jobs.read(self, read, self._show, self._desk.fail, key="details")

    def flush(self) -> None:
        """Save what is being typed, and keep as a draft what cannot be saved."""
        for slot in self.slots.values():
            if slot.field.is_dirty():
                slot.field.flush()
        self._typing.flush()

    @property
    def is_ready(self) -> bool:
        """Whether every field is there, with its value."""
        return self._grown

    def show_doubts(self) -> None:
        """Bring the first doubtful value into view, as soon as it is read."""
        self._doubts_wanted = True
        if self._details is not None and self._grown:
            self._go_to_doubt(self._details)

    def show_field(self, person_id: UUID, name: str) -> None:
        """Put the cursor in a field of that person, as soon as it is read."""
        self._field_wanted = (person_id, name)
        if self._details is not None and self._grown:
            self._go_to_field(self._details)

    def _go_to_doubt(self, details: PersonDetails) -> None:
        flagged = {flag.name for flag in details.flags}
        for name, slot in self.slots.items():
            if name in flagged or slot.field.has_problem():
                self._doubts_wanted = False
                self._enter(slot)
                return

    def _go_to_field(self, details: PersonDetails) -> None:
        if self._field_wanted is None or self._field_wanted[0] != details.person_id:
            return
        slot = self.slots.get(self._field_wanted[1])
        self._field_wanted = None
        if slot is not None:
            self._enter(slot)

    def _enter(self, slot: Slot) -> None:
        self.ensureWidgetVisible(slot)
        slot.field.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget(self) -> None:
        """Nothing of one person's typing may go to another."""
        self._changing = True
        former = self._details.name if self._details is not None else ""
        leave([slot.field for slot in self.slots.values()], former, self._desk.fail)
        self._changing = False

    def _show(self, answer: tuple[PersonDetails, str | None]) -> None:
        details, kept = answer
        if details.person_id != self._wanted:
            return
        if not self._is_shown(details.person_id):
            self.flush()
            self._forget()
            self._typing.begin(fields_key(details.person_id))
            self._kept = kept
        self._details = details
        if self._grown:
            self._fill()
        elif self._growing:
            self._fill_values()
        else:
            self._growing = True
            Slices(self, self._grow(), self._end_growing)

    def _grow(self) -> Iterator[None]:
        """Make the fields one by one: sixty at once would be felt. Somebody else may be shown
        meanwhile."""
        for section in SECTIONS:
            box = SectionBox(section)
            self._boxes.append(box)
            self._column.insertWidget(self._column.count() - 1, box)
            theme.dress(box)
            self._show_sections()
            for spec in section.fields:
                self._add(box, spec)
                yield

    def _add(self, box: SectionBox, spec: FieldSpec) -> None:
        details = self._details
        assert details is not None  # noqa: S101 - growing begins with somebody's
        slot = Slot(spec, self._make(spec, details))
        slot.field.remarks.complained.connect(self._tell_put_aside)
        slot.show_value(details.values[spec.name])
        self.slots[spec.name] = slot
        box.add(slot)

    def _end_growing(self) -> None:
        self._grown = True
        self._join_towns()
        self.grown.emit()
        self._fill()

    def _fill(self) -> None:
        """Show what was read last: values, sections of use, doubtful values, drafts."""
        if self._details is None:
            return
        self._fill_values()
        self._show_flags(self._details)
        if self._kept:
            self._bring_back(self._kept)
        self._kept = None
        if self._doubts_wanted:
            self._go_to_doubt(self._details)
        self._go_to_field(self._details)

    def _fill_values(self) -> None:
        details = self._details
        if details is None:
            return
        for slot in self.slots.values():
            slot.show_person(details)
        self._show_sections()

    def _show_sections(self) -> None:
        """Those that say something of who is shown."""
        if self._details is not None:
            for box in self._boxes:
                box.setVisible(self._details.shows(box.section, self._desk.today()))

    def _build(self) -> None:
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 4, 10, 0)
        self._column.setSpacing(6)
        self._flag_place = QVBoxLayout()
        self._column.addLayout(self._flag_place)
        self._column.addStretch(1)
        self.hold(holder)

    def _make(self, spec: FieldSpec, details: PersonDetails) -> BoundField:
        draft = partial(self._note_draft, spec.name)
        if spec.kind in (FieldKind.DATE, FieldKind.IMPRECISE):
            return BoundDate(
                spec.label,
                partial(self._save, spec),
                self._desk.today,
                spec.purpose,
                imprecise=spec.kind is FieldKind.IMPRECISE,
                draft=draft,
                hint=self._age if spec.purpose is DatePurpose.BIRTH else None,
            )
        hint = phone_hint if spec.kind is FieldKind.PHONE else None
        link = Link(partial(self._save, spec), partial(reason_against, spec), draft, hint)
        if spec.kind in (FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.YES_NO_OR_UNKNOWN):
            return ComboField(spec.label, link, choices(spec, details))
        return LineField(spec.label, link)

    def _age(self, birth: ImpreciseDate) -> str:
        return age_text(birth, self._desk.today())

    def _join_towns(self) -> None:
        """Postal codes and towns propose each other."""
        for code, town, country in _TOWNS:
            fields = [self.slots[name].field for name in (code, town, country) if name]
            lines = [field for field in fields if isinstance(field, LineField)]
            TownFields(self._desk.jobs, *lines)

    def _show_flags(self, details: PersonDetails) -> None:
        by_name = {flag.name: flag for flag in details.flags if flag.name in self.slots}
        for name, slot in self.slots.items():
            flag = by_name.get(name)
            slot.show_flag(self._flag_line(flag, named=False) if flag else None)
        for line in self._others:
            line.hide()
            line.deleteLater()
        self._others = [
            self._flag_line(flag, named=True)
            for flag in details.flags
            if flag.name not in self.slots or by_name[flag.name] is not flag
        ]
        for line in self._others:
            self._flag_place.addWidget(line)
            theme.dress(line)

    def _flag_line(self, flag: FieldFlag, *, named: bool) -> FlagLine:
        line = FlagLine(flag, named=named)
        line.settled.connect(self._settle)
        return line

    # Saving

    def _save(self, spec: FieldSpec, value: FieldValue) -> None:
        if self._details is None or self._changing:
            return
        person = self._details.person_id
        fields = {name: slot.field for name, slot in self.slots.items()}
        seen = seen_of(fields, spec.name, self._value_of)
        command = EditField(person, spec.name, value or None, self._desk.today(), seen)
        field = self.slots[spec.name].field
        typed, name = field.kept(field.text()), self._details.name
        self._desk.jobs.write(
            self,
            lambda session: usecases.person_details.edit(session, command),
            lambda _none: self._confirm(command),
            lambda problem: self._refuse(command, name, typed, problem),
            label=f"{spec.label} : fiche modifiée",
            typed=self._typing.saving(spec.name, typed),
        )

    def _confirm(self, command: EditField) -> None:
        if self._is_shown(command.person_id):
            self.slots[command.name].field.confirm()

    def _refuse(self, command: EditField, person: str, typed: str, problem: UserError) -> None:
        """The text stays, under its reason; if somebody else is shown by now, it waits as a
        draft."""
        if not self._is_shown(command.person_id):
            self._desk.fail(told_elsewhere(problem, person))
        elif isinstance(problem, ConflictError):
            fields = {name: slot.field for name, slot in self.slots.items()}
            show_conflict(fields, command.name, problem, _text_of)
        else:
            self.slots[command.name].field.refuse(problem.what)
        self._typing.refused(fields_key(command.person_id), command.name, typed)

    def _value_of(self, name: str, text: str) -> FieldValue:
        """What a text shown in a field stands for."""
        spec = FIELDS[name]
        if spec.kind in (FieldKind.DATE, FieldKind.IMPRECISE):
            return parse_date(text, spec.purpose, self._desk.today()).date
        return text or None

    def _is_shown(self, person_id: UUID) -> bool:
        return self._details is not None and self._details.person_id == person_id

    def _settle(self, flag: FieldFlag) -> None:
        today = self._desk.today()
        self._desk.jobs.write(
            self,
            lambda session: usecases.person_details.settle(session, flag.id, today),
            None,
            self._desk.fail,
            label="Valeur importée réglée",
        )

    # Drafts: what cannot be saved yet must not be lost

    def _note_draft(self, name: str, text: str | None) -> None:
        if not self._changing:
            self._typing.note(name, text)

    def _tell_put_aside(self) -> None:
        """Who cannot save what she typed, or mended it, sees so above too."""
        if self._changing or self._details is None:
            return
        self._typing.flush()
        self._desk.jobs.after_writes(self, self.put_aside.emit)

    def _bring_back(self, kept: str) -> None:
        for name, text in self._typing.since(kept).items():
            if name in self.slots:
                self.slots[name].field.show_draft(text)


def _text_of(_name: str, value: FieldValue) -> str:
    return imprecise_numeric(value) if isinstance(value, ImpreciseDate) else value or ""
