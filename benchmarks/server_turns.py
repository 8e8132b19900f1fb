"""What two ways of loading a server share: a minute of turns, and what is told of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 60


@dataclass(slots=True)
class Told:
    """What a process of workstations did: seconds of each save, how many rows it made or changed
    for certain, the errors, its own CPU."""

    saves: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    notes: int = 0
    edits: dict[str, int] = field(default_factory=dict)
    absences: dict[str, bool] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """What the workstations of a process share."""

    folder: Path
    ready: threading.Barrier
    told: Told = field(default_factory=Told)
    lock: threading.Lock = field(default_factory=threading.Lock)


def turns(at: Place) -> Iterator[int]:
    """0, 1, 2… until the time is over, once everybody is there."""
    at.ready.wait()
    end, turn = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        yield turn
        turn += 1


def timed(times: list[float], act: Callable[[], object]) -> None:
    """One more time, that of an act."""
    begun = time.perf_counter()
    act()
    times.append(time.perf_counter() - begun)
