"""The fields of one row, each saved by itself where it is typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop.domain.conflicts import ConflictError, Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.person_fields import FieldKind, FieldSpec, FieldValue, reason_against
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.siret import format_siret
from connexion_desktop.domain.typed_dates import parse_date
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.checks_field import ChecksField
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField, LineField, TextField
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.conflicts import leave, seen_of, show_conflict, told_elsewhere
from connexion_desktop.ui.widgets.town_fields import TownFields

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session

Saving = Callable[[UUID, FieldSpec, FieldValue, Seen], "Callable[[Session], object]"]
"""What saves a value in a field of a row, by what was known of it."""

_EMPTY = ("", "—")
_SPELLED: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.SIRET: format_siret,
    FieldKind.PHONE: tidy_phone,
}


class RecordFields(QWidget):
    """`noun` says in the journal what was changed (« site »); the columns of `several` are chosen
    among choices, those of `long` show so many lines. `reason` says why a text cannot be kept in
    one."""

    def __init__(
        self,
        desk: Desk,
        noun: str,
        saving: Saving,
        *,
        several: Collection[str] = (),
        long: Mapping[str, int] = MappingProxyType({}),
        reason: Callable[[FieldSpec, str], str | None] = reason_against,
    ) -> None:
        super().__init__()
        self._desk, self._noun, self._saving = desk, noun, saving
        self._several, self._long, self._reason = several, long, reason
        self._id: UUID | None = None
        self._specs: tuple[FieldSpec, ...] = ()
        self._grid: Columns | None = None
        self._kept = TypingKept(desk, self)
        self._changing = False
        self.about = ""
        """Which row it is, said in the journal where rows of one record are told apart."""
        self.fields: dict[str, BoundField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def lay_out(self, specs: Sequence[FieldSpec]) -> None:
        """Have these fields, and no other."""
        if tuple(specs) == self._specs:
            return
        self._specs, self._id = tuple(specs), None
        if self._grid is not None:
            self._column.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self.fields = {spec.column: self._make(spec) for spec in specs}
        self._grid = Columns(*((self.fields[spec.column], 2 if spec.wide else 1) for spec in specs))
        self._column.addWidget(self._grid)
        self._join_towns()

    def _join_towns(self) -> None:
        """A postal code and a town propose each other, where a row has both."""
        code, town = self.fields.get("postal_code"), self.fields.get("city")
        if isinstance(code, LineField) and isinstance(town, LineField):
            TownFields(self._desk.jobs, code, town)

    def offer(self, column: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these choices in a field."""
        field = self.fields[column]
        if isinstance(field, ChecksField | ComboField):
            field.offer(choices)

    def show_record(self, row_id: UUID, values: Mapping[str, FieldValue]) -> None:
        """Show a row. What is being typed of it stays; what was typed of another is kept."""
        if row_id != self._id:
            self._leave()
            self._id = row_id
            self._show(values)
            self._kept.turn_to(f"{self._noun}.{row_id}.fields", partial(self._bring_back, row_id))
        else:
            self._show(values)

    def show_none(self) -> None:
        """No row is shown any more: what was typed is kept, and its refusal told elsewhere."""
        if self._id is not None:
            self._leave()
            self._id = None
            self._kept.begin()

    def _leave(self) -> None:
        self.flush()
        self._changing = True
        leave(self.fields.values(), self._name(), self._desk.fail)
        self._changing = False

    def flush(self) -> None:
        """Save what is being typed, and keep as a draft what cannot be saved."""
        for field in self.fields.values():
            if field.is_dirty():
                field.flush()
        self._kept.flush()

    def take_focus(self) -> None:
        """Put the cursor in the first field."""
        for field in self.fields.values():
            field.take_focus()
            return

    def _show(self, values: Mapping[str, FieldValue]) -> None:
        for spec in self._specs:
            field, value = self.fields[spec.column], values.get(spec.column)
            field.show_value(self._text_of(spec.name, value))

    def _named(self) -> dict[str, BoundField]:
        return {spec.name: self.fields[spec.column] for spec in self._specs}

    def _text_of(self, name: str, value: FieldValue) -> str:
        if isinstance(value, ImpreciseDate):
            return imprecise_numeric(value)
        kind = next(spec.kind for spec in self._specs if spec.name == name)
        return _SPELLED.get(kind, str)(value or "")

    def _value_of(self, name: str, text: str) -> FieldValue:
        spec = next(spec for spec in self._specs if spec.name == name)
        if spec.kind is FieldKind.DATE:
            return parse_date(text, spec.purpose, self._desk.today()).date
        return text or None

    def _bring_back(self, row_id: UUID, typed: Mapping[str, str]) -> None:
        if row_id == self._id:
            for column, text in typed.items():
                if column in self.fields:
                    self.fields[column].show_draft(text)

    def _make(self, spec: FieldSpec) -> BoundField:
        draft = partial(self._note_draft, spec.column)
        if spec.kind is FieldKind.DATE:
            save = partial(self._save, spec)
            return BoundDate(spec.label, save, self._desk.today, spec.purpose, draft=draft)
        if spec.column in self._several:
            return ChecksField(spec.label, Link(partial(self._save, spec)))
        if spec.column in self._long:
            return TextField(
                spec.label,
                Link(partial(self._save, spec), None, draft),
                lines=self._long[spec.column],
            )
        link = Link(partial(self._save, spec), partial(self._reason, spec), draft)
        if spec.kind is FieldKind.CHOICE:
            known = () if isinstance(spec.choices, str) else spec.choices
            return ComboField(spec.label, link, (_EMPTY, *known))
        return LineField(spec.label, link)

    def _name(self) -> str:
        """« Site « Talence » »: what is shown, by its first field, as the base has it."""
        first = next(iter(self.fields.values())).seen()[0] if self.fields else ""
        return f"{capitalised(self._noun)} « {first} »" if first else capitalised(self._noun)

    def _save(self, spec: FieldSpec, value: FieldValue) -> None:
        row_id = self._id
        if row_id is None or self._changing:
            return

        text, key = self.fields[spec.column].kept(self.fields[spec.column].text()), self._kept.key
        seen, record = seen_of(self._named(), spec.name, self._value_of), self._name()

        def confirm(_answer: object) -> None:
            if row_id == self._id:
                self.fields[spec.column].confirm()

        def refuse(problem: UserError) -> None:
            if row_id == self._id and isinstance(problem, ConflictError):
                show_conflict(self._named(), spec.name, problem, self._text_of)
            elif row_id == self._id:
                self.fields[spec.column].refuse(problem.what)
            else:
                self._desk.fail(told_elsewhere(problem, record))
            if spec.column not in self._several:
                self._kept.refused(key, spec.column, text)

        self._desk.jobs.write(
            self,
            self._saving(row_id, spec, value or None, seen),
            confirm,
            refuse,
            label=f"{spec.label} : {self._noun}{self.about}"[:200],
            typed=self._kept.saving(spec.column, text),
        )

    def _note_draft(self, column: str, text: str | None) -> None:
        if not self._changing:
            self._kept.note(column, text)
