"""Whatever goes wrong ends at one door, told calmly, without anyone's name."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.system.log import Log
from connexion_desktop.ui import errors
from connexion_desktop.ui.errors import Door
from connexion_desktop.ui.widgets.banner import Banners

SECRET = "Aïssatou Diallo"


def bug() -> BaseException:
    try:
        raise KeyError(SECRET)
    except KeyError as problem:
        return problem


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "journal.log")


@pytest.fixture
def door(qapp: QApplication, log: Log) -> Iterator[Door]:
    made = Door(log)
    yield made
    made.remove()


def test_a_report_names_types_and_lines_but_nobody() -> None:
    text = errors.report(bug())
    assert "builtins.KeyError" in text
    assert "test_errors.py:" in text
    assert SECRET not in text
    assert str(Path.home()) not in text


def test_a_report_tells_what_lay_beneath() -> None:
    try:
        try:
            raise OSError(28, SECRET)
        except OSError as cause:
            raise UserError("Le disque est plein.") from cause
    except UserError as problem:
        text = errors.detail(problem)
    assert text.startswith("Le disque est plein.")
    assert "builtins.OSError" in text
    assert SECRET not in text


def test_a_bug_in_a_thread_reaches_the_window_and_the_log(
    qtbot: QtBot, door: Door, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", door._from_thread)

    def fall() -> None:
        raise bug()

    with qtbot.waitSignal(door.crashed) as told:
        thread = threading.Thread(target=fall)
        thread.start()
        thread.join()
    assert "KeyError" in told.args[0]
    written = log.path.read_text(encoding="utf-8")
    assert "KeyError" in written
    assert SECRET not in written


def test_a_user_error_is_shown_in_place_and_a_cancel_is_quiet(qtbot: QtBot, door: Door) -> None:
    crashes: list[str] = []
    door.crashed.connect(crashes.append)
    with qtbot.waitSignal(door.user_error):
        door.take(Cancelled())
        door.take(UserError("Le disque est plein."))
    assert not crashes


def test_a_crash_is_still_told_after_the_next_starts(door: Door, log: Log) -> None:
    def start() -> None:
        door._watch_faults()
        door.remove()

    report, before = (log.path.with_name(name) for name in ("plantage.txt", "plantage.1.txt"))
    for told in ("Segmentation fault", "Bus error"):
        report.write_text(told)
        start()
        start()
        assert before.read_text() == told
    assert report.read_text() == ""


def test_the_same_bug_is_not_told_for_ever(qtbot: QtBot, door: Door) -> None:
    crashes: list[str] = []
    door.crashed.connect(crashes.append)
    same = bug()
    for _ in range(50):
        door.take(same)
    assert len(crashes) == 3


def test_all_the_exits_are_watched_then_given_back(door: Door, log: Log) -> None:
    before = (sys.excepthook, threading.excepthook)
    door.install()
    assert sys.excepthook == door._from_python
    assert threading.excepthook == door._from_thread
    assert sys.unraisablehook == door._from_nowhere
    door.remove()
    sys.excepthook, threading.excepthook = before
    assert sys.unraisablehook is sys.__unraisablehook__


FALLING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from connexion_desktop.system.log import Log
from connexion_desktop.ui.errors import Door
app = QApplication([])
door = Door(Log(Path(sys.argv[1])))
door.install()
door.crashed.connect(lambda text: (print(text), app.quit()))
def fall():
    qWarning("Qt se plaint")
    raise RuntimeError("Aïssatou Diallo")
QTimer.singleShot(0, fall)
app.exec()
door.remove()
"""


def test_a_bug_in_a_slot_and_a_complaint_of_qt_reach_the_door(tmp_path: Path) -> None:
    path = tmp_path / "journal.log"
    done = subprocess.run(
        [sys.executable, "-c", FALLING, path], capture_output=True, encoding="utf-8", check=False
    )
    assert "builtins.RuntimeError" in done.stdout
    assert SECRET not in done.stdout + done.stderr
    written = path.read_text(encoding="utf-8")
    assert "Qt se plaint" in written
    assert "RuntimeError" in written
    assert SECRET not in written


def test_a_banner_says_what_is_safe_and_what_to_do_then_goes(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    assert banners.isHidden()
    problem = UserError("Le disque est plein.", "La base est intacte.", "Libérez de la place.")
    banners.fail(problem)
    banners.fail(problem)
    (shown,) = banners.shown()
    assert shown.accessibleName() == (
        "Le disque est plein. La base est intacte. Libérez de la place."
    )
    shown.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Le disque est plein.")
    shown.close_button.click()
    qtbot.waitUntil(banners.isHidden)


def test_three_banners_at_most_the_newest_on_top(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    for number in range(5):
        banners.fail(UserError(f"Problème {number}."))
    assert {banner.problem.what for banner in banners.shown()} == {
        "Problème 2.",
        "Problème 3.",
        "Problème 4.",
    }


def test_the_log_starts_again_when_it_is_long(log: Log) -> None:
    for _ in range(60):
        log.write("essai", "x" * 20_000)
    assert log.path.stat().st_size < 600_000
    assert log.path.with_suffix(".1.log").exists()


def test_a_log_that_cannot_be_written_hinders_nobody(tmp_path: Path) -> None:
    Log(tmp_path / "absent" / "journal.log").write("essai", "rien")
