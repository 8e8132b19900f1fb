"""What colleagues save, heard as it is committed; and whether the server still answers."""

from __future__ import annotations

import logging
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from uuid import UUID

import psycopg

from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.errors import UserError

from .link import Connection

CHANNEL = "connexion"
COALESCED_SECONDS = 0.2
_TURN_SECONDS = 1.0
_RETRY_SECONDS = 2.0
_log = logging.getLogger(__name__)


class Listening:
    """A connection that only listens, on a thread of its own.

    `hear` is given what changed, gathered over `COALESCED_SECONDS`; anything once the server is
    back after a silence. `tell_link` is given whether the server answers.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        hear: Callable[[Changes], None],
        tell_link: Callable[[bool], None],
    ) -> None:
        self._connect = connect
        self._hear = hear
        self._tell_link = tell_link
        self._stopped = Event()
        self._hurried = Event()
        self._bell, self._hand = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = Thread(target=self._run, name="listening", daemon=True)

    def start(self) -> None:
        """Connect, then listen until `stop`. Raises ServerError."""
        self._connection: Connection | None = self._listen()
        self._thread.start()

    def stop(self) -> None:
        """End the thread; a second call does nothing."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self.hurry()
        if self._thread.is_alive():
            self._thread.join(_TURN_SECONDS + COALESCED_SECONDS + 5)
        self._bell.close()
        self._hand.close()

    def hurry(self) -> None:
        """Look at once whether the server answers."""
        self._hurried.set()
        with suppress(OSError):
            self._hand.send(b"!")

    def _listen(self) -> Connection:
        connection = self._connect()
        connection.execute(f"LISTEN {CHANNEL}")
        return connection

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self._connection is None:
                    self._connection = self._listen()
                    self._tell_link(True)
                    self._hear(Changes(frozenset(), anything=True))
                self._turn(self._connection)
            except (UserError, psycopg.Error):
                self._drop()
                self._tell_link(False)
                self._hurried.wait(_RETRY_SECONDS)
                self._hurried.clear()
            except Exception:  # noqa: BLE001 - a listener's bug must not end the listening
                _log.exception("listening failed")
                self._stopped.wait(_RETRY_SECONDS)
        self._drop()

    def _turn(self, connection: Connection) -> None:
        """Wait a while for news, then tell them together."""
        if self._hurried.is_set():
            self._hurried.clear()
            connection.execute("SELECT 1")
        rows = _arrived(connection)
        if not rows:
            select.select([connection.fileno(), self._bell.fileno()], [], [], _TURN_SECONDS)
            with suppress(BlockingIOError):
                self._bell.recv(4096)
            rows = _arrived(connection)
        if rows:
            self._stopped.wait(COALESCED_SECONDS)
            self._hear(Changes(frozenset(rows | _arrived(connection))))

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


def _arrived(connection: Connection) -> set[tuple[str, UUID]]:
    """What was heard so far and not read yet."""
    return {row for news in connection.notifies(timeout=0) for row in _row(news.payload)}


def _row(payload: str) -> set[tuple[str, UUID]]:
    """What a notice names; anybody connected can write one: what is not of our form is nothing."""
    table, _, row = payload.partition(" ")
    with suppress(ValueError):
        return {(table, UUID(row))}
    return set()
