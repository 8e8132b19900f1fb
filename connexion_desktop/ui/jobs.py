"""The only door to threads: what reads or writes the store, or takes long, goes through here.

One reader, one writer (so that a slow read never delays a save) and a small pool for what needs no
session. Jobs asked for before the store is open wait for it. Answers come back on the window's
thread; those of a destroyed widget, or that a newer question overtook, are dropped.

Where the store is a server, acts wait while it is out of reach and are sent again with the same
command; drafts, which stay on this workstation, have a lane of their own and wait for nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import count
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui.tickets import Job, Lane, OnDone, OnError, Steps, Ticket
from connexion_desktop.ui.writes import Writes

if TYPE_CHECKING:
    from uuid import UUID

    from connexion_desktop.domain.acts import Act, Changes
    from connexion_desktop.domain.drafts import Typed
    from connexion_desktop.usecases import Session

T = TypeVar("T")

_POOL_SIZE = 2
_PATIENCE = 10.0
_BRIEF = 3.0
"""How long closing waits for a server that does not answer, in seconds, for each lane."""


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


@runtime_checkable
class Far(Protocol):
    """What a server is besides: it may be out of reach."""

    links: list[Callable[[bool], None]]

    @property
    def answers(self) -> bool:
        """Whether it answered last time it was asked."""

    @property
    def author(self) -> str:
        """How acts are signed there, whoever this workstation thinks it is."""

    def cut(self) -> None:
        """End at once whatever waits for an answer."""


class Jobs(QObject):
    """See the module. `failed` carries the UserError that no caller wanted for itself.

    A bug goes to the door for errors; who asked is given a UserError too, to give back what was
    typed."""

    changed = Signal(object)
    failed = Signal(object)
    link_changed = Signal(bool)
    """Whether the server answers; never of a file."""

    waiting_changed = Signal(int)
    """How many acts wait for the server."""

    unread = Signal(object)
    """Whose question the server, out of reach, left without an answer."""

    read_done = Signal(object)
    """Whose question to a server has its answer."""

    _answered = Signal(int)
    _stepped = Signal(int, int, int, str)
    _heard = Signal()
    _linked = Signal(bool)
    _waits = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._far: Far | None = None
        self._author = ""
        self._numbers = count(1)
        self._tickets: dict[int, Ticket] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._queues: dict[Lane, SimpleQueue[int]] = {lane: SimpleQueue() for lane in Lane}
        self._writes = Writes(self._send, self._saves, self._waits.emit)
        self._threads: list[Thread] = []
        self._before_opening: list[int] = []
        self._changes: list[Changes] = []
        self._lock = Lock()
        self._stopped = False
        self._refusals = 0
        self._waiting = 0
        self._answers = True
        self._answered.connect(self._deliver)
        self._stepped.connect(self._show_step)
        self._heard.connect(self._tell_changes)
        self._linked.connect(self._tell_link)
        self._waits.connect(self._tell_waiting)

    def attach(self, store: Store, author: str) -> None:
        """Give the open store; what waited for it starts. `author` signs the acts."""
        self._store = store
        self._author = author
        store.listeners.append(self._hear)
        if isinstance(store, Far):
            self._far = store
            self._answers = store.answers
            store.links.append(self._hear_link)
            self._start_thread(Lane.KEEP)
        for lane in (Lane.READ, Lane.WRITE):
            self._start_thread(lane)
        for number in self._before_opening:
            self._queues[Lane.POOL].put(number)
        self._before_opening.clear()

    @property
    def answers(self) -> bool:
        """Whether the store is there to be read: False while a server is out of reach."""
        return self._answers

    @property
    def waiting(self) -> int:
        """How many acts wait for the server."""
        return self._waiting

    @property
    def unsaved(self) -> int:
        """How many acts are asked for and not done."""
        return sum(ticket.saves for ticket in self._tickets.values())

    @property
    def is_far(self) -> bool:
        """Whether the store is a server."""
        return self._far is not None

    @property
    def is_idle(self) -> bool:
        """Whether nothing asked for is still to be answered."""
        return not self._tickets

    @property
    def is_reading(self) -> bool:
        """Whether something asked of the store is still to be answered."""
        return any(ticket.lane is Lane.READ for ticket in self._tickets.values())

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

        ticket = self._ticket(Lane.READ, run, owner, on_done, on_error)
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
        typed: Typed | None = None,
    ) -> UUID:
        """Run `act` in one unit of work, even if its owner is gone by then. `label` names the act
        in the undo menu and in the journal, and nobody; `typed` is what it saves of a draft.
        Returns the command's id.

        An act that somebody else's save crosses is run again, on what is there by then: it must
        hold no more than its command.

        While a server is out of reach the act waits for it: neither callback comes meanwhile.
        """
        from connexion_desktop.domain.acts import Act
        from connexion_desktop.domain.new_id import new_id

        command = Act(self._author, label, new_id())
        ticket = self._ticket(Lane.WRITE, lambda: None, owner, on_done, on_error)
        ticket.saves = True
        ticket.run = partial(self._save, ticket, command, act, typed)
        self._take_along(ticket, command, typed)
        self._enqueue(ticket)
        return command.command_id

    def _save(
        self, ticket: Ticket, command: Act, act: Callable[[Session], T], typed: Typed | None
    ) -> T:
        """On the writer: one try, maybe not the first."""
        from connexion_desktop import usecases
        from connexion_desktop.domain.acts import AlreadyDone, Changes
        from connexion_desktop.usecases.saving import save

        def run(session: Session) -> T:
            ticket.answer = answer = act(session)
            if typed is not None:
                usecases.drafts.saved(session, command.author, typed)
            return answer

        ticket.kept.wait()
        try:
            return save(self._open_store(), command, run)
        except AlreadyDone:
            self._hear(Changes(frozenset(), anything=True))
            answer: T = ticket.answer
            return answer

    def _take_along(self, ticket: Ticket, command: Act, typed: Typed | None) -> None:
        """Before an act is sent to a server, what it saves of a draft is set apart, so that a
        restart in the middle neither loses nor doubles it."""
        if typed is None or self._far is None:
            ticket.kept.set()
            return
        from connexion_desktop import usecases

        author, command_id = command.author, command.command_id

        def take(session: Session) -> None:
            try:
                usecases.drafts.take_along(session, author, typed, command_id)
            finally:
                ticket.kept.set()

        def settle(done: bool) -> None:
            end = usecases.drafts.forget if done else usecases.drafts.give_back
            self.draft(self, lambda session: end(session, command_id))

        ticket.settled = settle
        self.draft(self, take)

    def draft(self, owner: QObject, act: Callable[[Session], object]) -> None:
        """Keep or drop what is being typed: run `act` in a session for drafts, in order."""

        def run() -> None:
            with self._open_store().scratch() as session:
                act(session)

        self._enqueue(self._ticket(self._keeping, run, owner, None, None))

    def keep_picture(self, owner: QObject, act: Callable[[Session], object]) -> None:
        """Keep what can be made again: run `act` in a session for drafts, on the writer. Whatever
        goes wrong only goes to the log: nothing of the user's is lost. Of what a server shows,
        nothing stays on this workstation."""
        if self._far is not None:
            return

        def run() -> None:
            try:
                with self._open_store().scratch() as session:
                    act(session)
            except Exception:  # an older base, a full disk, a bug: just no picture
                import logging

                logging.getLogger(__name__).warning("no picture kept", exc_info=True)

        self._enqueue(self._ticket(self._keeping, run, owner, None, None))

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
        """Call back when every write asked for so far is committed (or failed, or waits for the
        server), and every draft kept."""

        def kept() -> None:
            self._enqueue(
                self._ticket(self._keeping, lambda: None, owner, lambda _none: on_done(), None)
            )

        if self._far is None:
            kept()
            return
        ticket = self._ticket(Lane.WRITE, lambda: None, owner, lambda _none: kept(), None)
        self._enqueue(ticket)

    def stop(self) -> None:
        """Finish every write asked for, drop the reads, cancel the rest. Answers not yet delivered
        are dropped. A pool job deaf to cancelling (a keyring that waits) is left behind; so are
        acts that wait for a server: their drafts are kept."""
        if self._stopped:
            return
        self._stopped = True
        for ticket in list(self._tickets.values()):
            if ticket.job is not None:
                ticket.job.cancel()
        if self._far is not None and not self._far.answers:
            self._far.cut()
        for thread in self._threads:
            lane = Lane(thread.name.split("-")[0])
            if lane is Lane.WRITE:
                self._writes.stop(giving_up=not self._answers)
            elif lane is not Lane.KEEP:
                self._queues[lane].put(0)
        for thread in self._threads:
            if not thread.name.startswith(Lane.KEEP.value):
                self._join(thread)
        self._end_keeping()
        self._tickets.clear()
        if self._store is not None:
            self._store.listeners.remove(self._hear)
            if self._far is not None:
                self._far.links.remove(self._hear_link)
            self._store = self._far = None

    def _join(self, thread: Thread) -> None:
        pooled = thread.name.startswith(Lane.POOL.value)
        thread.join(_PATIENCE if pooled else None if self._far is None else _BRIEF)

    def _end_keeping(self) -> None:
        """Last of all: the writer's acts settle their drafts there."""
        for thread in self._threads:
            if thread.name.startswith(Lane.KEEP.value):
                self._queues[Lane.KEEP].put(0)
                thread.join()

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
        steps = Steps(
            lambda done, total, label: self._stepped.emit(number, done, total, label), job.stop
        )
        ticket = Ticket(number, Lane.POOL, lambda: act(steps), owner, on_done, on_error)
        ticket.job = job
        ticket.needs_store = needs_store
        ticket.writes = writes
        self._enqueue(ticket)
        return job

    def _ticket(
        self,
        lane: Lane,
        run: Callable[[], Any],
        owner: QObject,
        on_done: OnDone | None,
        on_error: OnError | None,
    ) -> Ticket:
        return Ticket(next(self._numbers), lane, run, owner, on_done, on_error)

    @property
    def _keeping(self) -> Lane:
        """Where drafts are kept: on a file, by the one writer; for a server, beside it."""
        return Lane.WRITE if self._far is None else Lane.KEEP

    def _enqueue(self, ticket: Ticket) -> None:
        if self._stopped and ticket.lane is not Lane.KEEP:
            return
        self._tickets[ticket.number] = ticket
        if ticket.lane is Lane.WRITE:
            self._writes.put(ticket.number)
            return
        if ticket.lane is Lane.POOL:
            if ticket.needs_store and self._store is None:
                self._before_opening.append(ticket.number)
                return
            if sum(thread.name.startswith("pool") for thread in self._threads) < _POOL_SIZE:
                self._start_thread(Lane.POOL)
        self._queues[ticket.lane].put(ticket.number)

    def _start_thread(self, lane: Lane) -> None:
        name = f"{lane.value}-{len(self._threads)}"
        serve = self._writes.serve if lane is Lane.WRITE else partial(self._serve, lane)
        may_be_left = lane is Lane.POOL or (self._far is not None and lane is not Lane.KEEP)
        thread = Thread(target=serve, name=name, daemon=may_be_left)
        self._threads.append(thread)
        thread.start()

    def _serve(self, lane: Lane) -> None:
        while number := self._queues[lane].get():
            self._work(number)
            self._answered.emit(number)

    def _saves(self, number: int) -> bool:
        return self._tickets[number].saves

    def _send(self, number: int) -> bool:
        """On the writer: whether it is answered; not where the server is lost."""
        from connexion_desktop.domain.servers import LostServerError

        self._work(number)
        ticket = self._tickets[number]
        if ticket.saves and isinstance(ticket.problem, LostServerError):
            ticket.problem = None
            return False
        if ticket.settled is not None and ticket.problem is None:
            ticket.settled(True)
        self._answered.emit(number)
        return True

    def _work(self, number: int) -> None:
        """On a worker. Keeps nothing of the ticket once it returns."""
        ticket = self._tickets[number]
        drops = ticket.lane in (Lane.READ, Lane.POOL)
        if drops and (self._stopped or self._is_stale(ticket)):
            ticket.problem = Cancelled()
            return
        try:
            ticket.answer = self._run(ticket)
        except BaseException as problem:  # noqa: BLE001 - raised again on the window's thread
            ticket.problem = problem

    def _run(self, ticket: Ticket) -> object:
        """A question whose connection alone was broken is asked once more."""
        from connexion_desktop.domain.servers import LostServerError

        try:
            return ticket.run()
        except LostServerError:
            if ticket.lane is not Lane.READ or self._far is None or not self._far.answers:
                raise
            return ticket.run()

    def _is_stale(self, ticket: Ticket) -> bool:
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
            if ticket.settled is not None:
                ticket.settled(False)
        elif not stale and ticket.on_done is not None:
            if ticket.lane is Lane.READ and self._far is not None:
                self.read_done.emit(ticket.owner)
            try:
                ticket.on_done(ticket.answer)
            except UserError as problem:
                self._deliver_problem(ticket, problem, stale)

    def _deliver_problem(self, ticket: Ticket, problem: BaseException, stale: bool) -> None:
        if isinstance(problem, Cancelled):
            return
        if ticket.lane is Lane.READ:
            problem = self._unread(ticket, problem)
        if isinstance(problem, Cancelled):
            return
        if ticket.lane is Lane.WRITE or ticket.writes:
            self._refusals += 1
        if not isinstance(problem, UserError):
            try:
                if ticket.on_error is not None and not stale:
                    ticket.on_error(_told(ticket, problem))
            finally:
                sys.excepthook(type(problem), problem, problem.__traceback__)
        elif stale and ticket.lane is not Lane.WRITE:
            return
        elif ticket.on_error is not None and not stale:
            ticket.on_error(problem)
        else:
            self.failed.emit(problem)

    def _show_step(self, number: int, done: int, total: int, label: str) -> None:
        ticket = self._tickets.get(number)
        if ticket is not None and ticket.job is not None:
            ticket.job.progressed.emit(done, total, label)

    def _unread(self, ticket: Ticket, problem: BaseException) -> BaseException:
        """A question left without an answer: the window's foot tells of the server once for all,
        and a page is read again as a whole."""
        from connexion_desktop.domain.servers import LostServerError, NotReadError

        if not isinstance(problem, LostServerError):
            return problem
        from connexion_desktop.ui.page import page_of

        if not isValid(ticket.owner):
            return Cancelled()
        self.unread.emit(ticket.owner)
        if page_of(ticket.owner) is not None:
            return Cancelled()
        return NotReadError(problem.what, problem.safe, problem.todo)

    def _hear(self, changes: Changes) -> None:
        """On the writer, after a commit; or wherever the store hears of others."""
        with self._lock:
            self._changes.append(changes)
        self._heard.emit()

    def _tell_changes(self) -> None:
        with self._lock:
            heard, self._changes = self._changes, []
        if heard:
            self.changed.emit(_gathered(heard))

    def _hear_link(self, answers: bool) -> None:
        if answers:
            self._writes.try_again()
        self._linked.emit(answers)

    def _tell_link(self, answers: bool) -> None:
        self._answers = answers
        self.link_changed.emit(answers)

    def _tell_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self.waiting_changed.emit(waiting)

    def _open_store(self) -> Store:
        if self._store is None:
            raise RuntimeError("no store attached")
        return self._store


def _gathered(heard: Sequence[Changes]) -> Changes:
    """What changed, told once; of elsewhere only if all of it is."""
    from connexion_desktop.domain.acts import Changes

    return Changes(
        frozenset().union(*(each.rows for each in heard)),
        anything=any(each.anything for each in heard),
        elsewhere=all(each.elsewhere for each in heard),
    )


def _told(ticket: Ticket, bug: BaseException) -> UserError:
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
