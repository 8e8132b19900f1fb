"""Python's search for garbage ends what it finds on the thread that happens to start it, and a
widget may only end on the window's: it is searched there alone, a little at a time, since every
thread waits meanwhile; and through all there is once nobody is at the keyboard. What a start makes
(modules, classes, pages) stays, so it is spared."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY = 50
"""In ms."""
_LIMITS = (20_000, 1, 400)
"""How many new objects are searched at once (some 10 ms), and how many searches of a generation
make one of the next; the last, through all there is, may hold the window for long."""


class Search(QObject):
    """Searches now and then for as long as `owner` is there."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        timer = QTimer(self)
        timer.timeout.connect(search_what_is_due)
        timer.start(_EVERY)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._look)

    def _look(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationInactive and gc.get_count()[2]:
            gc.collect()


def search_what_is_due() -> None:
    """Search what is newest, once there is enough of it."""
    made = gc.get_count()
    if made[0] <= _LIMITS[0]:
        return
    for generation in (2, 1, 0):
        if made[generation] > _LIMITS[generation]:
            gc.collect(generation)
            return


def spare_what_is_there() -> None:
    """Search no more what was made until now."""
    gc.freeze()


def spare_nothing() -> None:
    """Search everything again, as usual: the window that was spared goes."""
    gc.unfreeze()
