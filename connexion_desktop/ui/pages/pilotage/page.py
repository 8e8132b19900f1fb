"""What did we achieve? Figures over a period, each with its rule and the list behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout

from connexion_desktop import usecases
from connexion_desktop.domain.activity_report import (
    ActivityReport,
    Figure,
    FigureLine,
    Question,
    Scopes,
    under_names,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.figures_only import NO_FILE
from connexion_desktop.ui.file_dialogs import file_to_save
from connexion_desktop.ui.giving import Given, ask_where, copy_list, print_list
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.pilotage.detail import Detail
from connexion_desktop.ui.pages.pilotage.names import NamesStrip
from connexion_desktop.ui.pages.pilotage.question import QuestionBar
from connexion_desktop.ui.pages.pilotage.tiles import Tiles
from connexion_desktop.ui.paper_pane import PaperPane
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.labels import button

if TYPE_CHECKING:
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.tickets import Job

_FIRST = "met"
_FILES = "Classeur Excel (*.xlsx);;PDF (*.pdf);;Word (*.docx);;CSV (*.csv)"
_NAMED = "Classeur Excel (*.xlsx)"
_TILES_SHARE, _DETAIL_SHARE = 11, 10


class PilotagePage(Page):
    """See the module."""

    name = "pilotage"
    title = "Pilotage"
    icon = "bar-chart-2-line"
    shows = frozenset(
        {
            "person", "journey", "journey_exit", "cohort", "site", "attendance", "placement",
            "agreement", "assessment", "loan", "equipment", "reference_item",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.report: ActivityReport | None = None
        self._question: Question | None = None
        """What `report` answers; `_asked` is what is being counted."""
        self._asked: Question | None = None
        self._chosen = _FIRST
        self._lines: tuple[FigureLine, ...] = ()
        self._names: dict[UUID, str] = {}
        self.job: Job | None = None
        self._build()
        self._make_acts()

    def _build(self) -> None:
        self.bar = QuestionBar(self.desk.today)
        self.bar.asked.connect(self.refresh)
        self.paper_button = button("Rapport", icon="article-line", tip="Voir le rapport (Ctrl+R)")
        self.paper_button.setCheckable(True)
        self.paper_button.toggled.connect(self._show_paper)
        self.save_button = button("Enregistrer", "menu", icon="download-2-line")
        self.detail = Detail()
        self.detail.opened.connect(self._open)
        self.detail.copied.connect(self.copy)
        self.detail.table.menu_wanted.connect(self._show_menu)
        self.detail.escaped.connect(self._back_to_tiles)
        self.names_strip = NamesStrip(
            self.desk, lambda: [each.person for each in self.detail.lines()]
        )
        self.names_strip.shown.connect(self._show_names)
        self.detail.names.clicked.connect(self.names_strip.begin)
        self.tiles = Tiles()
        self.tiles.picked.connect(self.choose)
        self.tiles.entered.connect(self._enter_list)
        area = Area("Chiffres de la période")
        area.hold(self.tiles)
        self.paper = PaperPane(self.desk)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.detail)
        self.beside.addWidget(self.paper)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(self.bar, 1)
        for each in (self.paper_button, self.save_button):
            top.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        body = QHBoxLayout()
        body.setSpacing(theme.GAP)
        body.addWidget(area, _TILES_SHARE)
        body.addWidget(self.beside, _DETAIL_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addWidget(self.names_strip)
        column.addLayout(body, 1)

    def _make_acts(self) -> None:
        add = self.desk.actions.add
        see = add(
            "pilotage.report", "Voir le rapport", "Ctrl+R", self.paper_button.toggle,
            menu="Affichage", owner=self,
        )  # fmt: skip
        save = add(
            "pilotage.save", "Enregistrer le rapport…", "Ctrl+Shift+S",
            lambda: self._ask_where(named=False), menu="Fichier", owner=self, after="import",
        )  # fmt: skip
        named = add(
            "pilotage.save-named", "Enregistrer le classeur avec les noms…", "",
            lambda: self._ask_where(named=True), menu="Fichier", owner=self, after="pilotage.save",
        )  # fmt: skip
        printed = add(
            "pilotage.print", "Imprimer le rapport…", "Ctrl+P", self._print, menu="Fichier",
            owner=self, after="pilotage.save-named",
        )  # fmt: skip
        add(
            "pilotage.list-save", "Enregistrer la liste du chiffre…", "", self._save_list,
            menu="Fichier", owner=self, after="pilotage.print",
        )  # fmt: skip
        add(
            "pilotage.list-print", "Imprimer la liste du chiffre…", "", self._print_list,
            menu="Fichier", owner=self, after="pilotage.list-save",
        )  # fmt: skip
        self.names_act = add(
            "pilotage.names", "Voir les noms…", "", self.names_strip.begin, menu="Affichage",
            owner=self, after="pilotage.report",
        )  # fmt: skip
        self.names_act.setVisible(False)
        menu = QMenu(self.save_button)
        for each in (save, named, printed, see):
            menu.addAction(each)
        self.save_button.setMenu(menu)

    def open(self, target: object) -> None:
        """Show the figures as they were left. What has changed since they were counted is told by
        the window (`Page.shows`), but not that the day is another one."""
        if self.report is None or self.report.made_on != self.desk.today():
            self.refresh()
        if self.report is not None:
            self.tiles.tile(self._chosen).setFocus()

    def refresh(self) -> None:
        """Count again, on a snapshot of its own: it may be long, and is given up for a newer."""
        question = self.bar.question()
        try:
            question.period.check()
        except UserError as problem:
            self.desk.fail(problem)
            return

        def count(store: Any, progress: Progress) -> tuple[ActivityReport, Scopes, bool]:
            with store.report() as session:
                found = usecases.pilotage.report_and_scopes(session, question, progress)
                return *found, usecases.looks.are_hidden(store)

        if self.job is not None:
            self.job.cancel()
        self._asked = question
        self.job = self.desk.jobs.maintain(
            self, count, lambda found: self._take(question, *found), self.desk.fail
        )
        self.job.finished.connect(lambda: self._end(question))
        self.desk.watch(self.job, "Calcul des chiffres")

    def _take(
        self, question: Question, report: ActivityReport, scopes: Scopes, hidden: bool
    ) -> None:
        if question != self._asked:
            return
        self.names_act.setVisible(hidden)
        self.detail.names.setVisible(hidden)
        first = self.report is None
        self.report, self._question, self._asked = report, question, None
        self.bar.offer(*scopes)
        self.tiles.show_report(report, self._chosen)
        narrowed = question.site is not None or question.cohort is not None
        self.subtitle_changed.emit(report.scope if narrowed else report.period.text)
        self._look_into()
        if self.paper_button.isChecked():
            self.paper.show_paper(report, "Rapport")
        if first:
            self.tiles.tile(self._chosen).setFocus()

    def _end(self, question: Question) -> None:
        """Given up: what is asked is again what is shown."""
        if self._asked == question and self.job is not None and self.job.stop.is_set():
            self._asked = None
            if self._question is not None:
                self.bar.show_question(self._question)

    def choose(self, code: str) -> None:
        """Look into a figure."""
        self._chosen = code
        self.tiles.choose(code)
        self.paper_button.setChecked(False)
        self._look_into()

    def _look_into(self) -> None:
        if self.report is None or self._question is None:
            return
        code, question = self._chosen, self._question
        figure = self.report.figure(code)
        self.detail.show_figure(figure)
        self.summary_changed.emit(f"{figure.label} : {figure.told or 'non connu'}")

        def read(store: Any, _progress: Progress) -> tuple[FigureLine, ...]:
            with store.report() as session:
                return usecases.pilotage.lines(session, question, code)

        def show(lines: tuple[FigureLine, ...]) -> None:
            if (code, question) == (self._chosen, self._question):
                self._lines = lines
                self.detail.show_lines(under_names(lines, self._names))

        self.desk.jobs.maintain(self, read, show)

    def _show_names(self, names: dict[UUID, str]) -> None:
        self._names |= names
        self.detail.show_lines(under_names(self._lines, self._names))

    def hideEvent(self, event: QHideEvent) -> None:
        """Names that were asked for are shown until the page is left."""
        if self._names:
            self._names = {}
            self.detail.show_lines(self._lines)
        super().hideEvent(event)

    def _enter_list(self) -> None:
        self.paper_button.setChecked(False)
        self.detail.table.setFocus()

    def _back_to_tiles(self) -> None:
        if self.report is not None:
            self.tiles.tile(self._chosen).setFocus()

    def _open(self, line: FigureLine) -> None:
        if not self.desk.sees_people:
            self.desk.fail(NO_FILE)
            return
        order = tuple(dict.fromkeys(each.person for each in self.detail.lines()))
        self.desk.go("person", PersonTarget(line.person, order, origin=self.name))

    def copy(self) -> None:
        """Put the lines selected on the clipboard, as a spreadsheet pastes them."""
        make = self.detail.table.sheet(self.title, alone=True)
        copy_list(self.desk, self, make, len(self.detail.table.selected_rows()))

    def _given(self) -> Given:
        """The list behind the figure, as it is shown."""
        report = self.report
        label = report.figure(self._chosen).label if report is not None else self.title
        about = f"{report.period.text}, {report.scope}" if report is not None else ""
        return Given(self.detail.table.sheet(label, alone=False), label, about, label)

    def _save_list(self) -> None:
        ask_where(self.desk, self, self._given())

    def _print_list(self) -> None:
        print_list(self.desk, self, self._given())

    def _show_menu(self, row_id: UUID, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setDefaultAction(menu.addAction("Ouvrir la fiche", self.detail.table.open_current))
        menu.addSeparator()
        menu.addAction("Copier", QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        for name in ("pilotage.list-save", "pilotage.list-print"):
            menu.addAction(self.desk.actions.get(name))
        menu.popup(point)

    def _show_paper(self, wanted: bool) -> None:
        self.beside.setCurrentWidget(self.paper if wanted else self.detail)
        if wanted and self.report is not None:
            self.paper.show_paper(self.report, "Rapport")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.paper_button.isChecked():
            self.paper_button.setChecked(False)
            self._back_to_tiles()
        else:
            super().keyPressEvent(event)

    def _print(self) -> None:
        self.paper_button.setChecked(True)
        self.paper.print_paper()

    def _ask_where(self, *, named: bool) -> None:
        report = self.report
        if report is None:
            return
        try:
            report.check()
            name = f"{report.file_name}{' (noms)' * named}.xlsx"
            kinds = _NAMED if named else _FILES
            path = file_to_save(self, "Enregistrer le rapport", name, kinds)
        except UserError as problem:
            self.desk.fail(problem)
            return
        if path is not None:
            self.save_to(path, named=named)

    def save_to(self, path: Path, *, named: bool = False) -> None:
        """Write the report to a file, by the end of its name; `named`, with the lists of people."""
        report, question, names = self.report, self._question, dict(self._names)
        if report is None or question is None:
            return

        def write(store: Any, progress: Progress) -> None:
            lists: list[tuple[Figure, tuple[FigureLine, ...]]] = []
            figures = report.figures if named else ()
            with store.report() as session:
                for rank, figure in enumerate(figures):
                    progress.step(rank, len(figures), figure.label)
                    found = usecases.pilotage.lines(session, question, figure.code)
                    lists.append((figure, under_names(found, names)))
                logo = usecases.logo.content(session)
            usecases.pilotage.write(report, path, lists, logo)

        job = self.desk.jobs.maintain(
            self, write, lambda _none: self.desk.tell(f"Enregistré : {path.name}"), self.desk.fail
        )
        self.desk.watch(job, "Rapport")
