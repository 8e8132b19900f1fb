"""The only door to threads: what reads or writes the store, or takes long, goes through here.

One reader, one writer (so that a slow read never delays a save) and a small pool for what needs no
session. Jobs asked for before the store is open wait for it. Answers come back on the window's
thread; those of a destroyed widget, or that a newer question overtook, are dropped.

Where the store is a server, acts wait while it is out of reach and are sent again with the same
command; drafts, which stay on this workstation, have a lane of their own and wait for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui.lanes import Lanes
from connexion_desktop.ui.tickets import Job, Lane, OnError, Steps, Ticket

if TYPE_CHECKING:
    from threading import Event
    from uuid import UUID

    from connexion_desktop.domain.acts import Act
    from connexion_desktop.domain.drafts import Typed
    from connexion_desktop.usecases import Session

T = TypeVar("T")


class Jobs(Lanes):
    """See the module. `failed` carries the UserError that no caller wanted for itself.

    A bug goes to the door for errors; who asked is given a UserError too, to give back what was
    typed."""

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
        answers: list[T] = []
        ticket.run = partial(self._save, ticket.kept, answers, command, act, typed)
        self._take_along(ticket, command, typed)
        self._enqueue(ticket)
        return command.command_id

    def _save(
        self,
        kept: Event,
        answers: list[T],
        command: Act,
        act: Callable[[Session], T],
        typed: Typed | None,
    ) -> T:
        """On the writer: one try, maybe not the first; `answers` has those of every try."""
        from connexion_desktop import usecases
        from connexion_desktop.domain.acts import AlreadyDone, Changes
        from connexion_desktop.usecases.saving import save

        def run(session: Session) -> T:
            answers.append(act(session))
            if typed is not None:
                usecases.drafts.saved(session, command.author, typed)
            return answers[-1]

        kept.wait()
        try:
            return save(self._open_store(), command, run)
        except AlreadyDone:
            self._hear(Changes(frozenset(), anything=True))
            return answers[-1]

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
        *,
        gives_way: bool = False,
    ) -> Job:
        """Run a long act that needs no session, in the pool. One that `gives_way` is waited for by
        nobody: it leaves the processor to the window, unless another is waited for."""
        return self._pooled(owner, act, on_done, on_error, needs_store=False, gives_way=gives_way)

    def maintain(
        self,
        owner: QObject,
        act: Callable[[Any, Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        writes: bool = False,
        gives_way: bool = False,
    ) -> Job:
        """Run a long act that needs the base itself (import, backup), in the pool. The act is
        given the open `Database`, which only the use cases know by its type. One that `writes` is
        waited for before the window closes; one that `gives_way`, by nobody."""

        def run(progress: Progress) -> T:
            return act(self._open_store(), progress)

        return self._pooled(
            owner, run, on_done, on_error, needs_store=True, writes=writes, gives_way=gives_way
        )

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

    def _pooled(
        self,
        owner: QObject,
        act: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None,
        *,
        needs_store: bool,
        writes: bool = False,
        gives_way: bool = False,
    ) -> Job:
        job = Job()
        number = next(self._numbers)
        steps = Steps(
            lambda done, total, label: self._stepped.emit(number, done, total, label),
            job.stop,
            self._nobody_waits if gives_way else None,
        )
        ticket = Ticket(number, Lane.POOL, lambda: act(steps), owner, on_done, on_error)
        ticket.job = job
        ticket.needs_store = needs_store
        ticket.writes = writes
        ticket.gives_way = gives_way
        self._enqueue(ticket)
        return job
