"""What colleagues save, heard as it is committed; and whether the server still answers."""

from __future__ import annotations

import logging
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread, Timer
from time import monotonic
from uuid import UUID

import psycopg

from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import FullServerError, LostServerError

from .link import SILENCE_SECONDS, Connection, cut

CHANNEL = "connexion"
_DAY = "SELECT day_here()"
COALESCED_SECONDS = 0.2
_TURN_SECONDS = 1.0
_RETRY_SECONDS = 2.0
REFUSED_SECONDS = 30.0
"""How long before a server that let us in no more is asked again: it may count what it refuses."""
_PULSE_SECONDS = 3.0
"""How long the server may have nothing to tell before it is asked whether it is there."""
_ANYTHING = Changes(frozenset(), anything=True, elsewhere=True)
_log = logging.getLogger(__name__)


class Listening:
    """A connection that only listens, on a thread of its own.

    `hear` is given what changed, gathered over `COALESCED_SECONDS`; anything once the server is
    back after a silence, and at the change of its day, where roles and replacements begin and end.
    `tell_link` is given whether the server lets us in, and why not where it answers.
    `is_ours` tells which of the server's processes serve this very workstation, whose saves it
    knows already.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        hear: Callable[[Changes], None],
        tell_link: Callable[[bool, UserError | None], None],
        is_ours: Callable[[int], bool],
    ) -> None:
        self._connect = connect
        self._hear = hear
        self._tell_link = tell_link
        self._is_ours = is_ours
        self._stopped = Event()
        self._hurried = Event()
        self._bell, self._hand = socket.socketpair()
        self._bell.setblocking(False)
        self._hand.setblocking(False)  # nobody listens while it connects
        self._heard_at = 0.0
        self._day: object = None
        self._silent = False
        self._connection: Connection | None = None
        self._thread = Thread(target=self._run, name="listening", daemon=True)

    def start(self) -> None:
        """Connect, then listen until `stop`. Raises ServerError."""
        self._connection = self._listen()
        self._thread.start()

    def stop(self) -> None:
        """End the thread; a second call does nothing. One that is connecting ends by itself, once
        it is answered: it tells nobody any more."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self.hurry()
        if self._thread.is_alive():
            self._thread.join(_TURN_SECONDS + COALESCED_SECONDS + 1)
        else:
            self._end()

    def hurry(self) -> None:
        """Look at once whether the server answers."""
        self._hurried.set()
        with suppress(OSError):
            self._hand.send(b"!")

    def _listen(self) -> Connection:
        connection = self._connect()
        self._silent = False
        try:
            told = connection.execute(f"LISTEN {CHANNEL}; {_DAY}")
            told.nextset()
            self._day = told.fetchone()
        except BaseException:
            connection.close()
            raise
        self._heard_at = monotonic()
        return connection

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                try:
                    self._listen_on()
                except Exception:  # noqa: BLE001 - a listener's bug must not end the listening
                    _log.exception("listening failed")
                    self._stopped.wait(_RETRY_SECONDS)
        finally:
            self._end()

    def _listen_on(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._listen()
                if self._stopped.is_set():
                    return
                self._tell_link(True, None)
                self._hear(_ANYTHING)
            self._turn(self._connection)
        except (UserError, psycopg.Error) as error:
            if not self._stopped.is_set():
                self._bear(error)

    def _bear(self, error: UserError | psycopg.Error) -> None:
        """The server is lost, or lets us in no more: say so, and wait before it is tried again."""
        if isinstance(error, UserError) and not isinstance(error, LostServerError):
            self._drop()
            self._tell_link(False, error)
            self._stopped.wait(REFUSED_SECONDS)
        elif not self._lose(error):
            self._hurried.wait(_RETRY_SECONDS)
            self._hurried.clear()

    def _end(self) -> None:
        """From the thread's own end, if it ever began: nobody else uses these."""
        self._drop()
        self._bell.close()
        self._hand.close()

    def _lose(self, error: UserError | psycopg.Error) -> bool:
        """The connection broke: whether it is worth trying again at once, as nobody was told yet.
        Where only this connection was ended, nobody ever is."""
        worth_it = self._connection is not None and not self._silent
        self._drop()
        if not worth_it:
            self._tell_link(False, error if isinstance(error, FullServerError) else None)
        return worth_it

    def _turn(self, connection: Connection) -> None:
        """Wait a while for news, then tell them together."""
        if self._hurried.is_set() or monotonic() - self._heard_at > _PULSE_SECONDS:
            self._hurried.clear()
            self._ask_for_a_pulse(connection)
        rows = self._arrived(connection)
        if not rows:
            select.select([connection.fileno(), self._bell.fileno()], [], [], _TURN_SECONDS)
            with suppress(BlockingIOError):
                self._bell.recv(4096)
            rows = self._arrived(connection)
        if rows:
            self._stopped.wait(COALESCED_SECONDS)
            rows |= self._arrived(connection)
            self._hear(Changes(frozenset(rows), elsewhere=True))

    def _ask_for_a_pulse(self, connection: Connection) -> None:
        """A network that swallows everything says so to nobody: it is given a time to answer."""
        watch = Timer(SILENCE_SECONDS, self._give_up, [connection])
        watch.daemon = True
        watch.start()
        try:
            day = connection.execute(_DAY).fetchone()
        finally:
            watch.cancel()
        self._heard_at = monotonic()
        if day != self._day:
            self._day = day
            self._hear(_ANYTHING)

    def _give_up(self, connection: Connection) -> None:
        self._silent = True
        cut(connection)

    def _arrived(self, connection: Connection) -> set[tuple[str, UUID]]:
        """What was heard so far and not read yet."""
        return {row for news in connection.notifies(timeout=0) for row in self._row(news)}

    def _row(self, news: psycopg.Notify) -> set[tuple[str, UUID]]:
        """What a notice names; anybody connected can write one: what is not of our form is
        nothing."""
        self._heard_at = monotonic()
        if self._is_ours(news.pid):
            return set()
        table, _, row = news.payload.partition(" ")
        with suppress(ValueError):
            return {(table, UUID(row))}
        return set()

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None
