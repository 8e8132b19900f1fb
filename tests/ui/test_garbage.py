"""What is left of a window is ended on the window's thread, whoever makes objects beside it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from threading import Thread, current_thread, main_thread
from weakref import finalize

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.ui import garbage

ENOUGH = 200_000


def throw_away_a_widget(told: Callable[[], object]) -> None:
    """Nobody holds it but itself."""
    widget = QWidget()
    widget.kept = partial(print, widget)  # type: ignore[attr-defined]
    finalize(widget, told)


def test_a_widget_thrown_away_is_never_ended_by_a_worker(qtbot: QtBot) -> None:
    ended: list[Thread] = []
    throw_away_a_widget(lambda: ended.append(current_thread()))
    kept: list[list[int]] = []
    worker = Thread(target=lambda: kept.extend([each] for each in range(ENOUGH)))
    worker.start()
    worker.join()
    assert not ended
    assert len(kept) == ENOUGH
    garbage.search_what_is_due()
    assert ended == [main_thread()]


def test_the_window_searches_for_garbage_by_itself(qtbot: QtBot) -> None:
    ended: list[Thread] = []
    owner = QObject()
    garbage.Search(owner)
    throw_away_a_widget(lambda: ended.append(current_thread()))
    kept = [[each] for each in range(ENOUGH)]
    qtbot.waitUntil(lambda: ended == [main_thread()])
    assert len(kept) == ENOUGH
    owner.deleteLater()


def test_all_there_is_is_searched_once_nobody_is_at_the_keyboard(qtbot: QtBot) -> None:
    ended: list[Thread] = []
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    owner = QObject()
    garbage.Search(owner)
    throw_away_a_widget(lambda: ended.append(current_thread()))
    gc.freeze()
    gc.unfreeze()  # what was new is old
    garbage.search_what_is_due()
    assert not ended
    gc.collect(1)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert ended == [main_thread()]
    owner.deleteLater()


def test_python_searches_nowhere_by_itself() -> None:
    assert not gc.isenabled()
