"""Python's search for garbage ends what it finds on the thread that happens to start it, and a
widget may only end on the window's: it is searched there alone, a little at a time, since every
thread waits meanwhile. What a start makes (modules, classes, pages) stays, so it is spared."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 50
"""In ms."""
_LIMITS = (20_000, 10, 10)
"""How many new objects are searched at once (some 10 ms), and how many searches of a generation
make one of the next."""


def search_on_this_thread(owner: QObject) -> None:
    """Search now and then for as long as `owner` is there."""
    timer = QTimer(owner)
    timer.timeout.connect(search_what_is_due)
    timer.start(_EVERY)


def search_what_is_due() -> None:
    """Search as Python would have by now, had it been let."""
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
