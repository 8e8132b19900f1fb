"""« Année »: every group and every conseiller on one view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from connexion_desktop import usecases
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.year_view import YearPlan, year_of
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.pane import Pane
from connexion_desktop.ui.pages.programme.year_grid import YearGrid
from connexion_desktop.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from connexion_desktop.domain.groups import GroupRow
    from connexion_desktop.ui.pages.programme.page import ProgrammePage


class YearPane(Pane):
    """Enter shows the programme of a group, at the week that is right today."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__()
        self._page = page
        self._year: int | None = None
        self._cohort: UUID | None = None
        self._groups: tuple[GroupRow, ...] = ()
        self._plan = YearPlan()
        self.grid = YearGrid()
        self.grid.opened.connect(self._open)
        self.title = label("", "heading", wrap=True)
        self.before = button("", "ghost", icon="arrow-left-s-line", tip="Année précédente")
        self.after = button("", "ghost", icon="arrow-right-s-line", tip="Année suivante")
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addSpacing(theme.SPACE // 2)
        row.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(row)
        column.addWidget(self.grid, 1)

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show the year of a day, with that group in it."""
        self._cohort = cohort_id
        self._year = (day or self._page.desk.today()).year
        self.refresh()

    def refresh(self) -> None:
        """Read the groups again."""
        today = self._page.desk.today()
        self._page.desk.jobs.read(
            self,
            lambda session: usecases.year.load(session, today),
            self._take,
            self._page.desk.fail,
            key="groups",
        )

    def step(self, weeks: int) -> None:
        """Go to the next year, or to the one before."""
        if self._year is not None:
            self._year += 1 if weeks > 0 else -1
            self._show()

    def record(self) -> RecordRef | None:
        current = self.grid.current()
        return RecordRef("group", current) if current is not None else None

    def take_focus(self) -> None:
        """Put the keyboard on the groups."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, found: tuple[tuple[GroupRow, ...], YearPlan]) -> None:
        self._groups, self._plan = found
        self._show()

    def _show(self) -> None:
        if self._year is None:
            return
        is_past = self._year < self._page.desk.today().year
        view = year_of(self._groups, self._year, None if is_past else self._plan)
        self.title.setText(view.told)
        self.grid.show_year(view, self._page.desk.today(), self._cohort)

    def _open(self, cohort_id: UUID) -> None:
        self._page.tabs.setCurrentIndex(0)
        self._page.open(cohort_id)
        self._page.go_to_today()
