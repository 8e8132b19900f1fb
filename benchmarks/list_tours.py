"""Tours of what is long: the search and the list of people, typed in and scrolled."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.driver import AfterPaint, Driven, drive  # before PySide6

# isort: split
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from benchmarks.heartbeat import Heartbeat
from benchmarks.walker import CONTROL, PLAIN, Script, Walker, pause, press, tell, write
from connexion_desktop.ui.main_window import MainWindow

QUESTIONS = (
    "aissatou diallo",
    "coulibaly fatoumta",
    "0639980",
    "12/05/1988",
    "pmsmp-2026-7",
    "xqzt",
    "sauvegarder",
)
NAMES = ("diallo", "aïssatou dial", "coul fat", "06 39 98", "talence", "bâ", "xqzt")
"""What is sought in the list, which finds beginnings of words and digits."""

ROUNDS = 3
FRAMES = 240
_NOTCH = 120


def search() -> None:
    """Type several questions in the palette; tell how long each key took to be answered on the
    screen, and the longest gap between two beats while typing."""

    class Sought(Driven):
        def settled(self) -> None:
            self.heart = Heartbeat(self.window)
            self.times: dict[str, list[float]] = {}
            self.walker = Walker(
                self.window, _questions(self.window, self.heart, self.times), self.tell
            )

        def tell(self) -> None:
            self.heart.stop()
            gap = max(self.heart.longest.values(), key=lambda each: each.seconds)
            tell(self.window, {"keys": self.times, "gap": (gap.seconds, gap.where)})

    drive(Sought, sys.argv[1:])


def find_people() -> None:
    """Type several names in the list of people; tell how long each key took to be answered on the
    screen, and the longest gap between two beats while typing. Then scroll it; tell how long each
    frame took, for each way of scrolling."""

    class Found(Driven):
        def settled(self) -> None:
            self.heart = Heartbeat(self.window)
            self.times: dict[str, list[float]] = {}
            self.frames: dict[str, list[float]] = {}
            self.walker = Walker(self.window, self.script(), self.tell)

        def script(self) -> Script:
            self.window.activateWindow()
            began = time.perf_counter()
            press(Qt.Key.Key_2, CONTROL)
            page: Any = self.window.current_page()
            yield lambda: self.window.jobs.is_idle and page.model.rowCount() > 0
            self.times["read"] = [time.perf_counter() - began]
            yield from _scrolled(self.window, page.table, self.frames)
            yield from _names(self.window, page, self.heart, self.times)

        def tell(self) -> None:
            self.heart.stop()
            gap = self.heart.longest["typing"]
            found = {"keys": self.times, "gap": (gap.seconds, gap.where), "frames": self.frames}
            tell(self.window, found)

    drive(Found, sys.argv[1:])


def _names(
    window: MainWindow, page: Any, heart: Heartbeat, times: dict[str, list[float]]
) -> Script:
    """Each name a few times over; a key counts from its press to the paint of who is found."""
    from connexion_desktop.domain.people import Everyone

    everyone = Everyone(page.model.rows())
    begun = {name[: count + 1] for name in NAMES for count in range(len(name))}
    meant = {text: everyone.sought(text) for text in begun}
    press(Qt.Key.Key_F, CONTROL)
    yield pause()
    heart.start("typing")
    for name in NAMES * ROUNDS:
        page.search.clear()
        yield pause()
        for count in range(1, len(name) + 1):
            found = meant[name[:count]]

            def is_shown(found: Sequence[Any] = found) -> bool:
                shown = page.model.rows()
                return len(shown) == len(found) and tuple(shown[:1]) == tuple(found[:1])

            kept = times.setdefault(name[:count], [])
            yield from _painted(window, is_shown, kept, lambda: write(name[count - 1]))  # noqa: B023
            yield pause(0.05)


def _scrolled(window: MainWindow, table: Any, frames: dict[str, list[float]]) -> Script:
    """Down by the wheel, by pages, and by the bar dragged from one end to the other: a frame counts
    from the gesture to its paint, and the next gesture comes at once."""
    bar = table.verticalScrollBar()
    ways: dict[str, Callable[[int], object]] = {
        "wheel": lambda _rank: _turn_wheel(table.viewport()),
        "pages": lambda _rank: press(Qt.Key.Key_PageDown),
        "bar": lambda rank: bar.setValue(bar.maximum() * (rank + 1) // FRAMES),
    }
    for way, gesture in ways.items():
        table.setFocus()
        bar.setValue(0)
        yield pause(0.5)
        kept = frames.setdefault(way, [])
        for rank in range(FRAMES):
            yield from _painted(window, lambda: True, kept, lambda: gesture(rank))  # noqa: B023


def _painted(
    window: MainWindow, ready: Callable[[], bool], kept: list[float], gesture: Callable[[], object]
) -> Script:
    """Do a gesture; keep how long it took until what it asked for was painted."""
    known = len(kept)
    began = time.perf_counter()
    AfterPaint(
        window,
        ready,
        lambda: kept.append(time.perf_counter() - began),
        QEvent.Type.UpdateRequest,
    )
    gesture()
    yield lambda: len(kept) > known


def _turn_wheel(view: Any) -> None:
    middle = QPointF(view.rect().center())
    event = QWheelEvent(
        middle,
        view.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -_NOTCH),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def _questions(window: MainWindow, heart: Heartbeat, times: dict[str, list[float]]) -> Script:
    """Each question a few times over; a key counts from its press to the paint of its answer."""
    from connexion_desktop.ui.palette import Palette

    window.activateWindow()
    press(Qt.Key.Key_K, CONTROL)
    palette: Any = window.findChild(Palette)
    began = time.perf_counter()
    yield lambda: palette.isVisible() and not palette.waiting.isVisible()
    times["read"] = [time.perf_counter() - began]
    yield pause(1)
    heart.start("typing")
    for question in QUESTIONS * ROUNDS:
        palette.line.clear()
        yield pause(0.1)
        for count in range(1, len(question) + 1):
            yield from _key_answered(palette, question[:count], times)


def _key_answered(palette: Any, typed: str, times: dict[str, list[float]]) -> Script:
    kept = times.setdefault(typed, [])
    answered: list[str] = []
    known = len(kept)
    palette.shown.connect(answered.append)
    began = time.perf_counter()
    AfterPaint(
        palette.list.viewport(),
        lambda: typed in answered,
        lambda: kept.append(time.perf_counter() - began),
    )
    write(typed[-1])
    yield lambda: len(kept) > known
    palette.shown.disconnect(answered.append)
    yield pause(0.05)
