"""The papers of a programme, from any of its tabs: sheets to sign, months to send, the way to a
place, calendars. What is made is seen first, then printed or saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.agenda import AgendaOf, Whose
from connexion_desktop.domain.attendance_paper import MADE, AttendancePaper, SheetRequest
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.programme_week import week_shown
from connexion_desktop.ui.file_dialogs import file_to_save
from connexion_desktop.ui.widgets.tips import menu_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from connexion_desktop.documents.text import Stated
    from connexion_desktop.domain.activities import ConsentKind
    from connexion_desktop.domain.agenda import Agenda
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.pages.programme.page import ProgrammePage
    from connexion_desktop.ui.print_preview import Taken

MEETING_SHEET_KEYS = "Ctrl+Shift+L"
_MENU = "Programme"
_KINDS = "Calendrier (*.ics);;PDF (*.pdf)"
_NO_MEETING = "Choisissez d’abord une séance."


class ProgrammePapers(QObject):
    """Adds its acts to the window's."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        for name, title, keys, act in (
            ("sheet-cycle", "Feuilles d’émargement du cycle…", "Ctrl+Shift+E", self.cycle_sheets),
            ("sheet-weeks", "Feuille d’émargement de deux semaines…", "", self.weeks_sheet),
            (
                "sheet-meeting",
                "Feuille d’émargement de la séance…",
                MEETING_SHEET_KEYS,
                self.meeting_sheet,
            ),
            ("road-map", "Feuille de route de la séance…", "", self._road_map),
            ("calendar", "Enregistrer le calendrier…", "", self._calendar),
        ):
            self._desk.actions.add(f"programme.{name}", title, keys, act, menu=_MENU, owner=page)

    def fill_menu(self, menu: QMenu, meeting: MeetingRow) -> None:
        """Put what is about a séance in its context menu."""
        menu.addSeparator()
        keys = QKeySequence(MEETING_SHEET_KEYS)
        menu.addAction("Feuille d’émargement…", keys, self.meeting_sheet)
        menu.addAction("Feuille de route…", self._road_map)
        for whose, who, name in (
            (Whose.LEADER, meeting.leader_id, meeting.leader),
            (Whose.PARTNER, meeting.partner_id, meeting.partner),
        ):
            if who is not None:
                act = partial(self.ask_calendar, AgendaOf(whose, who))
                menu.addAction(menu_text(f"Calendrier de {name}…"), act)

    def cycle_sheets(self) -> None:
        """The sheets of the whole cycle."""
        self._ask_sheet(SheetRequest())

    def weeks_sheet(self) -> None:
        """The sheet of two weeks, from the one in sight."""
        self._ask_sheet(SheetRequest(monday=self.first_monday()))

    def first_monday(self) -> date | None:
        """Where two weeks begin: the week in sight, else the first; None without any."""
        programme = self._page.programme
        if programme is None or not programme.mondays:
            return None
        monday = week_shown(programme, self._page.day)
        return monday if monday in programme.mondays else programme.mondays[0]

    def meeting_sheet(self) -> None:
        """The sheet of the séance that is open, has the keyboard, or is chosen."""
        meeting = self._page.meeting()
        meeting_id = meeting.id if meeting is not None else self._page.pane.meeting_id()
        if meeting_id is None:
            self._desk.tell(_NO_MEETING)
        else:
            self._ask_sheet(SheetRequest(meeting_id=meeting_id))

    def _ask_sheet(self, request: SheetRequest) -> None:
        """Show a sheet as it would be: printing or saving it issues it."""
        query = self._query()
        if query is None:
            return

        def issue(taken: Taken) -> None:
            self._desk.jobs.write(
                self._page,
                lambda session: usecases.attendance_sheets.make(session, query, request),
                lambda paper: self._render(paper, lambda pdf: taken(paper.title, pdf)),
                self._desk.fail,
                label=MADE,
            )

        self._desk.jobs.read(
            self._page,
            lambda session: usecases.attendance_sheets.preview(session, query, request),
            lambda paper: self.show_sheet(paper, None if paper.number else issue),
            self._desk.fail,
        )

    def show_sheet(
        self, paper: AttendancePaper, issue: Callable[[Taken], None] | None = None
    ) -> None:
        """Show a sheet as it is printed; one that is not issued yet is by `issue`."""
        self._render(paper, lambda pdf: self._open(paper.title, pdf, issue))

    def _render(self, paper: AttendancePaper, then: Callable[[bytes], None]) -> None:
        def draw(progress: Progress) -> bytes:
            from connexion_desktop.documents import attendance_pdf

            return attendance_pdf.render(paper, progress)

        self._compute(paper.title, draw, then)

    def month(self, month: Period) -> None:
        """The statement of each of the group for a month."""
        query = self._query()
        if query is None or query.cohort_id is None:
            return
        cohort_id = query.cohort_id
        self._show_stated(
            f"États de présence, {month.text}",
            lambda session: usecases.presence_papers.statements(
                session, cohort_id, month, query.today
            ),
        )

    def certificate(self, journey_id: UUID) -> None:
        """The certificate of somebody of the group."""
        today = self._desk.today()
        self._show_stated(
            "Attestation de présence",
            lambda session: (usecases.presence_papers.certificate(session, journey_id, today),),
        )

    def agreements(self, wanted: Sequence[tuple[UUID, ConsentKind]]) -> None:
        """What some of the group, by their journeys, are to sign."""
        today = self._desk.today()
        self._show_stated(
            "À signer",
            lambda session: tuple(
                usecases.activity_papers.consent(session, journey_id, kind, today)
                for journey_id, kind in wanted
            ),
        )

    def _road_map(self) -> None:
        meeting = self._page.meeting()
        if meeting is None:
            self._desk.tell(_NO_MEETING)
            return
        meeting_id = meeting.id
        self._show_stated(
            "Feuille de route",
            lambda session: (usecases.activity_papers.road_map(session, meeting_id),),
        )

    def _show_stated(
        self, title: str, make: Callable[[usecases.Session], Sequence[Stated]]
    ) -> None:
        """Show papers one after the other, under the association's logo."""
        self._desk.jobs.read(
            self._page,
            lambda session: (make(session), usecases.logo.content(session)),
            lambda found: self._draw(title, *found),
            self._desk.fail,
        )

    def _draw(self, title: str, papers: Sequence[Stated], logo: bytes) -> None:
        def draw(progress: Progress) -> bytes:
            from connexion_desktop.documents import paper_pdf, preview

            made = []
            for rank, paper in enumerate(papers):
                progress.step(rank, len(papers))
                made.append(paper_pdf.render(paper, logo))
            return preview.joined(made)

        self._compute(title, draw, lambda pdf: self._open(title, pdf))

    def _compute(
        self, title: str, draw: Callable[[Progress], bytes], then: Callable[[bytes], None]
    ) -> None:
        job = self._desk.jobs.compute(self._page, draw, then, self._desk.fail)
        self._desk.watch(job, f"Aperçu : {title}")

    def _open(self, title: str, pdf: bytes, issue: Callable[[Taken], None] | None = None) -> None:
        from connexion_desktop.ui.print_preview import PrintPreview

        if self._page.isVisible():
            PrintPreview(self._desk, self._page, title, pdf, issue).open()

    def _calendar(self) -> None:
        query = self._query()
        if query is not None and query.cohort_id is not None:
            self.ask_calendar(AgendaOf(Whose.GROUP, query.cohort_id))

    def ask_calendar(self, asked: AgendaOf) -> None:
        """Save the séances of a group, of who leads them or of a partner."""
        self._desk.jobs.read(
            self._page,
            lambda session: (
                usecases.agendas.read(session, asked),
                usecases.maintenance.association(session),
            ),
            lambda found: self._ask_where(*found),
            self._desk.fail,
        )

    def _ask_where(self, agenda: Agenda, issuer: str) -> None:
        try:
            path = file_to_save(
                self._page, "Enregistrer le calendrier", f"{agenda.sheet.title}.ics", _KINDS
            )
        except UserError as problem:
            self._desk.fail(problem)
            return
        if path is not None:
            self.write_calendar(agenda, issuer, path)

    def write_calendar(self, agenda: Agenda, issuer: str, path: Path) -> None:
        """Write an agenda in the kind that the file's name says."""
        today = self._desk.today()
        job = self._desk.jobs.compute(
            self._page,
            lambda progress: usecases.agendas.write(agenda, path, today, issuer, progress),
            lambda _none: self._desk.tell(f"Enregistré : {path.name}"),
            self._desk.fail,
        )
        self._desk.watch(job, "Enregistrement du calendrier")

    def _query(self) -> BoardQuery | None:
        """The group shown; None where there is none, which is said."""
        programme = self._page.programme
        if programme is None or programme.cohort is None:
            self._desk.tell("Créez d’abord un groupe.")
            return None
        return BoardQuery(programme.cohort.id, self._desk.today())
