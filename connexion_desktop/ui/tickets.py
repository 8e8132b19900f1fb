"""What a job is while it is under way: its ticket, its steps, what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from time import monotonic, thread_time
from typing import Any

from PySide6.QtCore import QObject, Signal

from connexion_desktop.domain.errors import Cancelled, UserError

OnDone = Callable[[Any], object]
OnError = Callable[[UserError], object]
_PROGRESS_EVERY = 0.05
_REST = 3.0
_WORTH_A_REST = 0.002
_LONGEST_REST = 0.25


class Job(QObject):
    """A long act under way. `progressed(done, total, label)` and `finished()` come on the
    window's thread."""

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stop = Event()

    def cancel(self) -> None:
        """Ask the act to give up; it does at its next step, and nothing of it is kept."""
        self.stop.set()


class Lane(Enum):
    """Where jobs wait for each other."""

    READ = "read"
    WRITE = "write"
    KEEP = "keep"
    POOL = "pool"


@dataclass(slots=True, eq=False)
class Ticket:
    """One job. Kept by the window's thread until answered: a worker must never hold the last
    reference to a widget, which would be destroyed on the wrong thread."""

    number: int
    lane: Lane
    run: Callable[[], Any]
    owner: QObject
    on_done: OnDone | None
    on_error: OnError | None
    slot: tuple[int, str] | None = None
    job: Job | None = None
    needs_store: bool = True
    writes: bool = False
    gives_way: bool = False
    saves: bool = False
    """Whether it is an act: where the server is out of reach, it waits to be sent again."""

    kept: Event = field(default_factory=Event)
    """Set once what it takes along of a draft is safe on this workstation."""

    settled: Callable[[bool], object] | None = None
    """What follows on the drafts, once it is known whether it was done."""

    answer: Any = None
    problem: BaseException | None = None


class Steps:
    """The Progress of a pool job: told at most twenty times a second.

    Where it `rests`, it does so at its steps, three times as long as it worked: Python runs one
    thread at a time, and while another computes the window paints half as fast.
    """

    def __init__(
        self,
        tell: Callable[[int, int, str], None],
        stop: Event,
        rests: Callable[[], bool] | None = None,
    ) -> None:
        self._tell = tell
        self._stop = stop
        self._next = 0.0
        self._rests = rests
        self._rested_at: float | None = None

    def step(self, done: int, total: int, label: str = "") -> None:
        """How far it is. Raises Cancelled."""
        if self._rests is not None and self._rests():
            self._rest()
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if now >= self._next or done >= total:
            self._next = now + _PROGRESS_EVERY
            self._tell(done, total, label)

    def _rest(self) -> None:
        if self._rested_at is None:
            self._rested_at = thread_time()
        worked = thread_time() - self._rested_at
        if worked >= _WORTH_A_REST:
            self._stop.wait(min(worked * _REST, _LONGEST_REST))
            self._rested_at = thread_time()


def told_of_bug(ticket: Ticket, bug: BaseException) -> UserError:
    """What whoever asked is told of a bug: the report of it goes to the door for errors."""
    writes = ticket.lane is Lane.WRITE or ticket.writes
    told = UserError(
        "Pas enregistré : l’application a rencontré un problème."
        if writes
        else "L’application a rencontré un problème.",
        "Ce qui était enregistré avant est gardé.",
        "Réessayez ; si cela recommence, transmettez le rapport à qui vous dépanne.",
    )
    told.__cause__ = bug
    return told
