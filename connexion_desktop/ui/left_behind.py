"""What closing leaves behind: a worker deaf to it (a server or a keyring that waits) works on, and
what it holds of the window must not end on its thread."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread

_left: list[tuple[Sequence[Thread], object]] = []


def keep_until_they_end(threads: Sequence[Thread], held: object) -> None:
    """Keep `held` while one of these threads is alive, and what was kept before; what is kept for
    threads that have ended by now is let go, on this thread."""
    _left[:] = [kept for kept in (*_left, (threads, held)) if _is_alive(kept[0])]


def _is_alive(threads: Sequence[Thread]) -> bool:
    return any(thread.is_alive() for thread in threads)
