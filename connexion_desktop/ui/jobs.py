"""The only door to threads: what reads or writes the store, or takes long, goes through here.

One reader, one writer (so that a slow read never delays a save) and a small pool for what needs no
session. Jobs asked for before the store is open wait for it. Answers come back on the window's
thread; those of a destroyed widget, or that a newer question overtook, are dropped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from itertools import count
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Progress

if TYPE_CHECKING:
    from uuid import UUID

    from connexion_desktop.domain.acts import Act, Changes
    from connexion_desktop.usecases import Session

T = TypeVar("T")
OnDone = Callable[[Any], object]
OnError = Callable[[UserError], object]

_POOL_SIZE = 2
_PROGRESS_EVERY = 0.05
_PATIENCE = 10.0


class Store(Protocol):
    """What the jobs need of the base; the use cases own the real one."""

    listeners: list[Callable[[Changes], None]]
    base_id: UUID

    def read(self) -> AbstractContextManager[Session]:
        """A session that only reads, rolled back at the end."""

    def write(self, act: Act) -> AbstractContextManager[Session]:
        """One unit of work, committed on a clean exit."""

    def scratch(self) -> AbstractContextManager[Session]:
        """A unit of work for drafts alone: no audit, nobody is told."""

    def close(self) -> None:
        """Let the file go."""


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


class _Lane(Enum):
    READ = "read"
    WRITE = "write"
    POOL = "pool"


@dataclass(slots=True, eq=False)
class _Ticket:
    """One job. Kept by the window's thread until answered: a worker must never hold the last
    reference to a widget, which would be destroyed on the wrong thread."""

    number: int
    lane: _Lane
    run: Callable[[], Any]
    owner: QObject
    on_done: OnDone | None
    on_error: OnError | None
    slot: tuple[int, str] | None = None
    job: Job | None = None
    needs_store: bool = True
    writes: bool = False
    answer: Any = None
    problem: BaseException | None = None


class _Steps:
    """The Progress of a pool job: told at most twenty times a second."""

    def __init__(self, tell: Callable[[int, int, str], None], stop: Event) -> None:
        self._tell = tell
        self._stop = stop
        self._next = 0.0

    def step(self, done: int, total: int, label: str = "") -> None:
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if now >= self._next or done >= total:
            self._next = now + _PROGRESS_EVERY
            self._tell(done, total, label)


class Jobs(QObject):
    """See the module. `failed` carries the UserError that no caller wanted for itself.

    A bug goes to the door for errors; who asked is given a UserError too, to give back what was
    typed."""

    changed = Signal(object)
    failed = Signal(object)

    _answered = Signal(int)
    _stepped = Signal(int, int, int, str)
    _heard = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._author = ""
        self._numbers = count(1)
        self._tickets: dict[int, _Ticket] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._queues: dict[_Lane, SimpleQueue[int]] = {lane: SimpleQueue() for lane in _Lane}
        self._threads: list[Thread] = []
        self._waiting: list[int] = []
        self._changes: set[tuple[str, UUID]] = set()
        self._lock = Lock()
        self._stopped = False
        self._refusals = 0
        self._answered.connect(self._deliver)
        self._stepped.connect(self._show_step)
        self._heard.connect(self._tell_changes)

    def attach(self, store: Store, author: str) -> None:
        """Give the open store; what waited for it starts. `author` signs the acts."""
        self._store = store
        self._author = author
        store.listeners.append(self._hear)
        for lane in (_Lane.READ, _Lane.WRITE):
            self._start_thread(lane)
        for number in self._waiting:
            self._queues[_Lane.POOL].put(number)
        self._waiting.clear()

    @property
    def is_idle(self) -> bool:
        """Whether nothing asked for is still to be answered."""
        return not self._tickets

    @property
    def is_reading(self) -> bool:
        """Whether something asked of the store is still to be answered."""
        return any(ticket.lane is _Lane.READ for ticket in self._tickets.values())

    @property
    def refusals(self) -> int:
        """How many acts of writing have failed so far: what they held is not saved."""
        return self._refusals

    @property
    def long_write(self) -> Job | None:
        """The long act under way that writes in the base (an import), if there is one."""
        return next((each.job for each in self._tickets.values() if each.writes), None)

    @property
    def store(self) -> Store | None:
        """The open store; None before `attach` and after `stop`."""
        return self._store

    def read(
        self,
        owner: QObject,
        act: Callable[[Session], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        key: str = "",
    ) -> None:
        """Run `act` in a reading session. With a key, a newer read of the same owner and key
        overtakes this one, whose answer is then dropped."""

        def run() -> T:
            with self._open_store().read() as session:
                return act(session)

        ticket = self._ticket(_Lane.READ, run, owner, on_done, on_error)
        if key:
            ticket.slot = (id(owner), key)
            self._latest[ticket.slot] = ticket.number
        self._enqueue(ticket)

    def write(
        self,
        owner: QObject,
        act: Callable[[Session], T],
        on_done: Callable[[T], object] | None = None,
        on_error: OnError | None = None,
        *,
        label: str,
    ) -> UUID:
        """Run `act` in one unit of work, even if its owner is gone by then. `label` names the act
        in the undo menu and in the journal, and nobody. Returns the command's id.

        An act that somebody else's save crosses is run again, on what is there by then: it must
        hold no more than its command."""
        from uuid import uuid4

        from connexion_desktop.domain.acts import Act

        command_id = uuid4()

        def run() -> T:
            from connexion_desktop.usecases.saving import save

            return save(self._open_store(), Act(self._author, label, command_id), act)

        self._enqueue(self._ticket(_Lane.WRITE, run, owner, on_done, on_error))
        return command_id

    def draft(self, owner: QObject, act: Callable[[Session], object]) -> None:
        """Keep or drop what is being typed: run `act` in a session for drafts, on the writer."""

        def run() -> None:
            with self._open_store().scratch() as session:
                act(session)

        self._enqueue(self._ticket(_Lane.WRITE, run, owner, None, None))

    def keep_picture(self, owner: QObject, act: Callable[[Session], object]) -> None:
        """Keep what can be made again: run `act` in a session for drafts, on the writer. Whatever
        goes wrong only goes to the log: nothing of the user's is lost."""

        def run() -> None:
            try:
                with self._open_store().scratch() as session:
                    act(session)
            except Exception:  # an older base, a full disk, a bug: just no picture
                import logging

                logging.getLogger(__name__).warning("no picture kept", exc_info=True)

        self._enqueue(self._ticket(_Lane.WRITE, run, owner, None, None))

    def compute(
        self,
        owner: QObject,
        act: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
    ) -> Job:
        """Run a long act that needs no session, in the pool."""
        return self._pooled(owner, act, on_done, on_error, needs_store=False)

    def maintain(
        self,
        owner: QObject,
        act: Callable[[Any, Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        writes: bool = False,
    ) -> Job:
        """Run a long act that needs the base itself (import, backup), in the pool. The act is
        given the open `Database`, which only the use cases know by its type. One that `writes` is
        waited for before the window closes."""

        def run(progress: Progress) -> T:
            return act(self._open_store(), progress)

        return self._pooled(owner, run, on_done, on_error, needs_store=True, writes=writes)

    def after_writes(self, owner: QObject, on_done: Callable[[], object]) -> None:
        """Call back when every write asked for so far is committed (or failed)."""
        ticket = self._ticket(_Lane.WRITE, lambda: None, owner, lambda _none: on_done(), None)
        self._enqueue(ticket)

    def stop(self) -> None:
        """Finish every write asked for, drop the reads, cancel the rest. Answers not yet delivered
        are dropped. A pool job deaf to cancelling (a keyring that waits) is left behind."""
        if self._stopped:
            return
        self._stopped = True
        for ticket in list(self._tickets.values()):
            if ticket.job is not None:
                ticket.job.cancel()
        for thread in self._threads:
            self._queues[_Lane(thread.name.split("-")[0])].put(0)
        for thread in self._threads:
            thread.join(_PATIENCE if thread.daemon else None)
        self._tickets.clear()
        if self._store is not None:
            self._store.listeners.remove(self._hear)
            self._store = None

    def _pooled(
        self,
        owner: QObject,
        act: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None,
        *,
        needs_store: bool,
        writes: bool = False,
    ) -> Job:
        job = Job()
        number = next(self._numbers)
        steps = _Steps(
            lambda done, total, label: self._stepped.emit(number, done, total, label), job.stop
        )
        ticket = _Ticket(number, _Lane.POOL, lambda: act(steps), owner, on_done, on_error)
        ticket.job = job
        ticket.needs_store = needs_store
        ticket.writes = writes
        self._enqueue(ticket)
        return job

    def _ticket(
        self,
        lane: _Lane,
        run: Callable[[], Any],
        owner: QObject,
        on_done: OnDone | None,
        on_error: OnError | None,
    ) -> _Ticket:
        return _Ticket(next(self._numbers), lane, run, owner, on_done, on_error)

    def _enqueue(self, ticket: _Ticket) -> None:
        if self._stopped:
            return
        self._tickets[ticket.number] = ticket
        if ticket.lane is _Lane.POOL:
            if ticket.needs_store and self._store is None:
                self._waiting.append(ticket.number)
                return
            if sum(thread.name.startswith("pool") for thread in self._threads) < _POOL_SIZE:
                self._start_thread(_Lane.POOL)
        self._queues[ticket.lane].put(ticket.number)

    def _start_thread(self, lane: _Lane) -> None:
        name = f"{lane.value}-{len(self._threads)}"
        thread = Thread(target=self._serve, args=(lane,), name=name, daemon=lane is _Lane.POOL)
        self._threads.append(thread)
        thread.start()

    def _serve(self, lane: _Lane) -> None:
        while number := self._queues[lane].get():
            self._work(number)
            self._answered.emit(number)

    def _work(self, number: int) -> None:
        """On a worker. Keeps nothing of the ticket once it returns."""
        ticket = self._tickets[number]
        if ticket.lane is not _Lane.WRITE and (self._stopped or self._is_stale(ticket)):
            ticket.problem = Cancelled()
            return
        try:
            ticket.answer = ticket.run()
        except BaseException as problem:  # noqa: BLE001 - raised again on the window's thread
            ticket.problem = problem

    def _is_stale(self, ticket: _Ticket) -> bool:
        if ticket.slot is not None and self._latest.get(ticket.slot) != ticket.number:
            return True
        return not isValid(ticket.owner)

    def _deliver(self, number: int) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is None:
            return
        stale = self._is_stale(ticket)
        if ticket.slot is not None and self._latest.get(ticket.slot) == number:
            del self._latest[ticket.slot]
        if ticket.job is not None:
            ticket.job.finished.emit()
        if ticket.problem is not None:
            self._deliver_problem(ticket, ticket.problem, stale)
        elif not stale and ticket.on_done is not None:
            try:
                ticket.on_done(ticket.answer)
            except UserError as problem:
                self._deliver_problem(ticket, problem, stale)

    def _deliver_problem(self, ticket: _Ticket, problem: BaseException, stale: bool) -> None:
        if isinstance(problem, Cancelled):
            return
        if ticket.lane is _Lane.WRITE or ticket.writes:
            self._refusals += 1
        if not isinstance(problem, UserError):
            try:
                if ticket.on_error is not None and not stale:
                    ticket.on_error(_told(ticket, problem))
            finally:
                sys.excepthook(type(problem), problem, problem.__traceback__)
        elif stale and ticket.lane is not _Lane.WRITE:
            return
        elif ticket.on_error is not None and not stale:
            ticket.on_error(problem)
        else:
            self.failed.emit(problem)

    def _show_step(self, number: int, done: int, total: int, label: str) -> None:
        ticket = self._tickets.get(number)
        if ticket is not None and ticket.job is not None:
            ticket.job.progressed.emit(done, total, label)

    def _hear(self, changes: Changes) -> None:
        """On the writer, after a commit."""
        with self._lock:
            self._changes.update(changes.rows)
        self._heard.emit()

    def _tell_changes(self) -> None:
        from connexion_desktop.domain.acts import Changes

        with self._lock:
            rows = frozenset(self._changes)
            self._changes.clear()
        if rows:
            self.changed.emit(Changes(rows))

    def _open_store(self) -> Store:
        if self._store is None:
            raise RuntimeError("no store attached")
        return self._store


def _told(ticket: _Ticket, bug: BaseException) -> UserError:
    """What whoever asked is told of a bug: the report of it goes to the door for errors."""
    writes = ticket.lane is _Lane.WRITE or ticket.writes
    told = UserError(
        "Pas enregistré : l’application a rencontré un problème."
        if writes
        else "L’application a rencontré un problème.",
        "Ce qui était enregistré avant est gardé.",
        "Réessayez ; si cela recommence, transmettez le rapport à qui vous dépanne.",
    )
    told.__cause__ = bug
    return told
