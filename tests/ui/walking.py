"""The real application on the demo base, walked through page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from benchmarks import bases
from connexion_desktop.app import Application
from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.system import secrets
from connexion_desktop.system.log import Log
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.errors import Door
from connexion_desktop.ui.options import Options
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.placements import PlacementsPage

LONG = 30_000


class Walk:
    """The application, walked through."""

    def __init__(self, qtbot: QtBot, application: Application) -> None:
        self._qtbot = qtbot
        self._application = application
        self.window = application.window

    def wait(self) -> None:
        self._qtbot.waitUntil(lambda: self.window.jobs.is_idle, timeout=LONG)

    def until(self, found: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(found, timeout=LONG)

    def go(self, name: str) -> None:
        self.window.go(name, self._first_person() if name == "person" else None)
        self.wait()

    def show_whole(self) -> None:
        """Go on to what a page holds behind its first face: all the fields of a person, a draft."""
        page = self.window.current_page()
        if isinstance(page, PersonPage):
            page.journal.show_details()
            self._qtbot.waitUntil(lambda: page.journal.details.is_ready, timeout=LONG)
        elif isinstance(page, PlacementsPage):
            page.list.view.setCurrentIndex(page.list.model.first())
            self._qtbot.waitUntil(lambda: page.is_whole, timeout=LONG)
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self._qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.wait()

    def close(self) -> None:
        self.window.close()
        self._qtbot.waitUntil(lambda: not self.window.isVisible(), timeout=LONG)

    def release(self) -> None:
        self._application.release()

    def _first_person(self) -> PersonTarget:
        self.go("group")
        group = self.window.current_page()
        assert isinstance(group, GroupPage)
        people = tuple(card.person_id for card in group.model.cards())
        return PersonTarget(people[0], people)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Walk]]:
    """Starts the application on the demo base, to walk through it or to have it photographed."""
    made: list[Application] = []

    def begin(
        images: Path | None = None, *, empty: bool = False, base: bases.DemoBase | None = None
    ) -> Walk:
        demo = base or (_empty(tmp_path) if empty else bases.copy(tmp_path / "demo"))
        door = Door(Log(tmp_path / "journal.log"))
        options = Options(demo.path, demo.key_file, demo.today, images)
        application = Application(qapp, options, Settings(), door)
        made.append(application)
        with qtbot.waitSignal(application.window.painted, timeout=LONG):
            application.show()
        qtbot.waitUntil(lambda: application.window.current_page() is not None, timeout=LONG)
        walk = Walk(qtbot, application)
        walk.wait()
        return walk

    yield begin
    for application in made:
        application.release()
        application.window.finish()


def _empty(folder: Path) -> bases.DemoBase:
    """A base just made, with nothing in it."""
    key = RawKey("5eed" * 16)
    made = bases.DemoBase(folder / "neuve.base", folder / "neuve.cle")
    Database.create(made.path, key, "Les Possibles").close()
    secrets.make_key_file(made.key_file, key)
    return made


@pytest.fixture
def walk(start: Callable[..., Walk]) -> Walk:
    return start()
