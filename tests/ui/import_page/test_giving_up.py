"""Giving up, interrupting, and closing while an import is under way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.system import folders
from connexion_desktop.ui.closing import Closing
from tests.usecases.importing import stamp
from tests.workbooks import PEOPLE, PEOPLE_HEADINGS, person, save_csv

from ..elsewhere import Elsewhere
from .bench import LEFT, LONG, PLAIN, Bench, count

# --- giving up ---------------------------------------------------------------------------------


def test_escape_goes_back_to_the_group_and_keeps_the_file_and_its_columns(bench: Bench) -> None:
    bench.drop(bench.office())
    corrected = bench.form.plans[:1]
    bench.form.columns.corrected.emit(corrected)
    bench.settle()
    bench.key(Qt.Key.Key_Escape)
    assert isinstance(bench.window.current_page(), Elsewhere)
    assert "« suivi.xlsx » reste ouvert" in bench.window.status.news.text()
    bench.window.go("import")
    assert bench.form.isVisible()
    assert bench.form.plans == corrected


def test_what_is_said_of_a_file_held_over_the_window_goes_once_it_is_let_go(bench: Bench) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bench.office()))])
    enter = QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(bench.window, enter)
    assert "Lâchez" in bench.window.status.news.text()
    QApplication.sendEvent(bench.window, QDragLeaveEvent())
    assert bench.window.status.news.text() == ""
    bench.drop(bench.office())
    assert bench.window.status.news.text() == ""


def test_abandoning_goes_back_to_the_group_and_writes_nothing(bench: Bench) -> None:
    before = stamp(bench.database)
    bench.drop(bench.office())
    bench.click(bench.form.give_up)
    assert isinstance(bench.window.current_page(), Elsewhere)
    assert stamp(bench.database) == before
    bench.window.go("import")
    assert bench.page.welcome.isVisible()


@contextmanager
def importing(bench: Bench, qtbot: QtBot) -> Iterator[None]:
    """An import under way: it waits for somebody else's save."""
    with bench.database.scratch() as session:
        session.connection()
        qtbot.mouseClick(bench.form.import_button, LEFT)
        qtbot.waitUntil(bench.form.progress.isVisible, timeout=10_000)
        yield
    bench.settle()


def test_interrupting_an_import_leaves_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.drop(bench.office())
    before = stamp(bench.database)
    with importing(bench, qtbot):
        assert not bench.form.import_button.isEnabled()
        assert not bench.form.table.isEnabled()
        assert bench.form.progress.cancel.text() == "Interrompre"
        qtbot.mouseClick(bench.form.progress.cancel, LEFT)
    assert stamp(bench.database) == before
    assert count(bench.database) == 0
    assert bench.form.isVisible()
    assert bench.form.import_button.isEnabled()
    assert bench.form.table.isEnabled()
    assert "rien n’a été écrit" in bench.window.status.news.text()
    bench.click(bench.form.import_button)
    assert count(bench.database) == 8


def test_escape_during_the_import_interrupts_it(bench: Bench, qtbot: QtBot) -> None:
    bench.drop(bench.office())
    with importing(bench, qtbot):
        qtbot.keyClick(bench.form, Qt.Key.Key_Escape)
    assert count(bench.database) == 0
    assert bench.form.isVisible()


def test_a_file_dropped_during_the_import_does_not_disturb_it(bench: Bench, qtbot: QtBot) -> None:
    bench.drop(bench.office())
    other = save_csv(bench.folder / "autre.csv", [PEOPLE_HEADINGS, PEOPLE[0]])
    with importing(bench, qtbot):
        bench.window.go("import", other)
        assert bench.form.isVisible()
    assert count(bench.database) == 8
    assert bench.report.isVisible()


# --- closing while an import is under way ------------------------------------------------------


def import_then_close(bench: Bench, *, times: int) -> Closing:
    """Import three hundred people more, and ask the window to close before it ends."""
    closes = Closing(bench.window, lambda: bench.database.path)
    more = (person(NOM=f"ROUX-{rank:03}", Prénom="Inès") for rank in range(300))
    bench.drop(bench.office(*more))
    QTest.mouseClick(bench.form.import_button, LEFT)
    for _ in range(times):
        bench.window.close()
    return closes


def test_closing_during_an_import_waits_for_it_and_says_so(qtbot: QtBot, bench: Bench) -> None:
    closes = import_then_close(bench, times=1)
    assert bench.window.isVisible()
    assert "la fenêtre se fermera à la fin" in bench.window.status.news.text()
    qtbot.waitSignal(closes.closed, timeout=LONG).wait()
    assert not bench.window.isVisible()
    assert count_again(bench.database) == 308
    assert list(folders.backup_folder(bench.database.path).glob("*.base"))


def test_closing_twice_during_an_import_interrupts_it_and_nothing_is_written(
    qtbot: QtBot, bench: Bench
) -> None:
    closes = import_then_close(bench, times=2)
    qtbot.waitSignal(closes.closed, timeout=LONG).wait()
    assert count_again(bench.database) == 0


def count_again(database: Database) -> int:
    """Who is in a base that the window has let go."""
    with closing(Database.open(database.path, database.key)) as again:
        return count(again)
