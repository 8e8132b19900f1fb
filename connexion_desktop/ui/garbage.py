"""Python's search for garbage holds every thread, the window's too: what a start makes (modules,
classes, pages) stays, so it is spared, and what comes since is searched a little at a time."""

from __future__ import annotations

import gc

_USUAL = gc.get_threshold()
_A_LITTLE = 20_000
"""How many new objects are searched at once: some 10 ms."""


def spare_what_is_there() -> None:
    """Search no more what was made until now."""
    gc.freeze()
    gc.set_threshold(_A_LITTLE, 10, 10)


def spare_nothing() -> None:
    """Search everything again, as usual: the window that was spared goes."""
    gc.unfreeze()
    gc.set_threshold(*_USUAL)
