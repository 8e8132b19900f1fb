"""Bringing in the office's table: what it holds is shown first, nothing is written before
« Importer », and the whole is undone in one act."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop import usecases
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.import_columns import FIELDS, SheetPlan, with_field
from connexion_desktop.domain.import_rows import (
    ImportPreview,
    ImportReport,
    ImportRequest,
    RowStatus,
)
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Job
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.import_table import PreviewTable, PreviewTableModel
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from connexion_desktop.exchange.tables import Tables

_FILTERS = "Tableaux (*.xlsx *.xlsm *.csv *.tsv *.txt)"
_COUNTERS = (
    (None, "Toutes"),
    (RowStatus.NEW, "Nouvelles"),
    (RowStatus.KNOWN, "Déjà connues"),
    (RowStatus.DOUBTFUL, "Douteuses"),
    (RowStatus.UNUSABLE, "Inutilisables"),
)
_IGNORED = "— ne pas importer —"


class ImportPage(Page):
    """See the module."""

    name: ClassVar[str] = "import"
    title: ClassVar[str] = "Importer un tableau"
    icon: ClassVar[str] = "file-upload-line"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._tables: Tables | None = None
        self._preview: ImportPreview | None = None
        self._job: Job | None = None
        self._command_id: UUID | None = None
        self._model = PreviewTableModel()
        self._chips: dict[RowStatus | None, Chip] = {}
        self.choose_file = button("Choisir un fichier…", "primary", icon="folder-open-line")
        self.choose_file.clicked.connect(self._choose)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._welcome())
        self._stack.addWidget(self._form())
        self._stack.addWidget(self._end())

    def open(self, target: object) -> None:
        """Show what a file holds; without one, ask for it."""
        self.title_changed.emit(self.title)
        if isinstance(target, Path):
            self._read(target)
        elif self._preview is None or self._stack.currentIndex() == 2:
            self._stack.setCurrentIndex(0)
            self.subtitle_changed.emit("")
            self.choose_file.setFocus()

    def _welcome(self) -> QWidget:
        panel = Panel("Votre tableau, tel qu’il est")
        panel.add(
            label(
                "Glissez ici le classeur du bureau (Excel ou CSV) : ses feuilles Participants, "
                "PC et Entreprises sont reconnues, chaque ligne est montrée avant d’être "
                "importée, et tout s’annule en une fois.",
                "muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.choose_file)
        row.addStretch(1)
        panel.body.addLayout(row)
        panel.setFixedWidth(theme.px(560))
        panel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.MinimumExpanding)
        self._reading = ProgressLine()
        holder = QWidget()
        column = QVBoxLayout(holder)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(panel)
        middle.addStretch(1)
        column.addStretch(1)
        column.addLayout(middle)
        column.addWidget(self._reading)
        column.addStretch(2)
        return holder

    def _form(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        self.cohort = QLineEdit()
        self.cohort.setAccessibleName("Groupe")
        self.cohort.setMinimumWidth(theme.px(280))
        self.cohort.editingFinished.connect(self._look_again)
        top = QHBoxLayout()
        group_label = label("Dans le groupe")
        group_label.setBuddy(self.cohort)
        self._cohort_hint = label("", "small")
        top.addWidget(group_label)
        top.addWidget(self.cohort)
        top.addWidget(self._cohort_hint)
        top.addStretch(1)
        column.addLayout(top)
        chips = QHBoxLayout()
        chips.setSpacing(theme.SPACE)
        for status, word in _COUNTERS:
            chip = Chip(word, 0)
            chip.clicked.connect(partial(self._filter, status))
            self._chips[status] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        column.addLayout(chips)
        self.table = PreviewTable(self._model)
        self._columns = QTabWidget()
        self._columns.setDocumentMode(True)
        columns_panel = Panel("Colonnes")
        columns_panel.add(self._columns, 1)
        columns_panel.setMinimumWidth(theme.px(330))
        columns_panel.setMaximumWidth(theme.px(380))
        middle = QHBoxLayout()
        middle.setSpacing(theme.GAP)
        middle.addWidget(self.table, 1)
        middle.addWidget(columns_panel)
        column.addLayout(middle, 1)
        column.addWidget(self._progress_line())
        column.addLayout(self._buttons())
        return holder

    def _progress_line(self) -> ProgressLine:
        self._writing = ProgressLine()
        return self._writing

    def _buttons(self) -> QHBoxLayout:
        self._promise = label("Rien n’est écrit avant « Importer ».", "muted")
        self.import_button = button("Importer", "primary")
        self.import_button.clicked.connect(self._import)
        give_up = button("Abandonner")
        give_up.clicked.connect(self._give_up)
        row = QHBoxLayout()
        row.addWidget(self._promise, 1)
        row.addWidget(give_up)
        row.addWidget(self.import_button)
        return row

    def _end(self) -> QWidget:
        self._done = Panel("Import terminé")
        self._done.setFixedWidth(theme.px(760))
        self._made = label("", wrap=True)
        self._left = label("", "muted", wrap=True)
        self.see_group = button("Voir le groupe", "primary")
        self.undo_button = button("Annuler cet import")
        self.undo_button.clicked.connect(self._undo)
        self.see_group.clicked.connect(self._see)
        row = QHBoxLayout()
        row.addWidget(self.see_group)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        self._left_heading = label("À vérifier", "strong")
        self._left.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._left_area = QScrollArea()
        self._left_area.setWidgetResizable(True)
        self._left_area.setWidget(self._left)
        self._left_area.setMinimumHeight(theme.px(180))
        self._done.add(self._made)
        self._done.add(self._left_heading)
        self._done.add(self._left_area)
        self._done.body.addLayout(row)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.addWidget(self._done, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return holder

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Importer un tableau", "", _FILTERS)
        if chosen:
            self._read(Path(chosen))

    def _read(self, path: Path) -> None:
        """Read the file and see what it would do; the group's name is taken from its title."""
        today = self.desk.today()
        self._stack.setCurrentIndex(0)
        job = self.desk.jobs.maintain(
            self,
            lambda store, progress: usecases.import_workbook.look(store, path, today, progress),
            self._show_looked,
            self._fail,
        )
        self._job = job
        self._reading.watch(job, f"Lecture de {path.name}")

    def _show_looked(self, looked: tuple[Tables, ImportPreview]) -> None:
        self._tables, preview = looked
        self.cohort.setText(preview.cohort)
        self._show(preview)
        self._show_columns(preview.plans)
        self._filter(None)
        self._stack.setCurrentIndex(1)
        self.import_button.setFocus()

    def _show(self, preview: ImportPreview) -> None:
        self._preview = preview
        self._model.set_rows(preview.rows)
        for status, chip in self._chips.items():
            chip.show_number(len(preview.rows) if status is None else preview.count(status))
        self._cohort_hint.setText("nouveau groupe" if preview.cohort_is_new else "groupe existant")
        usable = len(preview.rows) - preview.count(RowStatus.UNUSABLE)
        self.import_button.setText(f"Importer {usable} lignes")
        self.import_button.setEnabled(usable > 0)
        unread = preview.unknown_sheets
        more = f" Feuilles non reconnues : {', '.join(unread)}." if unread else ""
        self._promise.setText(
            " ".join(("Rien n’est écrit avant « Importer »." + more, *preview.warnings))
        )
        self.subtitle_changed.emit(preview.file_name)

    def _show_columns(self, plans: tuple[SheetPlan, ...]) -> None:
        while (tab := self._columns.widget(0)) is not None:
            self._columns.removeTab(0)
            tab.deleteLater()
        for plan in plans:
            self._columns.addTab(self._columns_of(plan), plan.sheet)

    def _columns_of(self, plan: SheetPlan) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setVerticalSpacing(4)
        for row, column in enumerate(each for each in plan.columns if each.heading):
            combo = QComboBox()
            combo.setAccessibleName(f"La colonne « {column.heading} » contient")
            combo.addItem(_IGNORED, None)
            for field in FIELDS[plan.kind]:
                combo.addItem(field.label, field.code)
            combo.setCurrentIndex(max(combo.findData(column.field), 0))
            combo.activated.connect(partial(self._remap, plan.sheet, column.index, combo))
            heading = label(column.heading, wrap=True)
            heading.setBuddy(combo)
            grid.addWidget(heading, row, 0)
            grid.addWidget(combo, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        return scroll

    def _remap(self, sheet: str, index: int, combo: QComboBox, _chosen: int) -> None:
        if self._preview is None:
            return
        plans = tuple(
            with_field(plan, index, combo.currentData()) if plan.sheet == sheet else plan
            for plan in self._preview.plans
        )
        tab = self._columns.currentIndex()
        self._show_columns(plans)
        self._columns.setCurrentIndex(tab)
        self._look_again(plans)

    def _request(self, plans: tuple[SheetPlan, ...] | None = None) -> ImportRequest:
        kept = self._preview.plans if self._preview is not None else None
        return ImportRequest(self.cohort.text().strip(), self.desk.today(), plans or kept)

    def _look_again(self, plans: tuple[SheetPlan, ...] | None = None) -> None:
        tables, request = self._tables, self._request(plans)
        if tables is None or self._preview is None:
            return
        if request.cohort == self._preview.cohort and plans is None:
            return
        job = self.desk.jobs.maintain(
            self,
            lambda store, progress: usecases.import_workbook.look_again(
                store, tables, request, progress
            ),
            self._show,
            self._fail,
        )
        self._writing.watch(job, "Lecture")

    def _filter(self, status: RowStatus | None, _checked: bool = False) -> None:
        for each, chip in self._chips.items():
            chip.setChecked(each is status)
        self._model.filter(status)

    def _import(self) -> None:
        tables, request = self._tables, self._request()
        if tables is None:
            return
        if not request.cohort:
            self._fail(UserError("Il manque le nom du groupe.", "Rien n’a été importé."))
            self.cohort.setFocus()
            return
        act = Act(self.desk.author, f"Import de « {tables.file_name} »", uuid4())
        self._command_id = act.command_id
        self.import_button.setEnabled(False)
        self._job = self.desk.jobs.maintain(
            self,
            lambda store, progress: usecases.import_workbook.apply(
                store, tables, request, act, progress
            ),
            self._show_report,
            self._fail,
        )
        self._job.finished.connect(lambda: self.import_button.setEnabled(True))
        self._writing.watch(self._job, "Import")

    def _show_report(self, report: ImportReport) -> None:
        self._made.setText(report.sentence)
        problems = report.preview.problems
        self._left.setText("\n".join(map(str, problems)))
        self._left_heading.setVisible(bool(problems))
        self._left_area.setVisible(bool(problems))
        self._cohort_id = report.cohort_id
        self.undo_button.setEnabled(report.changed > 0)
        self.see_group.setEnabled(True)
        self._stack.setCurrentIndex(2)
        self._preview = None
        self.see_group.setFocus()

    def _see(self) -> None:
        self.desk.go("group", self._cohort_id)

    def _undo(self) -> None:
        command_id = self._command_id
        if command_id is None:
            return
        self.undo_button.setEnabled(False)
        self.desk.jobs.write(
            self,
            lambda session: usecases.undo.undo(session, command_id),
            lambda _label: self._undone(),
            label="Annulation de l’import",
        )

    def _undone(self) -> None:
        self._made.setText("L’import est annulé : le fichier n’a laissé aucune trace.")
        self._left_heading.hide()
        self._left_area.hide()
        self.see_group.setEnabled(False)

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._preview = self._tables = None
        self._stack.setCurrentIndex(0)
        self.desk.go("group", None)

    def _fail(self, problem: UserError) -> None:
        self.import_button.setEnabled(True)
        self.desk.fail(problem)
