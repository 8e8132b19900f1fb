"""A tour of the presences: a half-day of twelve marked at the keyboard, all but one being there."""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.driver import Driven, drive  # before PySide6

# isort: split
from PySide6.QtCore import QEvent, QObject, Qt

from benchmarks.walker import CONTROL, Script, Walker, pause, press, tell
from connexion_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session

Found = dict[str, Any]


def mark_presences() -> None:
    """Mark the half-day that the page comes to, the last person absent; tell how many keys it
    took, what the base holds then, and how long each mark took to be painted."""

    class Marked(Driven):
        def settled(self) -> None:
            found: Found = {}
            self.walker = Walker(
                self.window, _marked(self.window, found), lambda: tell(self.window, found)
            )

    drive(Marked, sys.argv[1:])


class _LastPaint(QObject):
    """When a widget was last painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.at = 0.0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def _marked(window: MainWindow, found: Found) -> Script:
    window.activateWindow()
    window.go("programme")
    yield pause()
    yield lambda: window.jobs.is_idle
    page: Any = window.current_page()
    page.tabs.setCurrentIndex(0)
    for _ in range(2):
        press(Qt.Key.Key_T, CONTROL)
    yield pause()
    yield lambda: window.jobs.is_idle
    pane: Any = page.pane
    people = pane.model.rowCount()
    slot = pane.model.key(pane.view.currentIndex()).slot
    paint, times = _LastPaint(pane.view.viewport()), []
    keys = [Qt.Key.Key_T, *[Qt.Key.Key_Down] * (people - 1), Qt.Key.Key_A]
    for key in keys:
        began = time.perf_counter()
        press(key)
        yield partial(_is_after, paint, began)
        times.append(paint.at - began)
        yield pause(0.05)
    yield lambda: window.jobs.is_idle
    marks = _kept(window, slot.on, slot.half.value)
    yield lambda: bool(marks)
    found |= {"keys": len(keys), "people": people, "times": times, "marks": marks[0]}


def _is_after(paint: _LastPaint, began: float) -> bool:
    return paint.at > began


def _kept(window: MainWindow, on: object, half: str) -> list[dict[str, int]]:
    """How many of each mark the base holds; filled once it is read."""
    found: list[dict[str, int]] = []

    def count(session: Session) -> dict[str, int]:
        import sqlalchemy as sa

        from connexion_desktop.data import models as m

        mark = m.Attendance
        rows = session.execute(
            sa.select(mark.mark, sa.func.count())
            .where(mark.on == on, mark.half == half, mark.deleted_at.is_(None))
            .group_by(mark.mark)
        )
        return {letter: number for letter, number in rows}  # noqa: C416 - rows are no dict

    window.jobs.read(window, count, found.append)
    return found
