"""Two people at once, however slow the machine is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.pages.person import project
from connexion_desktop.ui.pages.placements import hours_line
from connexion_desktop.ui.widgets import bound_field

from ..desks import desk_in

_LONG = 60_000


@pytest.fixture(autouse=True)
def nobody_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is saved on leaving: a colleague always saves before."""
    for room, name in ((bound_field, "PAUSE"), (hours_line, "PAUSE"), (project, "_PAUSE")):
        monkeypatch.setattr(room, name, _LONG)


@pytest.fixture
def desk(qtbot: QtBot, jobs: Jobs) -> Desk:
    """The tools of a strip, or of fields, that stand alone."""
    window = QWidget()
    qtbot.addWidget(window)
    return desk_in(window, jobs)
