"""« Cycle »: all the séances of a programme, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme_week import day_name
from connexion_desktop.domain.weeks import week_rank
from connexion_desktop.ui.pages.programme.pane import Pane
from connexion_desktop.ui.pages.programme.words import TINTS, clashes_told
from connexion_desktop.ui.widgets.rows_table import RowColumn, RowsModel, RowsTable, in_order

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.pages.programme.page import ProgrammePage

_COLUMNS = "programme.columns"
_DAY = 1


class CyclePane(Pane):
    """Sorted by its columns; by day at first. `chosen(id)` when another row has the keyboard."""

    chosen = Signal(object)

    def __init__(self, page: ProgrammePage, settings: Settings) -> None:
        super().__init__()
        self._page = page
        self._mondays: Sequence[date] = ()
        self._sorting = (_DAY, False)
        self.model = RowsModel(self._columns(), lambda row: row.told())
        self.table = RowsTable(self.model, "Séances du cycle")
        if kept := settings.text(_COLUMNS):
            self.table.put_columns(kept)
        self.table.columns_changed.connect(lambda: settings.put(_COLUMNS, self.table.columns()))
        self.table.sorted.connect(self._sort)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_current())
        self.table.show_sorting(_DAY, descending=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show the séances of the page's programme."""
        self.refresh()

    def refresh(self) -> None:
        """Show the programme as it is by now; the row that has the keyboard keeps it."""
        programme = self._page.programme
        if programme is None:
            return
        self._mondays = programme.mondays
        kept, selected = self.table.current(), self.table.selected()
        column, descending = self._sorting
        rows = in_order(programme.own, self.model.columns[column], descending=descending)
        self.model.show_rows(rows)
        self.table.put_current(kept, anew=False)
        self.table.put_selected(selected)

    def current(self) -> UUID | None:
        """The séance that has the keyboard."""
        return self.table.current()

    def put_current(self, meeting_id: UUID) -> None:
        """Give the keyboard to a séance."""
        self.table.put_current(meeting_id, anew=False)

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_current(self) -> None:
        current = self.current()
        if current is not None:
            self.chosen.emit(current)

    def _sort(self, column: int, descending: bool) -> None:
        self._sorting = (column, descending)
        self.refresh()

    def _columns(self) -> Sequence[RowColumn[MeetingRow]]:
        return (
            RowColumn(
                "Semaine", 80, self._week, lambda row: monday_of(row.on).toordinal(), spared=True
            ),
            RowColumn(
                "Jour",
                150,
                lambda row: day_name(row.on),
                lambda row: row.on,
            ),
            RowColumn("Heures", 136, lambda row: row.hours, lambda row: (row.start, row.end)),
            RowColumn("Séance", 226, lambda row: row.title, bold=True),
            RowColumn("Sorte", 100, lambda row: row.kind_told, spared=True),
            RowColumn("Lieu", 116, lambda row: row.place, spared=True),
            RowColumn("Animateur", 120, lambda row: row.leader, spared=True),
            RowColumn("Partenaire", 124, lambda row: row.partner, spared=True),
            RowColumn(
                "Attendus",
                80,
                lambda row: str(len(row.people)),
                lambda row: len(row.people),
                spared=True,
            ),
            RowColumn("État", 88, lambda row: row.state.label, tint=lambda row: TINTS[row.state]),
            RowColumn(
                "À vérifier",
                170,
                self._wrong,
                ink=lambda _row: "red",
                spared=True,
                in_sight=True,
            ),
        )

    def _week(self, row: MeetingRow) -> str:
        return str(week_rank(self._mondays, row.on) or "")

    def _wrong(self, row: MeetingRow) -> str:
        programme = self._page.programme
        return " · ".join(clashes_told(programme, row)) if programme is not None else ""
