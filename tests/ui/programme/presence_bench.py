"""The presences of a group of twelve in a real window, and the keys of whoever marks them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import CellKey, MarkCell, MarkCells, Slot, act_of
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.programme.presences import PresencesPane
from connexion_desktop.ui.undoing import Undoing
from connexion_desktop.usecases import presences
from tests.conftest import AUTHOR
from tests.factories import TODAY

from ..colleague import nadia_unheard

NO = Qt.KeyboardModifier.NoModifier
MORNING, AFTERNOON = Slot(TODAY, Half.MORNING), Slot(TODAY, Half.AFTERNOON)


class PresencesPage(Page):
    """A page that holds nothing else."""

    name = "programme"
    title = "Programme"
    shows = frozenset({"attendance", "absence_reason", "meeting"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pane = PresencesPane(self)
        column = QVBoxLayout(self)
        column.addWidget(self.pane)

    def open(self, target: object) -> None:
        """Show a group."""
        assert isinstance(target, UUID)
        self.pane.show_group(target, None)
        self.pane.take_focus()

    def refresh(self) -> None:
        self.pane.refresh()

    def flush(self) -> None:
        self.pane.flush()


class Bench:
    """The window, and what the tests look at."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Database, cohort: UUID) -> None:
        self._qtbot, self.database, self.jobs = qtbot, database, jobs
        spec = PageSpec("programme", "Programme", "calendar-2-line", "", PresencesPage)
        self.window = MainWindow((spec,), jobs, lambda: TODAY)
        self.window.seat(AUTHOR)
        self._undoing = Undoing(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        with qtbot.waitExposed(self.window):
            self.window.activateWindow()
        self.window.go("programme", cohort)
        self.settle()
        self.keys = 0

    @property
    def pane(self) -> PresencesPane:
        page = self.window.current_page()
        assert isinstance(page, PresencesPage)
        return page.pane

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.jobs.is_idle)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.jobs.is_idle)

    def press(
        self, *keys: Qt.Key, held: Qt.KeyboardModifier = NO, where: QWidget | None = None
    ) -> None:
        for key in keys:
            self._qtbot.keyClick(where or self.window.focusWidget(), key, held)
            self.keys += 1

    def click(self, widget: QWidget) -> None:
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def click_cell(self, row: int, column: int, held: Qt.KeyboardModifier = NO) -> None:
        at = self.place(row, column)
        self._qtbot.mouseClick(self.pane.view.viewport(), Qt.MouseButton.LeftButton, held, at)

    def place(self, row: int, column: int) -> QPoint:
        view = self.pane.view
        return view.visualRect(self.pane.model.index(row, column)).center()

    def letters(self, slot: Slot = MORNING) -> str:
        """What the grid shows of a half-day, from the top."""
        model = self.pane.model
        column = [each.slot for each in model.columns].index(slot)
        return "".join(
            model.presence(model.index(row, column)).value for row in range(model.rowCount())
        )

    def saved(self, slot: Slot = MORNING) -> list[tuple[Any, ...]]:
        """(given name, mark, late minutes) in the base, by family name."""
        mark, journey, person = m.Attendance, m.Journey, m.Person
        query = (
            sa.select(person.given_name, mark.mark, mark.late_minutes)
            .join(journey, journey.id == mark.journey_id)
            .join(person, person.id == journey.person_id)
            .where(mark.on == slot.on, mark.half == slot.half.value, mark.deleted_at.is_(None))
            .order_by(person.family_name)
        )
        with self.database.read() as session:
            return [tuple(row) for row in session.execute(query)]

    def scalar(self, query: sa.Select[Any]) -> Any:
        with self.database.read() as session:
            return session.scalar(query)

    def current(self) -> tuple[str, Slot]:
        """Who and when has the keyboard."""
        index, model = self.pane.view.currentIndex(), self.pane.model
        return model.people[index.row()].name, model.columns[index.column()].slot

    def colleague_marks(self, row: int, slot: Slot, values: dict[str, Any]) -> None:
        """Nadia marks somebody meanwhile, elsewhere: nobody here is told."""
        key = CellKey(self.pane.model.people[row].journey_id, slot)
        command = MarkCells((MarkCell(key, values),), TODAY)
        nadia_unheard(
            self.database, lambda session: presences.mark(session, command), act_of(values)
        )

    def menu(self) -> QMenu:
        """The menu that is open."""
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu)
        return found
