"""A server that answers no more does not keep a window from closing; what is left of it waits."""

from __future__ import annotations

import threading
from weakref import finalize

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.left_behind import keep_until_they_end


class Held:
    """Something of the window's that a question holds."""


def test_what_a_worker_deaf_to_closing_holds_ends_on_the_windows_thread(
    qtbot: QtBot, far: ServerDatabase
) -> None:
    before = set(threading.enumerate())
    owner, jobs = QObject(), Jobs()
    jobs.attach(far, far.author)
    ended: list[threading.Thread] = []
    begun, answers = threading.Event(), threading.Event()

    def wait(_session: object) -> None:
        begun.set()
        answers.wait()

    def ask(jobs: Jobs) -> None:
        held = Held()
        finalize(held, lambda: ended.append(threading.current_thread()))
        jobs.read(owner, wait, lambda _none: held)

    ask(jobs)
    qtbot.waitUntil(begun.is_set)
    jobs.stop()
    del jobs
    left = [each for each in set(threading.enumerate()) - before if each.name.startswith("read")]
    answers.set()
    for reader in left:
        reader.join()
    assert len(left) == 1
    assert not ended
    keep_until_they_end((), None)
    assert ended == [threading.main_thread()]
