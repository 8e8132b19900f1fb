"""The page of a programme in the real window, and what keyboard and mouse do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from benchmarks.bases import TODAY
from connexion_desktop import usecases
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.ui.new_group import NewGroupStrip
from connexion_desktop.ui.pages.programme import ProgrammePage

from ..colleague import nadia, nadia_unheard
from ..hands import Hands, press_right
from ..walking import Walk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NO = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class Programmes(Hands):
    """See the module."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("programme")
        self.wait()

    @property
    def page(self) -> ProgrammePage:
        return self.front(ProgrammePage)

    @property
    def told(self) -> str:
        """What the status line says."""
        return self.window.status.news.text()

    @property
    def refused(self) -> str:
        """What the page says of an act that was refused."""
        (told,) = self.window.banners.shown()
        return told.problem.what

    def heard(self, write: Callable[[usecases.Session], object]) -> None:
        """Nadia saves something at another workstation; this one is told, and has not read it."""
        store = self.window.jobs.store
        assert store is not None
        nadia(store, write)

    def meanwhile(self, write: Callable[[usecases.Session], object]) -> None:
        """The same, read here by now."""
        self.heard(write)
        self.wait()

    def unheard(self, write: Callable[[usecases.Session], object]) -> None:
        """The same, of which nothing is known here yet."""
        store = self.window.jobs.store
        assert store is not None
        nadia_unheard(store, write)

    def choose_group(self, name: str) -> None:
        """Take another group in the header."""
        menu = self.window.header.title.menu()
        (wanted,) = [act for act in menu.actions() if act.text().startswith(name)]
        wanted.trigger()
        self.wait()

    def meetings(self, title: str) -> list[MeetingRow]:
        """The séances of that title, as the page knows them."""
        assert self.page.programme is not None
        return [each for each in self.page.programme.meetings if each.title == title]

    def meeting(self, title: str) -> MeetingRow:
        """The one of that title, the nearest to today."""
        return min(self.meetings(title), key=lambda each: abs((each.on - TODAY).days))

    def go_to(self, title: str) -> MeetingRow:
        """Have a séance in sight, with the keyboard."""
        wanted = self.meeting(title)
        self.page.go_to(wanted.on)
        self.page.week.take_focus()
        self.page.week.put_current(wanted.id)
        return wanted

    def shown(self) -> list[str]:
        """The titles of the week in sight, in their order."""
        placed = self.page.week.grid.placed()
        assert placed is not None
        return [each.title for each in placed.week.meetings]

    def days(self) -> list[date]:
        placed = self.page.week.grid.placed()
        assert placed is not None
        return [day.on for day in placed.week.days]

    def click(self, title: str) -> None:
        grid = self.page.week.grid
        at = self._middle(title)
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
        self.wait()

    def choose_in_menu(
        self, title: str, words: str, *, meanwhile: Callable[[], object] = lambda: None
    ) -> None:
        """Point at a séance, press the right button, and take a line of its menu: once `meanwhile`
        is done."""
        press_right(self.page.week.grid, self._middle(title))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (wanted,) = [each for each in menu.actions() if words in each.text()]
        menu.setActiveAction(wanted)
        meanwhile()
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.wait()
        self.window.activateWindow()  # without a screen nothing gives it the keyboard back
        self.until(self.window.isActiveWindow)

    def drag(self, title: str, by: QPoint) -> None:
        """Draw a séance with the mouse."""
        view, start = self.page.week.grid.viewport(), self._middle(title)
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(view, left, pos=start)
        QTest.mouseMove(view, start + by / 2)
        QTest.mouseMove(view, start + by)
        QTest.mouseRelease(view, left, pos=start + by)
        self.wait()

    def _middle(self, title: str) -> QPoint:
        grid = self.page.week.grid
        row = self.shown().index(title)
        return grid.visualRect(grid.week_model.index(row)).center()


def new_group(programmes: Programmes, day: str, site: str = "Pessac") -> None:
    """A group just made, and its programme."""
    programmes.act("new-group")
    (strip,) = programmes.window.findChildren(NewGroupStrip)
    strip.site.setCurrentText(site)
    strip.day.setFocus()
    programmes.type(day)
    programmes.press(Qt.Key.Key_Return)
    programmes.press(Qt.Key.Key_3, CONTROL)


def draw(programmes: Programmes) -> None:
    QTest.mouseClick(programmes.page.strips.drawing.act_button, Qt.MouseButton.LeftButton)
    programmes.wait()
