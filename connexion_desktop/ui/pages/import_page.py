"""Bringing in the office's table: what it holds is shown first, nothing is written before
« Importer », and the whole is undone in one act."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout
from shiboken6 import isValid

from connexion_desktop import usecases
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.import_rows import (
    IMPORTED,
    ImportPreview,
    ImportReport,
    ImportRequest,
)
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.import_form import ImportForm
from connexion_desktop.ui.pages.import_report import ImportReportView
from connexion_desktop.ui.pages.import_welcome import ImportWelcome
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.widgets.banner import Notice
from connexion_desktop.usecases.asked_elsewhere import AskedElsewhere

if TYPE_CHECKING:
    from connexion_desktop.exchange.tables import Tables

_LAST = "import-report"
_AMONG_INVENTED = (
    "Cette base est la démonstration : ce que vous importez ici se mêle à des personnes inventées. "
    "Vos vraies données vont dans votre base."
)


class ImportPage(Page):
    """Three faces: asking for a file, showing what it would do, telling what was done."""

    name: ClassVar[str] = "import"
    title: ClassVar[str] = "Importer un tableau"
    icon: ClassVar[str] = "file-upload-line"

    warning: Notice | None = None
    """Says that the base is a demonstration."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._tables: Tables | None = None
        self._job: Job | None = None
        self._asked = 0
        self._writing = False
        self._command_id: UUID | None = None
        self._cohort_id: UUID | None = None
        self._imported: Tables | None = None
        self._told: ImportReport | None = None
        self._asked_elsewhere = AskedElsewhere()
        self.welcome = ImportWelcome()
        self.welcome.chosen.connect(self._read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, 0)
        column.addLayout(self._above)
        self._faces = QStackedLayout()
        column.addLayout(self._faces, 1)
        self._faces.addWidget(self.welcome)

    @cached_property
    def form(self) -> ImportForm:
        """What a file would do, made while the first one is read."""
        made = ImportForm(self.desk.today)
        made.changed.connect(self._look_again)
        made.import_wanted.connect(self._import)
        made.give_up_wanted.connect(self._give_up)
        made.leave_wanted.connect(self._leave)
        self._faces.addWidget(made)
        return made

    @cached_property
    def report(self) -> ImportReportView:
        """What was done, made when the first import is."""
        made = ImportReportView()
        made.see_wanted.connect(lambda: self.desk.go("group", self._cohort_id))
        made.undo_wanted.connect(self._undo)
        made.again_wanted.connect(self._start_again)
        self._faces.addWidget(made)
        return made

    def _warn(self, is_demo: bool) -> None:
        """What is real has no place among people who are invented."""
        is_said = self.warning is not None and isValid(self.warning)
        if is_demo and not is_said:
            change = self.desk.actions.get("change-base")
            self.warning = Notice(_AMONG_INVENTED, [("Changer de base…", change.trigger)])
            self._above.addWidget(self.warning)

    def open(self, target: object) -> None:
        """Show what a file holds; without one, what was under way, else ask for a file."""
        self.title_changed.emit(self.title)
        self.desk.jobs.read(self, usecases.snapshots.is_demo, self._warn, key="demo")
        if isinstance(target, Path):
            self._read(target)
        elif target == _LAST and self._command_id is not None:
            self._faces.setCurrentWidget(self.report)
            self.undone()
        elif not isinstance(self._faces.currentWidget(), ImportForm):
            self.ask_for_a_file()

    def ask_for_a_file(self) -> None:
        """Show where to drop one."""
        self._faces.setCurrentWidget(self.welcome)
        self.subtitle_changed.emit("")
        self.welcome.choose_file.setFocus()

    def _read(self, path: Path) -> None:
        """Read the file and see what it would do; the group's name is taken from its title."""
        if self._writing:
            self.desk.tell("Un import est en cours.")
            return
        self.ask_for_a_file()
        today = self.desk.today()
        ticket = self._next()
        self._asked_elsewhere = AskedElsewhere()
        self._job = self.desk.jobs.maintain(
            self,
            lambda store, progress: usecases.import_workbook.look(
                store, path, today, progress, self._asked_elsewhere
            ),
            lambda looked: self._show_looked(ticket, looked),
            self.desk.fail,
        )
        self.welcome.reading.watch(self._job, f"Lecture de {path.name}")
        QTimer.singleShot(0, self, lambda: self.form)

    def _show_looked(self, ticket: int, looked: tuple[Tables, ImportPreview]) -> None:
        if ticket != self._asked:
            return
        self._tables, preview = looked
        self.subtitle_changed.emit(preview.file_name)
        self._faces.setCurrentWidget(self.form)
        self.form.open(preview)

    def _request(self) -> ImportRequest:
        """What the form says now."""
        form = self.form
        return ImportRequest(form.group, self.desk.today(), form.plans, form.told_start)

    def _look_again(self) -> None:
        """Other columns, another group or another start: what would importing do then?"""
        tables = self._tables
        if tables is None:
            return
        request = self._request()
        ticket = self._next()

        def failed(problem: UserError) -> None:
            self.form.take_back_columns()
            self.desk.fail(problem)

        self._job = self.desk.jobs.maintain(
            self,
            lambda store, progress: usecases.import_workbook.look_again(
                store, tables, request, progress, self._asked_elsewhere
            ),
            lambda preview: self.form.show_preview(preview) if ticket == self._asked else None,
            failed,
        )
        self.form.progress.watch(self._job, "Lecture")

    def _import(self) -> None:
        tables = self._tables
        if tables is None or self._writing or not self.form.is_settled():
            return
        request = self._request()
        act = Act(self.desk.author, IMPORTED, uuid4())
        self._next()
        self._writing = True
        self.form.set_busy(True)
        self._job = job = self.desk.jobs.maintain(
            self,
            lambda store, progress: usecases.import_workbook.apply(
                store, tables, request, act, progress
            ),
            lambda report: self._show_report(act, report),
            self.desk.fail,
            writes=True,
        )
        job.finished.connect(lambda: self._ended(job))
        self.form.progress.watch(job, "Import")

    def _ended(self, job: Job) -> None:
        self._writing = False
        self.form.set_busy(False)
        if job.stop.is_set():
            self.desk.tell("Import interrompu : rien n’a été écrit.")

    def _show_report(self, act: Act, report: ImportReport) -> None:
        if self._command_id is None:
            self.desk.actions.add(
                _LAST,
                "Dernier import",
                "",
                lambda: self.desk.go(self.name, _LAST),
                menu="Fichier",
                after="import",
            )
        self._imported, self._told = self._tables, report
        self._command_id, self._cohort_id = act.command_id, report.cohort_id
        self._faces.setCurrentWidget(self.report)
        self.report.show_report(report)
        self.desk.tell(f"Import terminé : {report.preview.file_name}")

    def _undo(self) -> None:
        command_id = self._command_id
        if command_id is None:
            return

        def failed(problem: UserError) -> None:
            self.report.undo.setEnabled(True)
            self.desk.fail(problem)

        self.report.undo.setEnabled(False)
        self.desk.jobs.write(
            self,
            lambda session: usecases.undo.undo(session, command_id),
            lambda _step: self.undone(),
            failed,
            label="Annulation de l’import",
        )

    def undone(self, gone: frozenset[UUID] = frozenset()) -> None:
        """The last import may be what was undone: say when, and offer to see its file again, if
        that file is still at hand. It may have been done again since."""
        command_id, report = self._command_id, self._told
        if command_id is None or report is None:
            return

        def tell(at: datetime | None) -> None:
            if at is None:
                self.report.show_report(report)
            else:
                self.report.show_undone(at, can_see_again=self._tables is self._imported)

        self.desk.jobs.read(
            self, lambda session: usecases.undo.undone_at(session, command_id), tell, key="undone"
        )

    def _start_again(self) -> None:
        self._faces.setCurrentWidget(self.form)
        self._look_again()
        self.form.import_button.setFocus()

    def _give_up(self) -> None:
        """While it is being written, leave it there; before, leave the file."""
        if self._job is not None:
            self._job.cancel()
        if self._writing:
            return
        self._tables = None
        self.ask_for_a_file()
        self.desk.go("group", None)

    def _leave(self) -> None:
        """Escape goes back to the group; the file stays open, its columns as they were said."""
        if self._writing or self._tables is None:
            self._give_up()
            return
        self.desk.go("group", None)
        self.desk.tell(f"« {self._tables.file_name} » reste ouvert dans « {self.title} » (Ctrl+I).")

    def _next(self) -> int:
        """The answers to what was asked before no longer count."""
        if self._job is not None:
            self._job.cancel()
        self._asked += 1
        return self._asked
