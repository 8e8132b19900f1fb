"""An open store, file or server: the units of work done on it, and who is told of them."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.domain.acts import Act, AlreadyDone, Changes

from .audit import StoreSession, Work
from .joining import join_earlier
from .models import BaseInfo, DoneCommand

Listener = Callable[[Changes], None]
_LABEL = 200
_log = logging.getLogger(__name__)


class Store(ABC):
    """What a base and a server have in common. Safe from several threads.

    `listeners` are called after each committed act that changed rows, on the thread that wrote, or
    on the one that hears of other workstations.
    """

    association_id: UUID
    base_id: UUID

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    @property
    @abstractmethod
    def _reading(self) -> sa.Engine:
        """Where one reads."""

    @property
    @abstractmethod
    def _writing(self) -> sa.Engine:
        """Where one writes."""

    @abstractmethod
    def _told(self) -> AbstractContextManager[None]:
        """Turn what the store refuses into UserError."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection; a second call does nothing."""

    @contextmanager
    def read(self) -> Iterator[StoreSession]:
        """A session that cannot write: on a file, one snapshot of it."""
        with self._told(), self._session(self._reading) as session:
            yield session

    @contextmanager
    def report(self) -> Iterator[StoreSession]:
        """A session for a long report, on one snapshot: on a server, over everything that the
        user's figures may count."""
        with self.read() as session:
            yield session

    @property
    def hides_names(self) -> bool:
        """Whether a report counts people under numbers instead of their names."""
        return False

    def reveal(self, reason: str, people: Sequence[UUID]) -> dict[UUID, tuple[str, str | None]]:
        """The given and family names that `hides_names` hides. Raises TypeError where none are."""
        raise TypeError(f"no name is hidden: {reason}, {len(people)}")

    @contextmanager
    def write(self, act: Act) -> Iterator[StoreSession]:
        """A unit of work: everything in it is kept together on a clean exit, or nothing is.

        Raises AlreadyDone if `act.command_id` was done before; UserError if the store refuses.
        """
        work = Work(act)
        with self._told(), self._session(self._writing, act=act, work=work) as session:
            self._begin_command(session, act)
            yield session
            session.flush()
            self._conclude(session, work)
            session.commit()
        self._committed(work)

    @contextmanager
    def scratch(self) -> Iterator[StoreSession]:
        """A session for drafts and page snapshots: no act, no audit, nobody is told.

        Any other table is refused (TypeError), since open pages would not see the change.
        """
        work = Work(None, scratch=True)
        with self._told(), self._session(self._writing, work=work) as session:
            yield session
            session.commit()

    @contextmanager
    def bulk(self) -> Iterator[StoreSession]:
        """A session without audit nor notice, to fill a base that nobody looks at yet.

        For the demo base and benchmarks: a hundred thousand people need no audit lines. What it
        writes cannot be undone.
        """
        with self._told(), self._session(self._writing, work=Work(None)) as session:
            yield session
            session.flush()
            self._mark(session)
            session.commit()

    def _conclude(self, session: StoreSession, work: Work) -> None:
        """What is still to be written before an act is committed."""
        work.check_declared()
        join_earlier(session)
        self._mark(session)

    def _mark(self, session: StoreSession) -> None:
        """Say, in what is being committed, that something was."""
        connection = session.connection()
        connection.execute(sa.update(BaseInfo).values(change_stamp=BaseInfo.change_stamp + 1))

    def _committed(self, work: Work) -> None:
        """What follows an act that is committed."""
        if work.touched:
            self._tell(work.changes)

    def _tell(self, changes: Changes) -> None:
        for listener in list(self.listeners):
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - the act is committed: a listener's bug must not say otherwise
                _log.exception("a listener failed")

    def _session(self, engine: sa.Engine, **info: Any) -> StoreSession:
        return StoreSession(
            engine,
            expire_on_commit=False,
            info={"association_id": self.association_id, "act": None, **info},
        )

    def _begin_command(self, session: StoreSession, act: Act) -> None:
        connection = session.connection()
        known = sa.select(DoneCommand.command_id).where(DoneCommand.command_id == act.command_id)
        if connection.scalar(known) is not None:
            raise AlreadyDone
        connection.execute(
            sa.insert(DoneCommand).values(
                command_id=act.command_id,
                association_id=session.info["association_id"],
                author=act.author,
                label=act.label[:_LABEL],
            )
        )


@contextmanager
def draft_session(session: Session) -> Iterator[Session]:
    """Where the drafts of a session are kept: in it on a file; for a server, in the encrypted base
    that this workstation keeps beside."""
    keep: Store | None = session.info.get("keep")
    if keep is None:
        yield session
        return
    with keep.scratch() as here:
        yield here
