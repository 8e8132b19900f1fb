"""Long building on the window's thread, cut so that no key and no click waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_BREATH = 1
"""Between two slices, in ms: two that follow at once may come in one turn of the event loop."""

_SLICE = 0.008
"""How long one turn goes on building, in seconds: half of what a screen takes to draw a picture."""


class Slices(QObject):
    """Goes through `steps` a few at a time, one slice for each turn of the event loop, then calls
    `done`. It ends with its owner."""

    def __init__(self, owner: QObject, steps: Iterator[object], done: Callable[[], object]) -> None:
        super().__init__(owner)
        self._steps = steps
        self._done = done
        self._soon(self._go_on)

    def _soon(self, act: Callable[[], object]) -> None:
        QTimer.singleShot(_BREATH, self, act)

    def _go_on(self) -> None:
        until = perf_counter() + _SLICE
        while perf_counter() < until:
            try:
                next(self._steps)
            except StopIteration:
                self._soon(self._end)
                return
        self._soon(self._go_on)

    def _end(self) -> None:
        self.deleteLater()
        self._done()
