"""The page of a group in the real window, and the keys and clicks of whoever is at it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.board import CardFilter
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.group.page import GroupPage
from tests.factories import TODAY

TWELVE = (
    ("Aïssatou", "Diallo"),
    ("Koffi", "N’Guessan"),
    ("Jean-François", "Martin"),
    ("Elif", "Şahin"),
    ("Maria-José", "Da Silva"),
    ("Océane", "Lefèvre"),
    ("Mamadou", "Traoré"),
    ("Thị Hồng", "Nguyễn"),
    ("Karim", "Benali"),
    ("Siobhán", "O’Connor-Dupuy"),
    ("Olena", "Kovalenko"),
    ("Léo", "Petit"),
)


NO_KEY = Qt.KeyboardModifier.NoModifier


class OtherPage(Page):
    """A page that notes what it was opened on."""

    name = "person"
    title = "Ailleurs"

    opened: object = None

    def open(self, target: object) -> None:
        """Keep the target."""
        self.opened = target


class Bench:
    """The window on a base, and what the tests look at."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, settings: Settings) -> None:
        self._qtbot = qtbot
        specs = (
            PageSpec("group", "Groupe", "team-line", "", self._make_group, in_group=True),
            PageSpec("person", "Personne", "user-line", "", OtherPage, place="group"),
            PageSpec("placements", "Immersions", "briefcase-line", "", OtherPage),
        )
        self._settings = settings
        self.window = MainWindow(specs, jobs, lambda: TODAY)
        self.window.seat("Anne Martin")
        self.window.actions_.add("go-placements", "Immersions", "", lambda: None, menu="Aller")
        self.window.resize(1366, 768)
        self.window.show()
        self.show()

    def _make_group(self, desk: object) -> GroupPage:
        return GroupPage(desk, self._settings)  # type: ignore[arg-type]

    def show(self, target: object = None) -> None:
        """Open the page and wait for its rows."""
        self.window.go("group", target)
        self.wait(lambda: self.page.model.board is not None and self.window.jobs.is_idle)

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=30_000)

    @property
    def page(self) -> GroupPage:
        page = self.window.current_page()
        assert isinstance(page, GroupPage)
        return page

    @property
    def elsewhere(self) -> object:
        """What the other page in front was opened on."""
        page = self.window.current_page()
        assert isinstance(page, OtherPage)
        return page.opened

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        view = self.page.table if self.page.toolbar.table.isChecked() else self.page.cards
        self._qtbot.keyClick(view, key, modifier)

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.page.cards, text)

    def click(self, widget: QPushButton) -> None:
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_card(self, row: int) -> None:
        cards = self.page.cards
        at = cards.visualRect(self.page.model.index(row, 0)).center()
        self._qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def chip(self, kept: CardFilter) -> QPushButton:
        return self.page.toolbar.counters.chip(kept)

    def place(self, row: int) -> QRect:
        """The cell of a card."""
        return self.page.cards.visualRect(self.page.model.index(row, 0))

    def point_at(self, at: QPoint) -> str:
        """What is told of a point of the cards."""
        viewport = self.page.cards.viewport()
        QApplication.sendEvent(
            viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at))
        )
        told = QToolTip.text()
        QToolTip.hideText()
        return told

    def names(self) -> list[str]:
        """The people shown, in their order."""
        return [card.name for card in self.page.model.cards()]

    def current(self) -> str:
        """Whose card or row has the keyboard."""
        row = self.page.model.row_of(self.page.current_person())
        return self.names()[row]
