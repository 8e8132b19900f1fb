"""The fields of the form by their names: how each is saved, and read as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from connexion_desktop.domain.conflicts import ConflictError, Known, Seen, linked
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.placement_file import (
    SLOTS,
    PlacementForm,
)
from connexion_desktop.domain.placement_typed import TypedValue
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.choice_fields import (
    CheckField,
    RadioField,
    YesNoField,
    answer_problem,
)
from connexion_desktop.ui.pages.placements.field_values import (
    Value,
    act_saving,
    as_stored,
    stored_in,
    text_of,
    value_of,
)
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField, LineField, TextField
from connexion_desktop.ui.widgets.conflicts import leave, seen_of, show_conflict, told_elsewhere
from connexion_desktop.ui.widgets.phone_hint import phone_hint
from connexion_desktop.ui.widgets.town_fields import TownFields

_DATES = ("starts_on", "ends_on")


class Fields(QObject):
    """Makes the fields, shows a form in them, saves what is typed and tells `edited`. What their
    names say is told in `field_values`."""

    edited = Signal()

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._form: PlacementForm | None = None
        self._changing = False
        self._typing = TypingKept(desk, self)
        self.fields: dict[str, BoundField] = {}
        self.hours = Known(())
        self.hours_typed: Callable[[], tuple[Slot, ...]] = tuple

    # Making them

    def line(self, name: str, title: str, placeholder: str = "", *, of: str = "") -> BoundField:
        """One line of text; `of` completes a title that its heading makes short (« Nom »)."""
        full = f"{title} {of}".strip()
        field = LineField(title, self._link(name, full), placeholder=placeholder)
        field.editor.setAccessibleName(full)
        return self._place(name, field)

    def text(self, name: str, title: str, placeholder: str = "", lines: int = 3) -> BoundField:
        """Several lines of text."""
        link = self._link(name, title)
        return self._place(name, TextField(title, link, placeholder=placeholder, lines=lines))

    def join_towns(self, code: str, town: str) -> None:
        """Let a postal code and a town, both made, propose each other."""
        pair = [self.fields[name] for name in (code, town)]
        lines = [field for field in pair if isinstance(field, LineField)]
        TownFields(self._desk.jobs, *lines)

    def combo(self, name: str, title: str) -> BoundField:
        """One of a list, which `offer` fills."""
        field = ComboField(title, self._link(name, title), ())
        return self._place(name, field)

    def radio(self, name: str, title: str, choices: Sequence[tuple[str, str]]) -> BoundField:
        """One of a few choices, in full."""
        return self._place(name, RadioField(title, self._link(name, title), choices))

    def check(self, name: str, title: str) -> BoundField:
        """Yes or no."""
        return self._place(name, CheckField(title, self._link(name, title)))

    def yes_no(self, name: str, title: str, placeholder: str) -> BoundField:
        """« Non », or « oui » and what."""
        link = self._link(name, title, answer_problem)
        return self._place(name, YesNoField(title, link, placeholder=placeholder))

    def date(self, name: str, title: str) -> BoundField:
        """A day, as people type it; Enter goes on to the next field."""

        def save(value: ImpreciseDate | None) -> None:
            self._save(name, title, value.day if value else None)

        field = BoundDate(
            title,
            save,
            self._desk.today,
            DatePurpose.EVENT,
            draft=partial(self.note_draft, name),
        )
        field.field.returnPressed.connect(partial(_go_on, field.field))
        return self._place(name, field)

    def _place(self, name: str, field: BoundField) -> BoundField:
        field.edited.connect(self._tell_edited)
        self.fields[name] = field
        return field

    def _link(
        self, name: str, title: str, validate: Callable[[str], str | None] | None = None
    ) -> Link:
        def save(text: str) -> None:
            self._save(name, title, value_of(self.fields[name], text))

        hint = phone_hint if name.endswith("phone") else None
        return Link(save, validate, partial(self.note_draft, name), hint)

    def _tell_edited(self, _text: str = "") -> None:
        if not self._changing:
            self.edited.emit()

    # Showing

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Fill the list of a combo."""
        field = self.fields[name]
        if isinstance(field, ComboField):
            field.offer(choices)

    def show_form(self, form: PlacementForm, kept: str | None) -> dict[str, str]:
        """Show what the base holds; `kept` is the draft of what could not be saved last time.

        Returns what it keeps of something that is no field of these, to be shown there.
        """
        other = self._form is None or self._form.id != form.id
        if other:
            self.forget()
            self._typing.begin(draft_key(form.id))
            self.hours.load(form.slots)
        host_changed = self._form is None or _host_id(self._form) != _host_id(form)
        self._form = form
        self._changing = True
        for name, field in self.fields.items():
            if host_changed and name.startswith("host."):
                field.restore()
                self._typing.note(name, None)
            field.show_value(text_of(field, name, stored_in(form, name)))
        self._changing = False
        elsewhere: dict[str, str] = {}
        if kept and other:
            for name, text in self._typing.since(kept).items():
                if name in self.fields:
                    self.fields[name].show_draft(text)
                else:
                    elsewhere[name] = text
        return elsewhere

    def forget(self) -> None:
        """Nothing typed for one immersion may go to another: its draft keeps it."""
        self._typing.begin()
        self._changing = True
        leave(self.fields.values(), name_of(self._form), self._desk.fail)
        self._changing = False
        self._form = None

    def typed(self) -> dict[str, TypedValue]:
        """What each field holds now, as the paper states it. An unreadable date is left out."""
        found: dict[str, TypedValue] = {}
        for name, field in self.fields.items():
            if isinstance(field, BoundDate):
                reading = field.field.reading()
                if not reading.reason:
                    found[name] = reading.date.day if reading.date else None
            elif isinstance(field, (LineField, TextField)):
                stored = "" if self._form is None else str(stored_in(self._form, name) or "")
                found[name] = as_stored(name, field.text().strip(), stored)
            else:
                found[name] = value_of(field, field.text())
        return found

    def flush(self) -> None:
        """Save what is being typed, and keep as a draft what cannot be saved."""
        for field in self.fields.values():
            if field.is_dirty():
                field.flush()
        self._typing.flush()

    def read_hours(self, slots: tuple[Slot, ...], *, typing: bool) -> None:
        """The hours were read again. Where some are being typed or saved, or other dates, it is on
        those read before that they are typed."""
        typing = typing or any(self.fields[name].is_dirty() for name in _DATES)
        if not typing and not self.hours.is_waiting:
            self.hours.load(slots)

    def seen(self, name: str) -> Seen:
        """What is known of a field and of those that go with it."""
        seen: dict[str, tuple[Any, ...]] = {**seen_of(self.fields, name, self._value_seen)}
        if SLOTS in linked(name):
            seen[SLOTS] = self.hours.seen()
        return seen

    def _value_seen(self, name: str, text: str) -> Any:
        if name.partition(".")[0] in ("host", "prescriber"):
            return text
        field = self.fields[name]
        if isinstance(field, BoundDate):
            found = parse_date(text, DatePurpose.EVENT, self._desk.today()).date
            return found.day if found is not None else None
        return value_of(field, text)

    def _text_of(self, name: str, value: Any) -> str:
        return text_of(self.fields.get(name), name, value)

    # Saving

    def _save(self, name: str, title: str, value: Value) -> None:
        form = self._form
        if form is None or self._changing:
            return
        act = act_saving(form, name, value, self.seen(name))
        if act is None:
            return
        if name in _DATES:
            self.hours.send(self.hours_typed())
        self._desk.jobs.write(
            self,
            act,
            lambda _none: self._confirm(form, name),
            lambda problem: self._refuse(form, name, problem),
            label=f"{title} : immersion modifiée",
        )

    def _confirm(self, form: PlacementForm, name: str) -> None:
        if self._form is not None and self._form.id == form.id:
            if name in _DATES:
                self.hours.answer(kept=True)
            self.fields[name].confirm()
            if not self.fields[name].is_dirty():
                self.note_draft(name, None)

    def _refuse(self, form: PlacementForm, name: str, problem: UserError) -> None:
        if self._form is not None and self._form.id == form.id:
            if name in _DATES:
                self.hours.answer(kept=False)
            if isinstance(problem, ConflictError):
                also = partial(self.take_theirs, problem)
                show_conflict(self.fields, name, problem, self._text_of, also)
            else:
                self.fields[name].refuse(problem.what)
        else:
            self._desk.fail(told_elsewhere(problem, name_of(form)))

    def told(self, name: str, value: Any) -> str:
        """A value of a field, or of the hours, in words."""
        text = self._text_of(name, value)
        return self.fields[name].words_for(text) if name in self.fields else text

    def take_theirs(self, problem: ConflictError) -> None:
        """What is typed next starts from what the other left."""
        for clash in problem.clashes:
            if clash.field == SLOTS:
                self.hours.load(clash.theirs)
            elif clash.field in self.fields:
                self.fields[clash.field].rebase(self._text_of(clash.field, clash.theirs))

    def note_draft(self, name: str, text: str | None) -> None:
        """Keep, or forget, what is typed in a field, or in something that is none of these."""
        if not self._changing:
            self._typing.note(name, text)


def draft_key(placement_id: object) -> str:
    """Under which name what cannot be saved yet is kept."""
    return f"placement.{placement_id}.fields"


def name_of(form: PlacementForm | None) -> str:
    """« Awa Diallo, immersion »."""
    return f"{form.person}, immersion" if form is not None else ""


def _host_id(form: PlacementForm) -> object:
    return form.host.id if form.host else None


def _go_on(field: QLineEdit) -> None:
    field.focusNextChild()
