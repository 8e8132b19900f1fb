"""The parts of « Fiche »: a section, the place of each field, the doubtful value under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.person_fields import (
    FieldFlag,
    FieldKind,
    FieldSpec,
    FieldValue,
    PersonDetails,
    Section,
    flag_label,
)
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.bound_field import BoundField
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField
from connexion_desktop.ui.widgets.labels import button, label

_COLUMN = 236
_EMPTY = ("", "—")


class FlagLine(QWidget):
    """« valeur lue : … », under the field that it was meant for. `settled(FieldFlag)`."""

    settled = Signal(object)

    def __init__(self, flag: FieldFlag, *, named: bool) -> None:
        super().__init__()
        self.flag = flag
        name = f"{flag_label(flag.name)} : " if named else ""
        self.words = label(
            f"{name}valeur lue : {flag.typed} · {flag.problem}", "warning", wrap=True
        )
        self.done = button("C’est réglé", "link", tip="Ne plus signaler cette valeur")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.done)
        self.done.clicked.connect(lambda: self.settled.emit(self.flag))


class Slot(QWidget):
    """The place of a field, with the doubtful value it was given, if any."""

    def __init__(self, spec: FieldSpec, field: BoundField) -> None:
        super().__init__()
        self.spec = spec
        self.field = field
        self._flag: FlagLine | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(field)

    def show_person(self, details: PersonDetails) -> None:
        """Show what the field says of somebody, and what may be chosen for them."""
        if isinstance(self.field, ComboField):
            self.field.offer(choices(self.spec, details))
        self.show_value(details.values[self.spec.name])

    def show_value(self, value: FieldValue) -> None:
        """Show what the field says."""
        if isinstance(self.field, BoundDate):
            self.field.show_date(value if isinstance(value, ImpreciseDate) else None)
        else:
            self.field.show_value(value if isinstance(value, str) else "")

    def show_flag(self, line: FlagLine | None) -> None:
        """Show a doubtful value under the field, or none."""
        if self._flag is not None:
            self._flag.hide()
            self._flag.deleteLater()
        self._flag = line
        if line is not None:
            self._column.addWidget(line)


class SectionBox(QWidget):
    """A section: its title, its fields in as many columns as there is room for."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self._slots: list[Slot] = []
        self._columns = 3
        self._at = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 8)
        outer.setSpacing(6)
        outer.addWidget(label(section.title, "heading"))
        if section.hint:
            outer.addWidget(label(section.hint, "small", wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        outer.addLayout(self._grid)
        self._stretch(self._columns)

    def add(self, slot: Slot) -> None:
        """Put one more field after the others."""
        self._slots.append(slot)
        self._place(slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, event.size().width() // theme.px(_COLUMN))
        if columns != self._columns:
            self._stretch(columns)
            self._at = 0
            for slot in self._slots:
                self._place(slot)

    def _stretch(self, columns: int) -> None:
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns

    def _place(self, slot: Slot) -> None:
        span = min(2 if slot.spec.wide else 1, self._columns)
        left = self._columns - self._at % self._columns
        if span > left:
            self._at += left
        row, column = divmod(self._at, self._columns)
        self._grid.addWidget(slot, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        self._at += span


def choices(spec: FieldSpec, details: PersonDetails) -> tuple[tuple[str, str], ...]:
    """What may be chosen in a field, by code."""
    known = details.choices[spec.choices] if isinstance(spec.choices, str) else spec.choices
    return known if spec.kind is FieldKind.YES_NO else (_EMPTY, *known)
