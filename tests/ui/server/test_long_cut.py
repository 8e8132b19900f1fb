"""A server that is away for hours."""

from __future__ import annotations

from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.ui.jobs import Jobs
from tests.proxy import Proxy

HOURS = 20_000
"""How often it is asked in hours whether it is back."""


def test_a_server_away_for_hours_blocks_nobody_who_asks_after_it(
    qtbot: QtBot, jobs: Jobs, far: ServerDatabase, cable: Proxy
) -> None:
    cable.refuse()
    qtbot.waitUntil(lambda: not jobs.answers, timeout=30_000)

    def ask_often() -> None:
        for _each in range(HOURS):
            far.pulse()

    asking = Thread(target=ask_often, daemon=True)
    asking.start()
    asking.join(30)
    assert not asking.is_alive()
    cable.accept()
    qtbot.waitUntil(lambda: jobs.answers, timeout=30_000)


@pytest.mark.logs_an_error
def test_what_fails_on_hearing_of_a_cut_does_not_end_the_listening(
    qtbot: QtBot, jobs: Jobs, far: ServerDatabase, cable: Proxy
) -> None:
    def fail(answers: bool) -> None:
        if not answers:
            raise RuntimeError

    far.links.append(fail)
    cable.refuse()
    qtbot.waitUntil(lambda: not jobs.answers, timeout=30_000)
    cable.accept()
    qtbot.waitUntil(lambda: jobs.answers, timeout=30_000)
