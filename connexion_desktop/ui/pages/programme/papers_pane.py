"""« Papiers »: the sheets to sign and whether they came back, what is noted without a signature,
the month of each for who pays, certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop import usecases
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.french_dates import SHORT_MONTHS, day_number, short_day
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.presence_paper import SentMonth
from connexion_desktop.domain.presences import CellKey
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.signed_sheets import (
    Gap,
    GapKind,
    KnownSheet,
    Sheets,
    SignSheet,
    TellSignature,
    months_of,
)
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.pane import AskingPane
from connexion_desktop.ui.pages.programme.papers_columns import GAP_COLUMNS, sheet_columns
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.rows_table import RowsModel, RowsTable
from connexion_desktop.ui.widgets.tips import put_tip

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.page import ProgrammePage
    from connexion_desktop.ui.pages.programme.papers_strips import SendingStrip, SignatureStrip

_LEAST_TABLE, _WIDEST_CHOICE, _BUTTON = 140, 330, 30
_UNDO = "Ctrl+Z pour annuler"
_KEYS = "Entrée : voir · Espace : revenue signée · M : signature manquante"
_TO_MARK = "Saisissez ces présences (Entrée)."
_NO_SHEET = "Aucune feuille de cette demi-journée n’est revenue : notez-la d’abord (Espace)."


class PapersPane(AskingPane):
    """Enter, on a sheet, shows it again as it was printed; Space says that it came back signed, M
    that a signature is missing. Enter, on a half-day to check, shows its presences; Space says that
    somebody's signature is there after all."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._desk = page.desk
        self._cohort_id: UUID | None = None
        self._is_new = True
        self._is_awaited = False
        self._shown = Sheets(page.desk.today())
        self._sent: dict[Period, SentMonth] = {}
        self.cycle_button = button(
            "Tout le cycle", icon="printer-line", tip="Feuilles du cycle (Ctrl+Maj+E)"
        )
        self.weeks_button = button("Deux semaines", icon="printer-line")
        self.meetings = Combo()
        self.meetings.setAccessibleName("Séance")
        self.meeting_button = button(
            "La séance", icon="printer-line", tip="Feuille de la séance choisie (Ctrl+Maj+L)"
        )
        self.months = Combo()
        self.months.setAccessibleName("Mois")
        self.month_button = button("États du mois", icon="printer-line")
        self.send_button = button(
            "Envoyé…", tip="Le mois est envoyé : ses présences ne changent plus sans motif"
        )
        self._headings: list[QLabel] = []
        self.sent_told = label("", "small", wrap=True)
        self.people = Combo()
        self.people.setAccessibleName("Personne")
        self.certificate_button = button("Attestation", icon="printer-line")
        self.told = label("", "muted")
        self.keys = label(_KEYS, "small", wrap=True)
        self.sheets = RowsModel(
            sheet_columns(lambda: self._today), lambda row: row.told(self._today)
        )
        self.table = RowsTable(self.sheets, "Feuilles d’émargement imprimées")
        self.gaps = RowsModel(GAP_COLUMNS, lambda row: f"{row.slot.told} : {row.told}, {row.names}")
        self.checks = RowsTable(self.gaps, "Demi-journées à vérifier")
        for table in (self.table, self.checks):
            table.show_sorting(0, descending=True)
        for choice in (self.meetings, self.months, self.people):
            choice.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self._build()
        self._listen()

    def _build(self) -> None:
        column = self.scrolled("Papiers")
        column.addLayout(self._acts())
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.told)
        line.addWidget(self.keys, 1)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.checks_heading = label("Saisi, pas signé ; signé, pas saisi", "heading")
        column.addWidget(self.checks_heading)
        column.addWidget(self.checks, 1)
        for table in (self.table, self.checks):
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """A few lines of each table are seen at once, however large the letters; each heading is in
        line with its buttons."""
        for table in (self.table, self.checks):
            table.setMinimumHeight(theme.px(_LEAST_TABLE))
        for heading in self._headings:
            heading.setMinimumHeight(theme.px(_BUTTON))
        self.meetings.setMaximumWidth(theme.px(_WIDEST_CHOICE))

    def _acts(self) -> QGridLayout:
        """What is made, in three lines whose buttons are under one another."""
        sheets = flow(self.cycle_button, self.weeks_button, self.meetings, self.meeting_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.SPACE)
        grid.setColumnStretch(1, 1)
        months = QWidget()
        column = QVBoxLayout(months)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(flow(self.months, self.month_button, self.send_button))
        column.addWidget(self.sent_told)
        for row, (words, line) in enumerate(
            (
                ("Feuilles à signer", sheets),
                ("États de présence", months),
                ("Attestation", flow(self.people, self.certificate_button)),
            )
        ):
            heading = label(words, "heading")
            self._headings.append(heading)
            grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line, row, 1)
        return grid

    def _listen(self) -> None:
        papers = self.page.papers
        self.cycle_button.clicked.connect(papers.cycle_sheets)
        self.weeks_button.clicked.connect(papers.weeks_sheet)
        self.meeting_button.clicked.connect(papers.meeting_sheet)
        self.month_button.clicked.connect(lambda: self._with_month(papers.month))
        self.meetings.currentTextChanged.connect(lambda words: put_tip(self.meetings, words))
        self.months.currentIndexChanged.connect(lambda _place: self._tell_sent())
        self.send_button.clicked.connect(lambda: self._with_month(self._ask_sending))
        self.certificate_button.clicked.connect(self._certificate)
        self.table.opened.connect(self._open)
        self.table.menu_wanted.connect(self._show_menu)
        self.checks.opened.connect(self._go)
        self.table.sorted.connect(lambda *_how: self.table.show_in_order(self._shown.sheets))
        self.checks.sorted.connect(lambda *_how: self.checks.show_in_order(self._shown.gaps))
        self.table.typed.connect(self._take)
        self.checks.menu_wanted.connect(self._show_gap_menu)
        for table, act in ((self.table, self._turn), (self.checks, self._find)):
            space = QShortcut(QKeySequence(Qt.Key.Key_Space), table)
            space.setContext(Qt.ShortcutContext.WidgetShortcut)
            space.activated.connect(lambda table=table, act=act: act(table.current()))

    @cached_property
    def sending(self) -> SendingStrip:
        """The strip for the month that was sent."""
        from connexion_desktop.ui.pages.programme.papers_strips import SendingStrip

        return self.put_strip(SendingStrip(self._desk))

    @cached_property
    def missing(self) -> SignatureStrip:
        """The strip for the signatures that are missing on a sheet."""
        from connexion_desktop.ui.pages.programme.papers_strips import SignatureStrip

        return self.put_strip(SignatureStrip(self._desk))

    # What is shown

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show the papers of a group; what was asked about another's is asked no more."""
        if cohort_id != self._cohort_id:
            self.left.emit()
            if self._cohort_id is not None:
                self._forget()
            self._is_new = True
        self._cohort_id = cohort_id
        self.refresh()

    def _forget(self) -> None:
        """What is in sight is of another group."""
        self._show(Sheets(self._desk.today()), ())
        self.told.clear()

    def refresh(self) -> None:
        """Read them again."""
        cohort_id = self._cohort_id
        if self.page.programme is not None:
            self._offer(self.page.programme)
        if cohort_id is None:
            return
        query = BoardQuery(cohort_id, self._desk.today())
        self._desk.jobs.read(
            self.page,
            lambda session: (
                usecases.attendance_sheets.known(session, query),
                usecases.presence_papers.sent_months(session, cohort_id),
            ),
            lambda found: self._show(*found),
            key="papers",
        )
        if "sending" in self.__dict__:
            self.sending.look()

    def take_focus(self) -> None:
        """Put the keyboard on the sheets, or on the button that makes the first."""
        where = self.table if self._shown.sheets else self.cycle_button
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_awaited = self._shown.cohort_id is None

    @property
    def _today(self) -> date:
        return self._shown.today

    def _show(self, shown: Sheets, months: Sequence[SentMonth]) -> None:
        had_keyboard = self.table.hasFocus() or self.checks.hasFocus()
        self._shown = shown
        self._sent = {each.month: each for each in months}
        self._tell_sent()
        self.told.setText(shown.told)
        self.table.show_in_order(shown.sheets)
        self.checks.show_in_order(shown.gaps)
        for printed in (self.table, self.keys):
            printed.setVisible(bool(shown.sheets))
        for part in (self.checks_heading, self.checks):
            part.setVisible(bool(shown.gaps))
        if self._is_awaited and self.cycle_button.hasFocus():
            self.take_focus()
        self._is_awaited = False
        if had_keyboard and not (self.table.hasFocus() or self.checks.hasFocus()):
            self.take_focus()

    def _tell_sent(self) -> None:
        """Say, beside the month, whether it was sent, since when, and what that locks."""
        sent = self._sent.get(self.months.currentData())
        self.sent_told.setText(sent.told if sent is not None else "")
        self.sent_told.setVisible(sent is not None)

    def _offer(self, programme: Programme) -> None:
        """The months that had séances, the last that is over first chosen; the séances, the next
        one first chosen; whoever is, or was, of the group."""
        monday = self.page.papers.first_monday()
        self.weeks_button.setText(_two_weeks(monday))
        months = months_of(programme)
        _fill(self.months, [(capitalised(each.text), each) for each in months])
        if self._is_new:
            over = (place for place, each in enumerate(months) if each.last < programme.today)
            self.months.setCurrentIndex(next(over, 0))
        meetings = [each for each in programme.own if each.is_standing]
        _fill(self.meetings, [(_named(each), each.id) for each in meetings])
        if self._is_new:
            coming = (place for place, each in enumerate(meetings) if each.on >= programme.today)
            self.meetings.setCurrentIndex(next(coming, len(meetings) - 1))
        _fill(self.people, [(each.name, each.journey_id) for each in programme.people])
        for part in (self.months, self.month_button, self.send_button):
            part.setEnabled(bool(months))
        for choice in (self.meetings, self.meeting_button):
            choice.setEnabled(bool(meetings))
        for other in (self.people, self.certificate_button):
            other.setEnabled(bool(programme.people))
        self._is_new = False

    # What the user asks

    def meeting_id(self) -> UUID | None:
        chosen = self.meetings.currentData()
        return chosen if isinstance(chosen, UUID) else None

    def _with_month(self, act: Callable[[Period], None]) -> None:
        month = self.months.currentData()
        if isinstance(month, Period):
            act(month)

    def _ask_sending(self, month: Period) -> None:
        programme = self.page.programme
        if programme is not None and programme.cohort is not None:
            self.sending.ask(programme.cohort.id, months_of(programme), month)

    def _certificate(self) -> None:
        journey_id = self.people.currentData()
        if isinstance(journey_id, UUID):
            self.page.papers.certificate(journey_id)

    def _sheet(self, sheet_id: UUID | None) -> KnownSheet | None:
        return next((each for each in self._shown.sheets if each.id == sheet_id), None)

    def _open(self, sheet_id: UUID) -> None:
        sheet = self._sheet(sheet_id)
        if sheet is not None:
            self.page.papers.show_sheet(sheet.paper)

    def _turn(self, sheet_id: UUID | None) -> None:
        """The signed sheet came back; or it did not, after all."""
        sheet = self._sheet(sheet_id)
        if sheet is None:
            return
        back = None if sheet.signed_on else self._today
        command = SignSheet(sheet.id, back)
        told = "signée, reçue" if back else "pas encore reçue"
        self._desk.jobs.write(
            self.page,
            lambda session: usecases.attendance_sheets.sign(session, command),
            lambda _none: self._desk.tell(f"{sheet.paper.number} : {told} · {_UNDO}"),
            self._desk.fail,
            label=command.act,
        )

    def _take(self, letter: str) -> None:
        """M: a signature is missing on the sheet that has the keyboard."""
        sheet = self._sheet(self.table.current())
        if letter.upper() == "M" and sheet is not None:
            self.ask_missing(sheet)

    def ask_missing(self, sheet: KnownSheet) -> None:
        """Have the signatures that are not on a sheet told, once it came back."""
        if sheet.signed_on is None:
            self._desk.tell(f"{sheet.paper.number} : notez d’abord qu’elle est revenue (Espace).")
        elif self.page.programme is not None:
            self.missing.ask(sheet, self.page.programme.people)

    def _find(self, gap_id: UUID | None) -> None:
        """Somebody's signature is there after all, be it on a free line."""
        gap = self._gap(gap_id)
        if gap is None:
            return
        if gap.sheet_id is None:
            self._desk.tell(_TO_MARK if gap.kind is GapKind.TO_MARK else _NO_SHEET)
            return
        key = CellKey(gap.people[0].journey_id, gap.slot)
        command = TellSignature(gap.sheet_id, key, is_there=True)
        self._desk.jobs.write(
            self.page,
            lambda session: usecases.attendance_sheets.tell_signature(session, command),
            lambda _none: self._desk.tell(f"{gap.names}, {gap.slot.told} : a signé · {_UNDO}"),
            self._desk.fail,
            label=command.act,
        )

    def _show_gap_menu(self, gap_id: UUID, point: QPoint) -> None:
        gap = self._gap(gap_id)
        if gap is None:
            return
        menu = QMenu(self)
        act = menu.addAction("Voir les présences\tEntrée", partial(self._go, gap_id))
        menu.setDefaultAction(act)
        if gap.sheet_id is not None:
            menu.addAction("A signé\tEspace", partial(self._find, gap_id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _gap(self, gap_id: UUID | None) -> Gap | None:
        return next((each for each in self._shown.gaps if each.id == gap_id), None)

    def _show_menu(self, sheet_id: UUID, point: QPoint) -> None:
        sheet = self._sheet(sheet_id)
        if sheet is None:
            return
        menu = QMenu(self)
        menu.setDefaultAction(menu.addAction("Voir\tEntrée", partial(self._open, sheet_id)))
        words = "Pas encore reçue" if sheet.signed_on else "Signée, reçue"
        menu.addAction(f"{words}\tEspace", partial(self._turn, sheet_id))
        if sheet.signed_on is not None:
            menu.addAction("Signature manquante…\tM", partial(self.ask_missing, sheet))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _go(self, gap_id: UUID) -> None:
        gap = self._gap(gap_id)
        if gap is not None:
            self.page.show_presences(gap.slot.on)


def _named(meeting: MeetingRow) -> str:
    """« mar. 21 avr. matin · Mon pitch »."""
    halves = " et ".join(half.label for half in meeting.halves)
    return f"{short_day(meeting.on)} {halves} · {meeting.title}"


def _two_weeks(monday: date | None) -> str:
    """« Deux semaines, du 7 déc. »."""
    if monday is None:
        return "Deux semaines"
    return f"Deux semaines, du {day_number(monday)} {SHORT_MONTHS[monday.month - 1]}"


def _fill(combo: Combo, choices: Sequence[tuple[str, object]]) -> None:
    """Offer these choices; what was chosen stays if it is among them."""
    kept = combo.currentData()
    combo.clear()
    for words, data in choices:
        combo.addItem(words, data)
    places = [place for place, (_, data) in enumerate(choices) if data == kept]
    combo.setCurrentIndex(places[0] if places else min(0, len(choices) - 1))
