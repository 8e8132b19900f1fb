"""How long the window's thread leaves its events waiting, and during what."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

_LATE = 0.025
_LOOKS_EVERY = 0.005


@dataclass(frozen=True, slots=True)
class Gap:
    """`seconds` between two turns of the event loop; `where` in our code it was seen meanwhile."""

    seconds: float
    where: str


class Heartbeat(QObject):
    """Beats at each turn of the event loop, a millisecond apart at least; keeps the longest gap of
    each step of what is done meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest: dict[str, Gap] = {}
        self._step = ""
        self._where = ""
        self._last = time.perf_counter()
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._watch, args=(threading.get_ident(),), daemon=True
        )
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self, step: str) -> None:
        """Begin, with the first step."""
        self.enter(step)
        self._last = time.perf_counter()
        self._timer.start(1)
        self._thread.start()

    def enter(self, step: str) -> None:
        """What comes now belongs to this step."""
        self._step = step
        self.longest.setdefault(step, Gap(0.0, ""))

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()
        self._stopped.set()
        self._thread.join()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap, self._last = now - self._last, now
        if gap > self.longest[self._step].seconds:
            self.longest[self._step] = Gap(gap, self._where)
        self._where = ""

    def _watch(self, watched: int) -> None:
        """On a thread of its own: note where the window's thread is when a beat is late."""
        while not self._stopped.wait(_LOOKS_EVERY):
            if not self._where and time.perf_counter() - self._last > _LATE:
                self._where = _place(watched)


def _place(thread: int) -> str:
    """The innermost of our own functions that a thread is in."""
    frame = sys._current_frames().get(thread)
    while frame is not None:
        path = frame.f_code.co_filename
        if "connexion_desktop" in path:
            return f"{path.rsplit('/', 1)[-1]}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return "Qt"
