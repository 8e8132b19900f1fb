"""The lanes: threads, what waits in each, and the way back to the window's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.ui.left_behind import keep_until_they_end
from connexion_desktop.ui.store import Far, Store, gathered
from connexion_desktop.ui.tickets import Job, Lane, OnDone, OnError, Ticket, told_of_bug
from connexion_desktop.ui.writes import Writes

if TYPE_CHECKING:
    from connexion_desktop.domain.acts import Changes
    from connexion_desktop.domain.servers import Roles

_POOL_SIZE = 2
_PATIENCE = 10.0
_BRIEF = 3.0
"""How long closing waits for a server that does not answer, in seconds, for each lane."""


class Lanes(QObject):
    """The threads behind `Jobs`, the jobs that wait in them, and how their answers come back."""

    changed = Signal(object)
    failed = Signal(object)
    link_changed = Signal(bool)
    """Whether the server answers; never of a file."""

    waiting_changed = Signal(int)
    """How many acts wait for the server, or for whoever is saving at the same place."""

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
            self._have_room()
            self._queues[Lane.POOL].put(number)
        self._before_opening.clear()

    @property
    def answers(self) -> bool:
        """Whether the store is there to be read: False while a server is out of reach."""
        return self._answers

    @property
    def refusal(self) -> UserError | None:
        """Why the server, which answers, does not let this workstation in."""
        return None if self._far is None else self._far.refusal

    @property
    def waiting(self) -> int:
        """How many acts wait for the server."""
        return self._waiting

    @property
    def unsaved(self) -> int:
        """How many acts are asked for and not done."""
        return sum(ticket.saves for ticket in self._asked())

    @property
    def is_far(self) -> bool:
        """Whether the store is a server."""
        return self._far is not None

    @property
    def roles(self) -> Roles:
        """What who works here may do on the server; none where the store is a file."""
        return frozenset() if self._far is None else self._far.roles

    @property
    def is_idle(self) -> bool:
        """Whether nothing asked for is still to be answered."""
        return not self._tickets

    @property
    def is_reading(self) -> bool:
        """Whether something asked of the store is still to be answered."""
        return any(ticket.lane is Lane.READ for ticket in self._asked())

    @property
    def refusals(self) -> int:
        """How many acts of writing have failed so far: what they held is not saved."""
        return self._refusals

    @property
    def long_write(self) -> Job | None:
        """The long act under way that writes in the base (an import), if there is one."""
        return next((each.job for each in self._asked() if each.writes), None)

    @property
    def store(self) -> Store | None:
        """The open store; None before `attach` and after `stop`."""
        return self._store

    def stop(self) -> None:
        """Finish every write asked for, drop the reads, cancel the rest. Answers not yet delivered
        are dropped. A pool job deaf to cancelling (a keyring that waits) is left behind; so are
        acts that wait for a server: their drafts are kept."""
        if self._stopped:
            return
        self._stopped = True
        for ticket in self._asked():
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
        self._writes.give_up()
        self._end_keeping()
        keep_until_they_end(self._threads, (self, self._asked()))
        self._tickets.clear()
        if self._store is not None:
            self._store.listeners.remove(self._hear)
            if self._far is not None:
                self._far.links.remove(self._hear_link)
            self._store = self._far = None

    def _asked(self) -> list[Ticket]:
        """All that is asked for, taken at once: the writer adds the drafts that it settles."""
        return list(self._tickets.values())

    def _join(self, thread: Thread) -> None:
        pooled = thread.name.startswith(Lane.POOL.value)
        thread.join(_PATIENCE if pooled else None if self._far is None else _BRIEF)

    def _end_keeping(self) -> None:
        """Last of all: the writer's acts settle their drafts there."""
        for thread in self._threads:
            if thread.name.startswith(Lane.KEEP.value):
                self._queues[Lane.KEEP].put(0)
                thread.join()

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
            self._have_room()
        self._queues[ticket.lane].put(ticket.number)

    def _have_room(self) -> None:
        """What gives way takes the place of nothing that somebody waits for."""
        wanted = _POOL_SIZE + sum(each.gives_way for each in self._asked())
        if sum(thread.name.startswith("pool") for thread in self._threads) < wanted:
            self._start_thread(Lane.POOL)

    def _start_thread(self, lane: Lane) -> None:
        name = f"{lane.value}-{len(self._threads)}"
        serve = self._writes.serve if lane is Lane.WRITE else partial(self._serve, lane)
        may_be_left = lane is Lane.POOL or (self._far is not None and lane is not Lane.KEEP)
        thread = Thread(target=serve, name=name, daemon=may_be_left)
        self._threads.append(thread)
        thread.start()

    def _serve(self, lane: Lane) -> None:
        """On a worker. It holds nothing of a ticket by the time it is answered: what the ticket
        holds is the window's, and must not end here."""
        while number := self._queues[lane].get():
            self._serve_one(number)
            self._answer(number)

    def _serve_one(self, number: int) -> None:
        ticket = self._tickets.get(number)
        if ticket is not None:
            self._work(ticket)

    def _nobody_waits(self) -> bool:
        """Whether no job of the pool is waited for: one may need what another holds."""
        pooled = (each for each in self._asked() if each.lane is Lane.POOL)
        return all(each.gives_way for each in pooled)

    def _answer(self, number: int) -> None:
        """To nobody once the window is closed: a server may take longer than it waits."""
        if number in self._tickets:
            self._answered.emit(number)

    def _saves(self, number: int) -> bool:
        ticket = self._tickets.get(number)
        return ticket is not None and ticket.saves

    def _send(self, number: int) -> bool:
        """On the writer: whether it is answered; not where the server is lost, or where somebody
        else holds what it changes."""
        if not self._sent(number):
            return False
        self._answer(number)
        return True

    def _sent(self, number: int) -> bool:
        from connexion_desktop.domain.servers import BusyServerError, LostServerError

        ticket = self._tickets.get(number)
        if ticket is None:
            return True
        self._work(ticket)
        if ticket.saves and isinstance(ticket.problem, LostServerError | BusyServerError):
            ticket.problem = None
            return False
        if ticket.settled is not None and ticket.problem is None:
            ticket.settled(True)
        return True

    def _work(self, ticket: Ticket) -> None:
        """On a worker."""
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
        looks_aside = ticket.lane is Lane.POOL and ticket.on_error is None and not ticket.writes
        if ticket.lane is Lane.READ or looks_aside:
            problem = self._unread(ticket, problem)
        if isinstance(problem, Cancelled):
            return
        if ticket.lane is Lane.WRITE or ticket.writes:
            self._refusals += 1
        if not isinstance(problem, UserError):
            try:
                if ticket.on_error is not None and not stale:
                    ticket.on_error(told_of_bug(ticket, problem))
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
            self.changed.emit(gathered(heard))

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
