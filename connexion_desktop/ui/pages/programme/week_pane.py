"""« Semaine »: a week of the programme, and the way to the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from connexion_desktop.domain.programme_week import week_beside, week_shown
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.pane import Pane
from connexion_desktop.ui.pages.programme.week_grid import WeekGrid
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import button

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.page import ProgrammePage


class WeekPane(Pane):
    """`wanted(monday)` asks for another week, None for that of today."""

    wanted = Signal(object)

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__()
        self._page = page
        self._monday: date | None = None
        self.grid = WeekGrid()
        self.title = Elided("heading")
        self.before = button(
            "", "ghost", icon="arrow-left-s-line", tip="Semaine précédente (Alt+Page↑)"
        )
        self.after = button(
            "", "ghost", icon="arrow-right-s-line", tip="Semaine suivante (Alt+Page↓)"
        )
        self.today = button("Aujourd’hui", tip="La semaine d’aujourd’hui (Alt+Origine)")
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.today.clicked.connect(lambda: self.wanted.emit(None))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addSpacing(theme.SPACE // 2)
        row.addWidget(self.title, 1)
        row.addWidget(self.today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(row)
        column.addWidget(self.grid, 1)

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show the week wanted of the page's programme."""
        self.refresh()

    def refresh(self) -> None:
        """Show the programme as it is by now."""
        programme = self._page.programme
        if programme is None:
            return
        self._monday = week_shown(programme, self._page.day)
        self.title.say(self.grid.show_week(programme, self._monday).told)
        self.today.setVisible(week_shown(programme, None) != self._monday)

    def step(self, weeks: int) -> None:
        """Ask for the next week, or for the one before, as far as the programme goes."""
        programme, monday = self._page.programme, self._monday
        if programme is None or monday is None or not programme.meetings:
            return
        beside = week_beside(programme, monday, weeks)
        if beside != monday:
            self.wanted.emit(beside)
        else:
            which = "dernière" if weeks > 0 else "première"
            self._page.desk.tell(f"C’est la {which} semaine du programme.")

    def current(self) -> UUID | None:
        """The séance that has the keyboard."""
        meeting = self.grid.current()
        return meeting.id if meeting is not None else None

    def put_current(self, meeting_id: UUID) -> None:
        """Give the keyboard to a séance."""
        self.grid.put_current(meeting_id)

    def take_focus(self) -> None:
        """Put the keyboard on the grid."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, on the grid, go to another week too."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in steps and not event.modifiers():
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
