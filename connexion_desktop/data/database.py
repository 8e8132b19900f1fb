"""The base: one encrypted file and its connections."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey

from . import cipher, schema, seed, shape, shares
from .audit import StoreSession, Work
from .errors import OlderBaseError, from_os, sqlite_told, told
from .lock import BaseLock, lock_if_free
from .migrations import HEAD
from .models import Association, Base, BaseInfo, new_id
from .store import Store

_READERS = 3  # the pages', and two for long reports on snapshots of their own
_WAIT_SECONDS = 30
_WAIT_FOR_WRITER = 600  # an import of thousands of rows may be writing


class Database(Store):
    """An open base. Safe from several threads; one writes at a time."""

    outlives_closing = True
    """Whether what is written in it is there the next time."""

    def __init__(
        self, path: Path, key: RawKey, lock: BaseLock | None, mode: cipher.Mode = "rw"
    ) -> None:
        """Use `open`, `open_to_read` or `create`, which make the checks first."""
        super().__init__()
        self.path = path
        self.key = key
        self._lock = lock
        self._mode = mode
        self._closed = False
        self._writer = self._engine(connections=1, begin="BEGIN IMMEDIATE")
        self._reader = self._engine(connections=_READERS, begin="BEGIN", query_only=True)
        self.base_id, self.association_id = self._read_identity()

    @classmethod
    def create(cls, path: Path, key: RawKey, association_name: str) -> Database:
        """Make a base at `path`, with its reference lists, and open it.

        Raises UserError if the file is there already, or the folder cannot be written or is a
        network share.
        The file appears under its name only once it is whole.
        """
        shares.refuse(path)
        lock = BaseLock(path)
        try:
            if path.exists():
                raise UserError(
                    f"« {path.name} » existe déjà.",
                    "Il n’a pas été touché.",
                    "Ouvrez cette base, ou choisissez un autre nom.",
                )
            with told():
                _build(path, key, association_name)
                return cls(path, key, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, key: RawKey) -> Database:
        """Open a base that exists; an older one is saved beside itself, then brought up to date.

        Raises UserError: missing, empty, not ours, wrong key, cut short, damaged, made by a newer
        version of the program or by a trial one, already open elsewhere, on a network share.
        """
        shares.refuse(path)
        cipher.fingerprint_of(path)
        lock = BaseLock(path)
        try:
            with told():
                schema.bring_up_to_date(path, key)
                with closing(cipher.connect(path, key)) as connection:
                    shape.refuse_another(connection, path)
                    _keep_a_log(connection)
                database = cls(path, key, lock)
                seed.refresh_if_new(database)
            return database
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_to_read(cls, path: Path, key: RawKey, *, lists: bool = False) -> Database:
        """Open a base of the present schema (and of the present reference `lists`) only to read it:
        whoever has it open goes on, and it may be on a disk that cannot be written.

        Raises UserError as `open` does, but for a base open elsewhere; OlderBaseError.
        Without the lock SQLite is not allowed to write either: on closing it would remove the log
        of whatever base has that name by then.
        """
        cipher.fingerprint_of(path)
        lock = lock_if_free(path)
        mode = cipher.reading_mode(path) if lock is None else "rw"
        try:
            with told():
                _check_present(path, key, mode, lists=lists)
                return cls(path, key, lock, mode)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def close(self) -> None:
        """Close every connection and give the lock back; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._reader.dispose()
        self._writer.dispose()
        if self._lock is not None:
            self._lock.release()

    @property
    def _reading(self) -> sa.Engine:
        return self._reader

    @property
    def _writing(self) -> sa.Engine:
        return self._writer

    def _told(self) -> AbstractContextManager[None]:
        return told()

    def connect(self) -> cipher.Connection:
        """A bare keyed connection of its own, for maintenance; the caller closes it."""
        return cipher.connect(self.path, self.key, self._mode)

    def _read_identity(self) -> tuple[UUID, UUID]:
        with self._reader.connect() as connection:
            known = sa.select(BaseInfo.base_id, BaseInfo.association_id)
            base_id, association_id = connection.execute(known).one()
            return base_id, association_id

    def _engine(self, *, connections: int, begin: str, query_only: bool = False) -> sa.Engine:
        def creator() -> cipher.Connection:
            connection = self.connect()
            if query_only:
                connection.execute("PRAGMA query_only = ON")
            return connection

        wait = _WAIT_SECONDS if query_only else _WAIT_FOR_WRITER
        return make_engine(creator, begin, connections, wait)


def make_engine(
    creator: Callable[[], cipher.Connection],
    begin: str,
    connections: int = 1,
    wait: int = _WAIT_SECONDS,
) -> sa.Engine:
    """An engine over SQLCipher connections in autocommit: `begin` opens each transaction.

    The driver's own habit of committing before DDL is thus out of the way: DDL rolls back too.
    What a statement was given never goes into an error: it may be a name.
    """
    from sqlcipher3 import dbapi2

    engine = sa.create_engine(
        "sqlite://",
        creator=creator,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=wait,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")

    return engine


def _check_present(path: Path, key: RawKey, mode: cipher.Mode, *, lists: bool) -> None:
    with sqlite_told(), closing(cipher.open_checked(path, key, mode)) as connection:
        version = schema.version_of(connection)
        schema.refuse_newer(version, path)
        is_older = version != HEAD
        if lists and not is_older:
            known = connection.execute("SELECT reference_digest FROM base_info").fetchone()
            is_older = known != (seed.shipped_digest(),)
        if version == HEAD:
            shape.refuse_another(connection, path)
    if is_older:
        raise OlderBaseError(
            f"La base « {path.name} » date d’une version précédente de Connexion Desktop.",
            "Elle n’a pas été touchée.",
            "Ouvrez-la une fois dans l’application, qui la mettra à jour, puis recommencez.",
        )


def _build(path: Path, key: RawKey, association_name: str) -> None:
    """Make the whole base under another name, then give it its own."""
    unfinished = path.with_name(path.name + ".partiel")
    try:
        cipher.remove(unfinished)
        cipher.make_private(unfinished)
        _fill(unfinished, key, association_name)
        unfinished.rename(path)
        cipher.sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, path.parent) from error
    finally:
        with suppress(OSError):
            cipher.remove(unfinished)


def _fill(path: Path, key: RawKey, association_name: str) -> None:
    """Write the whole base. Its log (WAL) comes last: rows go from the log to the file when it is
    closed, and nobody is told when the disk refuses that.
    """
    with closing(cipher.connect(path, key)) as connection:
        connection.execute(f"PRAGMA application_id = {cipher.APPLICATION_ID}")
    engine = make_engine(lambda: cipher.connect(path, key), "BEGIN IMMEDIATE")
    try:
        with StoreSession(engine, info={"work": Work(None)}) as session:
            _fill_tables(session, association_name)
            session.commit()
    finally:
        engine.dispose()
    with closing(cipher.connect(path, key)) as connection:
        _keep_a_log(connection)


def _keep_a_log(connection: cipher.Connection) -> None:
    """Let reads and saves go on together, for good; a restored base has no such log (WAL) yet."""
    connection.execute("PRAGMA journal_mode = WAL")


def _fill_tables(session: StoreSession, association_name: str) -> None:
    Base.metadata.create_all(session.connection())
    schema.stamp(session.connection())
    association_id = new_id()
    session.info["association_id"] = association_id
    session.add(
        Association(id=association_id, association_id=association_id, name=association_name)
    )
    session.add(BaseInfo(id=1, base_id=new_id(), association_id=association_id))
    seed.refresh(session)
