"""The connections of a workstation to the server, by what they are for: reading pages, saving,
reports, listening."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import LostServerError, Role, ServerAddress

from . import identity, link, refusals
from .identity import Identity
from .link import Connection
from .reading import make_reading_engine
from .rights import PSEUDONYM

_READERS = 2  # the pages', and one for what a page asks beside
_WRITERS = 2  # the saves', and one for a long act of the pool (an import)


class Lines:
    """The connections of one login. `answers` and `refusal` say how the server was found last:
    nobody waits for one that is known to be out of reach, or closed to us. Raises ServerError: see
    `link.connect` and `identity.read`."""

    identity: Identity
    """As read when the first connection was made; `identify_again` reads it once more."""

    def __init__(self, address: ServerAddress, password: str) -> None:
        self.answers = True
        self.refusal: UserError | None = None
        self.closed = False
        self._address = address
        self._password = password
        self._is_known = False
        self._listener: Connection | None = None
        self._open: WeakSet[Connection] = WeakSet()
        self._opening = Lock()
        self._writing_there: dict[Connection, int] = {}
        self.reader = make_reading_engine(self._to_read, _READERS)
        self.writer = link.make_engine(self._to_write, _WRITERS)
        sa.event.listen(self.writer, "close", self._forget_writing)
        self.reports = make_reading_engine(self._to_report, 1)
        try:
            with refusals.told(address), self.reader.connect() as connection:
                line: Any = connection.connection.driver_connection
                self.identity = identity.read(line, address)
        except BaseException:
            self.forget()
            raise
        self._is_known = True

    def one(self, **how: Any) -> Connection:
        """A connection of its own; the caller closes it."""
        line = link.connect(self._address, self._password, **how)
        with self._opening:
            self._open.add(line)
        if self._is_known:  # the server may have been upgraded while it was out of reach
            self._checked(line, partial(identity.check_version, address=self._address))
        return line

    def to_listen(self) -> Connection:
        """It is looked each time whether the server is still of our version, and who one is."""
        self._listener = line = self.one()
        self._checked(line, self._identify)
        return line

    def identify_again(self) -> None:
        """The user's rights may be others by now. Asked on the line that listens: a full server may
        have no place for another. Raises ServerError; also for who has none left."""
        if self._listener is not None:
            self._identify(self._listener)

    def _identify(self, line: Connection) -> None:
        self.identity = identity.read(line, self._address)

    def is_ours(self, pid: int) -> bool:
        """Whether that process of the server is one that saves for this workstation."""
        return pid in list(self._writing_there.values())

    def cut(self) -> None:
        """End at once whatever waits for an answer of the server: it is known to be lost."""
        with self._opening:
            lines = list(self._open)
        for line in lines:
            link.cut(line)

    def forget(self) -> None:
        """Those that wait for a use may be broken."""
        for engine in (self.reader, self.writer, self.reports):
            engine.dispose()

    def _checked(self, line: Connection, check: Callable[[Connection], object]) -> None:
        try:
            check(line)
        except BaseException:
            line.close()
            raise

    def _refuse_if_lost(self) -> None:
        if self.refusal is not None:
            raise LostServerError(self.refusal.what, self.refusal.safe, self.refusal.todo)
        if not self.answers or self.closed:
            raise refusals.lost(self._address)

    def _to_read(self) -> Connection:
        self._refuse_if_lost()
        return self.one(often_asked=True)

    def _to_write(self) -> Connection:
        self._refuse_if_lost()
        line = self.one()
        self._writing_there[line] = line.info.backend_pid
        return line

    def _forget_writing(self, line: Connection, _record: object) -> None:
        """The number of its process may be given to somebody else's."""
        self._writing_there.pop(line, None)

    def _to_report(self) -> Connection:
        """On one snapshot, with all the time it needs; the direction's counts everything, under
        pseudonyms."""
        self._refuse_if_lost()
        is_direction = Role.DIRECTION in self.identity.member.roles
        return self.one(
            search_path=f"{PSEUDONYM},public" if is_direction else "public",
            statement_seconds=link.REPORT_SECONDS,
            often_asked=True,
            one_snapshot=True,
        )
