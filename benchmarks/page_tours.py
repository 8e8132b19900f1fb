"""Tours of what is done all day: from a page to another, and from a thought to a saved note."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.driver import Driven, drive  # before PySide6

# isort: split
from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from benchmarks.walker import CONTROL, PLAIN, Script, Walker, pause, press, tell, typed
from connexion_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session

ROUNDS = 5
TEXT = "Note mesurée"
_QUIET = 0.08


def switch_pages() -> None:
    """Go to each page that has keys, one after the other, several rounds; tell how long each took
    to be painted with what was read, the first time and the next ones."""

    class Switched(Driven):
        def settled(self) -> None:
            times: dict[str, list[float]] = {}
            self.walker = Walker(
                self.window,
                _rounds(self.window, times),
                lambda: tell(self.window, {"pages": times}),
            )

    drive(Switched, sys.argv[1:])


def write_notes() -> None:
    """Write a note from each place where somebody is chosen; tell how many keys it took besides
    its text, and how long from the last one until the note was in the base."""

    class Noted(Driven):
        def settled(self) -> None:
            notes: dict[str, tuple[int, float]] = {}
            self.walker = Walker(
                self.window, _notes(self.window, notes), lambda: tell(self.window, {"notes": notes})
            )

    drive(Noted, sys.argv[1:])


class _LastPaint(QObject):
    """When the window was last painted whole."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self, self._note)
        return False

    def _note(self) -> None:
        self.at = time.perf_counter()


def _rounds(window: MainWindow, times: dict[str, list[float]]) -> Script:
    window.activateWindow()
    paint = _LastPaint(window)
    acts = [entry for entry in window.actions_.entries("Aller") if entry.id.startswith("go-")]
    assert acts
    for _ in range(ROUNDS):
        for entry in [*acts[1:], acts[0]]:
            name = entry.id.removeprefix("go-")
            keys = _chord(entry.action.shortcuts()[0])
            began = time.perf_counter()
            press(keys.key(), keys.keyboardModifiers())
            yield _painted(window, name, paint, began)
            times.setdefault(name, []).append(paint.at - began)
            yield pause()


def _chord(keys: Any) -> Any:
    """The first key of a sequence, and what is held with it (PySide's stubs do not know it)."""
    return keys[0]


def _painted(window: MainWindow, name: str, paint: _LastPaint, began: float) -> Callable[[], bool]:
    """True once the page is there with what it reads, and nothing was painted for a while."""
    busy = began

    def is_there() -> bool:
        nonlocal busy
        page, now = window.current_page(), time.perf_counter()
        if page is None or page.name != name or window.jobs.is_reading:
            busy = now
        return now - max(paint.at, busy) > _QUIET

    return is_there


def _notes(window: MainWindow, notes: dict[str, tuple[int, float]]) -> Script:
    """From the group with a card chosen, from a person's feed and details, from the list."""
    window.activateWindow()
    group: Any = window.current_page()
    group.cards.setFocus()
    press(Qt.Key.Key_Right)
    yield pause()
    yield from _noted(window, "group", notes)
    yield from _noted(window, "person", notes)
    press(Qt.Key.Key_E, CONTROL)
    yield pause(1)
    yield from _noted(window, "details", notes)
    press(Qt.Key.Key_2, CONTROL)
    yield pause()
    yield lambda: window.jobs.is_idle
    press(Qt.Key.Key_Down)
    yield from _noted(window, "list of people", notes)


def _noted(window: MainWindow, place: str, notes: dict[str, tuple[int, float]]) -> Script:
    """Ctrl+N, the text, Enter: each key besides the text is one. It counts once it is read again
    from the base."""
    text, keys = f"{TEXT} {place}", 0
    before = _kept(window, text)
    yield lambda: bool(before)
    for key, modifier in ((Qt.Key.Key_N, CONTROL), (Qt.Key.Key_Return, PLAIN)):
        if key is Qt.Key.Key_Return:
            yield from typed(text)
        press(key, modifier)
        keys += 1
        yield pause(0.3) if key is Qt.Key.Key_N else lambda: True
    began = time.perf_counter()
    saved: list[float] = []
    window.jobs.after_writes(window, lambda: saved.append(time.perf_counter() - began))
    yield lambda: bool(saved)
    after = _kept(window, text)
    yield lambda: bool(after)
    assert after[0] == before[0] + 1, place
    notes[place] = (keys, saved[0])
    yield pause()


def _kept(window: MainWindow, text: str) -> list[int]:
    """How many notes of that text the base holds; filled once it is read."""
    found: list[int] = []

    def count(session: Session) -> int:
        import sqlalchemy as sa

        from connexion_desktop.data import models as m

        note = sa.select(sa.func.count()).select_from(m.Note).where(m.Note.text == text)
        return session.scalar(note) or 0

    window.jobs.read(window, count, found.append)
    return found
