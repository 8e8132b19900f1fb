"""A server that is away for hours."""

from __future__ import annotations

from threading import Thread

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.new_person import NewPersonStrip
from connexion_desktop.ui.widgets.banner import Notice
from tests.proxy import Proxy

from .window import Workstation

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


def waited_for(workstation: Workstation, words: str) -> Notice:
    """The notice that begins so."""
    banners = workstation.window.banners

    def noticed() -> str:
        notice = banners.noticed()
        return "" if notice is None else notice.text

    workstation.until(lambda: noticed().startswith(words))
    notice = banners.noticed()
    assert notice is not None
    return notice


def test_what_was_done_since_one_stayed_is_asked_about_before_leaving(
    workstation: Workstation, cable: Proxy
) -> None:
    workstation.open()
    window = workstation.window
    cable.refuse()
    workstation.until(lambda: not window.jobs.answers)
    window.jobs.write(window, lambda _session: None, label="Présences")
    workstation.until(lambda: window.jobs.waiting == 1)
    window.close()
    asked = waited_for(workstation, "Un acte attend le serveur.")
    asked.buttons[0].click()
    window.jobs.write(window, lambda _session: None, label="Présences")
    workstation.until(lambda: window.jobs.waiting == 2)
    window.close()
    again = waited_for(workstation, "2 actes attendent le serveur.")
    assert window.isVisible()
    again.buttons[-1].click()
    workstation.until(lambda: not window.isVisible())


def test_somebody_who_waits_is_not_typed_over(workstation: Workstation, cable: Proxy) -> None:
    workstation.open()
    cable.refuse()
    workstation.until(lambda: not workstation.window.jobs.answers)
    workstation.window.actions_.get("new-person").trigger()
    strip = workstation.window.findChild(NewPersonStrip)
    assert isinstance(strip, NewPersonStrip)
    workstation.qtbot.keyClicks(strip.given, "Chloe")
    workstation.qtbot.keyClick(strip.given, Qt.Key.Key_Return)
    workstation.until(lambda: "déjà connue" in strip.problem.text())
    strip.act_button.click()
    workstation.until(lambda: "dès que le serveur répondra" in strip.problem.text())
    strip.given.selectAll()
    workstation.qtbot.keyClicks(strip.given, "Awa")
    assert strip.given.text() == "Chloe"
    cable.accept()
    workstation.until(lambda: not strip.isVisible())
    workstation.window.actions_.get("new-person").trigger()
    workstation.qtbot.keyClicks(strip.given, "Awa")
    assert strip.given.text() == "Awa"
