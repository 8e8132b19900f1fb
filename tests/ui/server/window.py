"""The whole application on a server, and who uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.app import Application
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.system import known_servers
from connexion_desktop.system.log import Log
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.errors import Door
from connexion_desktop.ui.options import Options
from connexion_desktop.ui.pages.server.asked import ServerPassword
from tests import servers
from tests.factories import TODAY
from tests.proxy import Proxy

from ..walking import LONG

W = TypeVar("W", bound=QWidget)


class Workstation:
    """One computer of the office: the application, its settings, what it knows of the server."""

    def __init__(self, qtbot: QtBot, folder: Path, team: servers.Office, cable: Proxy) -> None:
        self.qtbot = qtbot
        self.settings = Settings()
        self._folder, self._team, self._cable = folder, team, cable
        self._made: list[Application] = []

    def address(self, hand: servers.Hand = servers.EVERYTHING) -> ServerAddress:
        return replace(self._team.address(hand), port=self._cable.port, name="bureau")

    def know(self, hand: servers.Hand = servers.EVERYTHING) -> None:
        known_servers.put(self.address(hand))

    def start(self, options: Options | None = None) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        wanted = options or Options(server="bureau")
        door = Door(Log(self._folder / "journal.log"))
        self.application = Application(app, wanted._replace(today=TODAY), self.settings, door)
        self._made.append(self.application)
        self.window = self.application.window
        with self.qtbot.waitSignal(self.window.painted, timeout=LONG):
            self.application.show()

    def open(self, hand: servers.Hand = servers.EVERYTHING) -> None:
        """Start on the server and give one's password."""
        self.know(hand)
        self.start()
        self.give_password()
        self.wait_page()

    def give_password(self, password: str = servers.PASSWORD) -> None:
        card = self.card(ServerPassword)
        card.password.insert(password)  # as pasted: keys are of ASCII only
        card.open_button.click()

    def card(self, kind: type[W]) -> W:
        def there() -> bool:
            return isinstance(self.window.stack.currentWidget(), kind)

        self.until(there)
        shown = self.window.stack.currentWidget()
        assert isinstance(shown, kind)
        return shown

    def wait_page(self) -> None:
        self.until(lambda: self.window.current_page() is not None)
        self.wait()

    def wait(self) -> None:
        self.until(lambda: self.window.jobs.is_idle)

    def until(self, found: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(found, timeout=LONG)

    def let_go(self) -> None:
        """The window is closed, and another is about to open in its place."""
        self._made.remove(self.application)
        self.application.release()

    def release(self) -> None:
        for each in self._made:
            each.release()
            each.window.finish()
