"""Somebody at the window: scripts of real keys and clicks, waited for one after the other."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.driver import give_up  # before PySide6

# isort: split
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from connexion_desktop.ui.main_window import MainWindow

Wait = Callable[[], bool]
Script = Iterator[Wait]

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
_POLL = 2
_STEP_LIMIT = 20.0
_BREATH = 0.25


def tell(window: MainWindow, found: dict[str, Any]) -> None:
    """Print what a tour found, for the process that measures, and close."""
    print(f"MARK {json.dumps(found)}", flush=True)
    window.close()


class Walker(QObject):
    """Walks a script: a generator that acts, then yields what must be true before it goes on."""

    def __init__(self, window: MainWindow, script: Script, on_end: Callable[[], None]) -> None:
        super().__init__(window)
        self._script = script
        self._on_end = on_end
        self._wait: Wait = lambda: True
        self._since = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_POLL)

    def _look(self) -> None:
        if not self._wait():
            if time.perf_counter() - self._since > _STEP_LIMIT:
                frame = self._script.gi_frame  # type: ignore[attr-defined]
                name, line = Path(frame.f_code.co_filename).name, frame.f_lineno
                give_up(f"{name}:{line}: what is waited for does not come")
            return
        self._since = time.perf_counter()
        try:
            self._wait = next(self._script)
        except StopIteration:
            self._timer.stop()
            self._on_end()


def pause(seconds: float = _BREATH) -> Wait:
    """Wait as somebody does between two gestures."""
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= until


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key for whoever has the keyboard."""
    QTest.keyClick(_focus(), key, modifier)


def write(letter: str) -> None:
    """Type one letter, accents too, which QTest does not know."""
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(_focus(), QKeyEvent(kind, 0, PLAIN, letter))


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, PLAIN, widget.rect().center())


def _focus() -> QWidget:
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    if widget is None:
        give_up("nothing has the keyboard")
    return widget


def typed(text: str) -> Script:
    """Type as somebody does who types fast."""
    for letter in text:
        write(letter)
        yield pause(0.03)
