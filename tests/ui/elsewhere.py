"""The window with a few pages of a test's own, and a page that stands for the others."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from tests.conftest import AUTHOR
from tests.factories import TODAY


class Elsewhere(Page):
    """Notes what it was opened on."""

    name = "elsewhere"
    title = "Ailleurs"
    target: object = None

    def open(self, target: object) -> None:
        self.target = target


def window_of(qtbot: QtBot, jobs: Jobs, *specs: PageSpec) -> MainWindow:
    """Shown, with the keyboard; whoever asks for it has it finished."""
    window = MainWindow(specs, jobs, lambda: TODAY)
    window.seat(AUTHOR)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    return window
