"""« Seuils »: the settings in words, each with what it was shipped with."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.thresholds import (
    THRESHOLDS,
    WEEKDAYS,
    YES_NO,
    Shape,
    Threshold,
    ThresholdRow,
    reason_against_value,
    told_shipped,
)
from connexion_desktop.ui.pages.settings.checks_field import ChecksField
from connexion_desktop.ui.pages.settings.pane import ScrolledPane
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import ComboField, LineField, TextField
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.conflicts import show_conflict
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_LINES, _LEAST = 14, 320
_WIDE = (Shape.DAYS, Shape.TEXT)
_DRAFT = "thresholds.fields"


class ThresholdBox(QWidget):
    """A setting, why it matters, the way back. `given_back()` when that is wanted."""

    given_back = Signal()

    def __init__(self, spec: Threshold, field: BoundField) -> None:
        super().__init__()
        self.spec, self.field = spec, field
        self.told = label(spec.told, "small", wrap=True)
        self.back = button("", "inline")
        self.back.clicked.connect(self.given_back)
        self.back.hide()
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self.told, 1)
        under.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        column.addWidget(field)
        column.addLayout(under)

    def show_row(self, row: ThresholdRow) -> None:
        """Show what it holds, and what it was shipped with."""
        self.field.show_value(row.text)
        doubtful = self.spec.to_check and row.is_shipped
        self.field.remarks.rule(("à vérifier",) if doubtful else (), "amber")
        self.back.setText(f"Revenir à : {told_shipped(row)}")
        self.back.setVisible(not row.is_shipped)


class ThresholdsPane(ScrolledPane):
    """See the module."""

    section = SettingsSection.THRESHOLDS
    icon = "equalizer-line"
    sentence = (
        "Les valeurs sur lesquelles s’appuient les alertes et les règles. Ctrl+H dit ce qui a "
        "changé dans celle où vous êtes."
    )

    def fill(self) -> None:
        self._kept = TypingKept(self.desk, self)
        self._changing = False
        self._ids: dict[str, UUID | None] = {}
        self.boxes: dict[str, ThresholdBox] = {}
        for section, specs in groupby(THRESHOLDS, lambda spec: spec.section):
            panel = Panel(section)
            panel.add(Columns(*(self._box(spec) for spec in specs), least=_LEAST))
            self.column.addWidget(panel)
        self._kept.turn_to(_DRAFT, self._bring_back)

    def refresh(self) -> None:
        self.desk.jobs.read(
            self,
            lambda session: usecases.thresholds.load(session),  # noqa: PLW0108 - imported on the lane
            self._show,
            self.desk.fail,
            key="thresholds",
        )

    def flush(self) -> None:
        for box in self.boxes.values():
            if box.field.is_dirty():
                box.field.flush()
        self._kept.flush()

    def take_focus(self) -> None:
        next(iter(self.boxes.values())).field.take_focus()

    def record(self) -> RecordRef | None:
        """The value that has the keyboard."""
        focused = QApplication.focusWidget()
        held = (key for key, box in self.boxes.items() if box.isAncestorOf(focused or self))
        row_id = self._ids.get(next(held, ""))
        return RecordRef("setting", row_id) if row_id is not None else None

    def _show(self, rows: tuple[ThresholdRow, ...]) -> None:
        self._ids = {row.threshold.key: row.id for row in rows}
        for row in rows:
            self.boxes[row.threshold.key].show_row(row)

    def _bring_back(self, typed: object) -> None:
        if isinstance(typed, dict):
            for key, text in typed.items():
                if key in self.boxes:
                    self.boxes[key].field.show_draft(text)

    def _box(self, spec: Threshold) -> tuple[QWidget, int]:
        box = ThresholdBox(spec, self._make(spec))
        box.given_back.connect(partial(self._give_back, spec))
        self.boxes[spec.key] = box
        return box, 2 if spec.shape in _WIDE else 1

    def _make(self, spec: Threshold) -> BoundField:
        title = f"{spec.label} ({spec.unit})" if spec.unit else spec.label
        link = Link(
            partial(self._save, spec),
            partial(reason_against_value, spec),
            partial(self._kept.note, spec.key),
        )
        match spec.shape:
            case Shape.YES_NO:
                return ComboField(title, link, YES_NO)
            case Shape.DAYS:
                return ChecksField(title, link, WEEKDAYS)
            case Shape.TEXT:
                return TextField(title, link, lines=_LINES)
            case _:
                return LineField(title, link)

    def _save(self, spec: Threshold, text: str) -> None:
        field = self.boxes[spec.key].field

        kept, seen = field.kept(text), {spec.key: field.seen()}

        def refuse(problem: UserError) -> None:
            if isinstance(problem, ConflictError):
                show_conflict({spec.key: field}, spec.key, problem, lambda _key, value: str(value))
            else:
                field.refuse(problem.what)
            self._kept.refused(_DRAFT, spec.key, kept)

        self.desk.jobs.write(
            self,
            lambda session: usecases.thresholds.change(session, spec.key, text, seen),
            lambda _none: field.confirm(),
            refuse,
            label=f"Réglage : {spec.label}",
            typed=self._kept.saving(spec.key, text),
        )

    def _give_back(self, spec: Threshold) -> None:
        field = self.boxes[spec.key].field
        field.restore()
        field.take_focus()

        def done(_answer: object) -> None:
            self.desk.tell("Valeur d’origine rétablie · Ctrl+Z pour annuler")

        def fail(problem: UserError) -> None:
            self.desk.fail(problem)

        self.desk.jobs.write(
            self,
            lambda session: usecases.thresholds.give_back(session, spec.key),
            done,
            fail,
            label=f"Réglage rétabli : {spec.label}",
        )
