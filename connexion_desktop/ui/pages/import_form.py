"""An import before it is written: the group, the rows by status, the columns, one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.import_rows import LONGEST_GROUP, ImportPreview, PreviewRow, RowStatus
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.import_columns import ColumnsPanel, Plans
from connexion_desktop.ui.pages.import_row import RowDetail
from connexion_desktop.ui.pages.import_table import PreviewTable
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.flow_layout import FlowLayout, flow
from connexion_desktop.ui.widgets.labels import button, label, restyle
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.progress_line import ProgressLine

_COUNTERS = (
    (None, "Toutes"),
    (RowStatus.UNUSABLE, "Inutilisables"),
    (RowStatus.DOUBTFUL, "Douteuses"),
    (RowStatus.NEW, "Nouvelles"),
    (RowStatus.KNOWN, "Déjà connues"),
)
_PROMISE = "Rien n’est écrit avant « Importer »."


def _side_by_side(words: QWidget, field: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE)
    row.addWidget(words)
    row.addWidget(field)
    return holder


class ImportForm(QWidget):
    """See the module. `changed()` asks for another preview; `import_wanted()` is « Importer » or
    Enter, `give_up_wanted()` « Abandonner », `leave_wanted()` Escape."""

    changed = Signal()
    import_wanted = Signal()
    give_up_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._told_start: date | None = None
        self._preview: ImportPreview | None = None
        self._plans: Plans = ()
        self._asked = ""
        self.chips: dict[RowStatus | None, Chip] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.GAP)
        body.addWidget(self._group_row())
        body.addLayout(self._chips_row())
        body.addLayout(self._middle(), 1)
        self.progress = ProgressLine()
        column.addWidget(self._body, 1)
        column.addWidget(self.progress)
        column.addLayout(self._buttons())

    @property
    def group(self) -> str:
        """The group's name as it is typed now."""
        return " ".join(self.cohort.currentText().split())

    @property
    def plans(self) -> Plans:
        """The columns as they are said to be now."""
        return self._plans

    @property
    def told_start(self) -> date | None:
        """The first day of a new group as the user said it; None leaves it to the file."""
        return self._told_start

    def is_settled(self) -> bool:
        """Whether the first day typed is one; else it is asked again, in place."""
        if self.start.isHidden() or self.start.settle():
            return True
        self._hint.setText(self.start.reading().reason)
        restyle(self._hint, kind="error")
        self.start.setFocus()
        return False

    def open(self, preview: ImportPreview) -> None:
        """Show another file."""
        self._told_start = None
        self.start.show_date(None)
        self._plans = preview.plans
        self.columns.show_sheets(preview.outlines, preview.plans)
        with QSignalBlocker(self.cohort):
            self.cohort.clear()
            self.cohort.addItems(list(preview.cohorts))
            self.cohort.setCurrentText(preview.cohort)
        self._asked = self.group
        self._filter(None)
        self.show_preview(preview)
        self._show_columns(any(plan.missing or plan.unclear for plan in preview.plans))
        if any(plan.missing for plan in preview.plans):
            self.columns.begin()
        else:
            (self.give_up if preview.nothing_to_do else self.import_button).setFocus()

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what importing would do with the group and the columns said now."""
        self._preview = preview
        self.table.set_rows(preview.rows)
        for status, chip in self.chips.items():
            count = len(preview.rows) if status is None else preview.count(status)
            chip.show_number(str(count))
            chip.setVisible(status in (None, RowStatus.NEW) or count > 0)
        self._show_start(preview)
        lines = "ligne" if preview.usable < 2 else "lignes"
        nothing = preview.nothing_to_do
        self.import_button.setText(
            "Rien à importer" if nothing else f"Importer {preview.usable} {lines}"
        )
        self.import_button.setEnabled(not nothing)
        self._promise.setText(nothing or _PROMISE)
        restyle(self._promise, kind="strong" if nothing else "muted")
        unread = ", ".join(preview.unknown_sheets)
        told = [f"Feuilles non reconnues, laissées de côté : {unread}."] if unread else []
        told += preview.warnings
        self._warning.setText("\n".join(told))
        self._warning.setVisible(bool(told))

    def set_busy(self, busy: bool) -> None:
        """While it is being written, nothing can be changed."""
        self._body.setEnabled(not busy)
        possible = self._preview is not None and not self._preview.nothing_to_do
        self.import_button.setEnabled(not busy and possible)

    def take_back_columns(self) -> None:
        """Show the columns as the last preview had them."""
        if self._preview is not None:
            self._plans = self._preview.plans
            self.columns.show_sheets(self._preview.outlines, self._plans)

    def _group_row(self) -> QWidget:
        self.cohort = QComboBox()
        self.cohort.setEditable(True)
        self.cohort.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.cohort.setAccessibleName("Dans le groupe")
        edit = self.cohort.lineEdit()
        completer = self.cohort.completer()
        if edit is not None and completer is not None:
            edit.setMaxLength(LONGEST_GROUP)
            edit.setAccessibleName("Dans le groupe")
            edit.editingFinished.connect(self._ask)
            edit.returnPressed.connect(self._leave_group)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.cohort.activated.connect(lambda _index: self._ask())
        words = label("Dans le groupe")
        words.setBuddy(self.cohort)
        self.start = DateField(self._today)
        self.start.setAccessibleName("Premier jour du groupe")
        self.start.setPlaceholderText("jj/mm/aaaa")
        self.start.date_changed.connect(self._tell_start)
        self.start.returnPressed.connect(self._leave_start)
        self._start_words = label("qui commence le")
        self._start_words.setBuddy(self.start)
        self._hint = label("", "small")
        self._begins = _side_by_side(self._start_words, self.start)
        return flow(_side_by_side(words, self.cohort), self._begins, self._hint)

    def _show_start(self, preview: ImportPreview) -> None:
        """A new group's first day: the file's, or asked here."""
        self._begins.setVisible(preview.cohort_is_new)
        told = None if preview.start_is_untold else preview.starts_on
        is_read = self.start.reading().date is not None
        if not self.start.text() or (is_read and not self.start.hasFocus()):
            self.start.show_date(told)
        self._hint.setText(_hint(preview))
        restyle(self._hint, kind="warning" if preview.start_is_untold else "small")

    def _tell_start(self, told: ImpreciseDate | None) -> None:
        self._told_start = told.day if told is not None else None
        self.changed.emit()

    def _chips_row(self) -> QHBoxLayout:
        chips = FlowLayout(spacing=theme.SPACE)
        for status, word in _COUNTERS:
            chip = Chip(word)
            chip.clicked.connect(partial(self._filter, status))
            self.chips[status] = chip
            chips.addWidget(chip)
        self.columns_button = button("Colonnes", icon="layout-column-line")
        self.columns_button.setCheckable(True)
        self.columns_button.setToolTip("Voir et corriger ce que contient chaque colonne")
        self.columns_button.clicked.connect(self._show_columns)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addLayout(chips, 1)
        row.addWidget(self.columns_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _middle(self) -> QHBoxLayout:
        self.table = PreviewTable()
        self.table.chosen.connect(self._show_row)
        self.columns = ColumnsPanel()
        self.columns.corrected.connect(self._correct)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self.table, 1)
        left.addWidget(self._row_panel(), 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.GAP)
        middle.addLayout(left, 1)
        middle.addWidget(self.columns)
        return middle

    def _row_panel(self) -> Panel:
        self._row_title = label("", "strong")
        self._row_title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.row = RowDetail()
        panel = Panel()
        panel.body.setSpacing(2)
        panel.add(self._row_title)
        panel.add(self.row, 1)
        self._row_area = panel
        theme.changed.connect(self._size)
        self._size()
        return panel

    def _buttons(self) -> QVBoxLayout:
        self._warning = label("", wrap=True)
        self._warning.hide()
        self.import_button = button("Importer", "primary", tip="Importer (Entrée)")
        self.import_button.clicked.connect(self.import_wanted)
        self.give_up = button("Abandonner", tip="Oublier ce fichier (Échap le garde ouvert)")
        self.give_up.clicked.connect(self.give_up_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        self._promise = label(_PROMISE, "muted")
        row.addWidget(self._promise, 1)
        row.addWidget(self.give_up)
        row.addWidget(self.import_button)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(self._warning)
        column.addLayout(row)
        return column

    def _size(self) -> None:
        self.cohort.setFixedWidth(theme.px(300))
        self.start.setFixedWidth(theme.px(150))
        self._row_area.setMinimumHeight(min(theme.px(104), 140))
        self._row_area.setMaximumHeight(theme.px(280))

    def _show_row(self, row: PreviewRow | None) -> None:
        self._row_title.setText(row.title if row else "Aucune ligne.")
        labels = self._preview.labels if self._preview is not None else {}
        self.row.show_row(row, labels)

    def _show_columns(self, shown: bool) -> None:
        self.columns_button.setChecked(shown)
        self.columns.setVisible(shown)

    def _filter(self, status: RowStatus | None, _checked: bool = False) -> None:
        for each, chip in self.chips.items():
            chip.setChecked(each is status)
        self.table.filter(status)

    def _correct(self, plans: Plans) -> None:
        self._plans = plans
        self.changed.emit()

    def _leave_group(self) -> None:
        """Enter moves on, once the key is dealt with: it must not press the button too."""
        QTimer.singleShot(0, self.import_button, self.import_button.setFocus)

    def _leave_start(self) -> None:
        if self.is_settled():
            self._leave_group()

    def _ask(self) -> None:
        """Another group was typed."""
        if self.group and self.group != self._asked:
            self._asked = self.group
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case _:
                super().keyPressEvent(event)

    def _enter(self) -> None:
        """Enter presses the button it is on; elsewhere than in a list of choices, it imports."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif not isinstance(focused, QComboBox | DateField) and self.import_button.isEnabled():
            self.import_wanted.emit()


def _hint(preview: ImportPreview) -> str:
    if preview.start_is_untold and preview.starts_on is not None:
        day = long_day(preview.starts_on)
        return f"à dire : sinon il commence cette semaine, le {day}"
    if preview.cohort_is_new:
        return "nouveau groupe"
    return "groupe existant" if preview.cohort in preview.cohorts else "aucun groupe à créer"
