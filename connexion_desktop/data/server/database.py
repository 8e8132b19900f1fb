"""The shared server as an open store: the same units of work as on a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID
from weakref import WeakSet

import sqlalchemy as sa
from psycopg.errors import UndefinedFunction, UndefinedTable
from psycopg.rows import namedtuple_row
from sqlalchemy.orm.exc import StaleDataError

from connexion_desktop.data import drafts
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.database import Database
from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.models import DoneCommand, Row
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import COMMAND_LINE, Act, AlreadyDone, Changes
from connexion_desktop.domain.errors import StaleError, UserError
from connexion_desktop.domain.servers import (
    LostServerError,
    Member,
    Role,
    Roles,
    ServerAddress,
    ServerError,
)

from . import link, refusals
from .listening import Listening
from .reading import make_reading_engine
from .rights import PSEUDONYM

_RIGHTS = ("cohort", "cohort_access", "staff", "staff_role")
"""The tables whose change opens or closes what nobody touched."""
_IDENTITY = "SELECT version_num, who.* FROM alembic_version, who_am_i() AS who"
_READERS = 2  # the pages', and one for what a page asks beside
_GIVEN_UP = "Enregistrement non abouti"
_WRITERS = 2  # the saves', and one for a long act of the pool (an import)


class ServerDatabase(Store):
    """The server, as one member of the team sees it.

    `keep` is an encrypted base of this workstation, for drafts; it is closed with the server.
    `links` are called with whether the server answers and lets us in, each time that changes or
    why, on any thread.
    """

    def __init__(self, address: ServerAddress, password: str, keep: Database) -> None:
        """Use `open`, which makes the checks first."""
        super().__init__()
        self.address = address
        self.links: list[Callable[[bool], None]] = []
        self._password = password
        self._keep = keep
        self._closed = False
        self._answers = True
        self._is_known = False
        self._refusal: UserError | None = None
        self._lines: WeakSet[link.Connection] = WeakSet()
        self._writing_there: dict[link.Connection, int] = {}
        self._reader = make_reading_engine(self._connect_to_read, _READERS)
        self._writer = link.make_engine(self._connect_to_write, _WRITERS)
        sa.event.listen(self._writer, "close", self._forget_writing)
        self._reports = make_reading_engine(self._connect_for_reports, 1)
        try:
            with refusals.told(address), self._reader.connect() as connection:
                line: Any = connection.connection.driver_connection
                self.association_id, self.base_id, self.member = self._read_identity(line)
        except BaseException:
            self._forget_lines()
            raise
        self._is_known = True
        self._listening = Listening(
            self._connect_to_listen, self._hear, self._tell_link, self._is_ours
        )

    @classmethod
    def open(cls, address: ServerAddress, password: str, keep: Database) -> ServerDatabase:
        """Connect and see who one is. Raises ServerError: see `link.connect`; also for a schema of
        another version of the program, and a login that is nobody of the team.

        What was being saved when this workstation stopped is settled: see `settle_drafts`.
        """
        opened = cls(address, password, keep)
        try:
            opened.settle_drafts()
            with refusals.told(address):
                opened._listening.start()
        except BaseException:
            opened.close()
            raise
        return opened

    @property
    def author(self) -> str:
        """How the acts are signed: the server takes no other name."""
        return self.member.name

    @property
    def roles(self) -> Roles:
        """What the user may do here today."""
        return self.member.roles

    @property
    def answers(self) -> bool:
        """Whether the server answered last time it was asked."""
        return self._answers

    @property
    def refusal(self) -> UserError | None:
        """Why the server, which answers, lets this workstation in no more; None where it does."""
        return self._refusal

    def connect(self) -> link.Connection:
        """A connection of its own; the caller closes it."""
        return self._line()

    def cut(self) -> None:
        """End at once whatever waits for an answer of the server: it is known to be lost."""
        for line in list(self._lines):
            link.cut(line)

    def _line(self, *, often_asked: bool = False) -> link.Connection:
        made = link.connect(self.address, self._password, often_asked=often_asked)
        return self._watched_line(made)

    def _watched_line(self, line: link.Connection) -> link.Connection:
        self._lines.add(line)
        if self._is_known:
            self._refuse_if_upgraded(line)
        return line

    def _refuse_if_upgraded(self, line: link.Connection) -> None:
        """The server may have been upgraded while it was out of reach."""
        try:
            found = line.execute("SELECT version_num FROM alembic_version").fetchone()
            _refuse_other_version("0" if found is None else found[0], self.address)
        except BaseException:
            line.close()
            raise

    def _connect_to_read(self) -> link.Connection:
        self._refuse_if_lost()
        return self._line(often_asked=True)

    def _connect_to_listen(self) -> link.Connection:
        """It is looked each time whether the server is still of our version, and who one is."""
        line = self._line()
        try:
            self._read_identity(line)
        except BaseException:
            line.close()
            raise
        return line

    def _refuse_if_lost(self) -> None:
        """Nobody waits for a server that is known to be out of reach, or closed to us."""
        if self._refusal is not None:
            raise LostServerError(self._refusal.what, self._refusal.safe, self._refusal.todo)
        if not self._answers or self._closed:
            raise refusals.lost(self.address)

    def _connect_to_write(self) -> link.Connection:
        self._refuse_if_lost()
        line = self._line()
        self._writing_there[line] = line.info.backend_pid
        return line

    def _forget_writing(self, line: link.Connection, _record: object) -> None:
        """The number of its process may be given to somebody else's."""
        self._writing_there.pop(line, None)

    def _is_ours(self, pid: int) -> bool:
        return pid in list(self._writing_there.values())

    def close(self) -> None:
        """Close every connection, and the base of the drafts; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        if hasattr(self, "_listening"):
            self._listening.stop()
        self._forget_lines()
        self._keep.close()

    @contextmanager
    def write(self, act: Act) -> Iterator[StoreSession]:
        """As in `Store`. A row that may be seen and not changed answers as one that a colleague
        changed: it is read again before anything is said of it. Raises ServerError for a right
        that lacks."""
        loaded: dict[tuple[type[Row], UUID], int] = {}

        def note(session: StoreSession, *_more: object) -> None:
            for row in session.dirty:
                if isinstance(row, Row):
                    loaded.setdefault((type(row), row.id), row.version)

        try:
            with super().write(act) as session:
                sa.event.listen(session, "before_flush", note)
                yield session
        except StaleError as error:
            if isinstance(error.__cause__, StaleDataError) and self._are_still(loaded):
                raise refusals.forbidden() from error
            raise

    def _are_still(self, loaded: Mapping[tuple[type[Row], UUID], int]) -> bool:
        """Whether these rows have the version they were loaded with."""
        with self.read() as session:
            return all(
                session.scalar(sa.select(table.version).where(table.id == row_id)) == version
                for (table, row_id), version in loaded.items()
            )

    @contextmanager
    def report(self) -> Iterator[StoreSession]:
        """What is asked together is of one snapshot; the direction's counts everything, under
        pseudonyms."""
        with self._told(), self._session(self._reports) as session:
            yield session

    @contextmanager
    def scratch(self) -> Iterator[StoreSession]:
        """A session for drafts, in the base of this workstation."""
        with self._keep.scratch() as session:
            yield session

    @property
    def keeps_drafts(self) -> bool:
        """Whether what is typed and not saved is still on this workstation after closing."""
        return self._keep.outlives_closing

    @property
    def hides_names(self) -> bool:
        roles = self.member.roles
        return Role.DIRECTION in roles and Role.SECRETARIAT not in roles

    def reveal(self, reason: str, people: Sequence[UUID]) -> dict[UUID, tuple[str, str | None]]:
        """The given and family names of these people, for the direction: each look is written down
        with its reason. Raises ServerError without the right, UserError without a reason."""
        if len(reason.strip()) < 5:
            raise UserError(
                "Il faut dire pourquoi vous avez besoin des noms.",
                "Rien n’a été montré.",
                "Une courte raison : « contrôle de la Région du 3 mars ».",
            )
        asking = "SELECT ask_names(%s, %s)"
        answer = "SELECT id, given_name, family_name FROM names(%s)"
        with self._told():
            with self._writer.begin() as connection:
                asked = connection.exec_driver_sql(asking, (reason, list(people)))
                lines = asked.scalars().all()
            with self._writer.begin() as connection:  # none before the looks are written down
                rows = connection.exec_driver_sql(answer, (list(lines),))
                return {row.id: (row.given_name, row.family_name) for row in rows}

    def settle_drafts(self) -> None:
        """Forget what a save took along and that was done though nobody could say so; give back
        what was not. Nothing is being saved meanwhile."""
        with self._keep.read() as here:
            going = drafts.sent(here)
        for command_id in going:
            end = drafts.forget if self._was_done(command_id) else drafts.give_back
            with self._keep.scratch() as here:
                end(here, command_id)

    def _was_done(self, command_id: UUID) -> bool:
        """Whether a command was done. One that was not never will be: its place is taken, so that a
        COMMIT on its way is waited for, and one that comes later is refused."""
        with suppress(AlreadyDone), self.write(Act(self.author, _GIVEN_UP, command_id)):
            pass
        label = sa.select(DoneCommand.label).where(DoneCommand.command_id == command_id)
        with self.read() as session:
            return session.scalar(label) != _GIVEN_UP

    def pulse(self) -> None:
        """Ask the server now whether it answers, rather than at the next try."""
        self._listening.hurry()

    @property
    def _reading(self) -> sa.Engine:
        return self._reader

    @property
    def _writing(self) -> sa.Engine:
        return self._writer

    def _told(self) -> AbstractContextManager[None]:
        return self._watched()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            with refusals.told(self.address):
                yield
        except LostServerError:
            if not self._closed:
                self.pulse()
            raise

    def _session(self, engine: sa.Engine, **info: object) -> StoreSession:
        work = info.get("work")
        if isinstance(work, Work):
            work.elsewhere = True
        me = self.member
        who = {"roles": me.roles, "staff": UUID(me.staff_id)}
        return super()._session(engine, keep=self._keep, **who, **info)

    def _begin_command(self, session: StoreSession, act: Act) -> None:
        """In one question: is it done already, who does it, which command do the triggers note."""
        from_there = act.author.startswith(COMMAND_LINE)
        author = f"{COMMAND_LINE}{self.address.login}" if from_there else self.author
        session.info["act"] = signed = replace(act, author=author)
        session.info["work"].act = signed
        begun = sa.func.begin_command(act.command_id, author, act.label[:200])
        if not session.connection().scalar(sa.select(begun)):
            raise AlreadyDone

    def _conclude(self, session: StoreSession, work: Work) -> None:
        work.check_declared()
        act = work.act
        if act is None:
            raise TypeError("an act is committed, and there is none")
        if not (work.made or work.undoing or work.sealed):
            session.connection().execute(sa.select(sa.func.join_earlier(act.command_id)))

    def _mark(self, session: StoreSession) -> None:
        """Nothing: every writer would wait for that one row."""

    def _connect_for_reports(self) -> link.Connection:
        path = "public"
        if Role.DIRECTION in self.member.roles:
            path = f"{PSEUDONYM},public"
        self._refuse_if_lost()
        return self._watched_line(
            link.connect(
                self.address,
                self._password,
                search_path=path,
                statement_seconds=link.REPORT_SECONDS,
                often_asked=True,
                one_snapshot=True,
            )
        )

    def _hear(self, changes: Changes) -> None:
        """Of another workstation; or of anything, after a silence."""
        if changes.touches(*_RIGHTS):
            self._know_oneself()
            self._forget_lines()
        self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        """Where rights change, all is to be read again."""
        super()._tell(replace(changes, anything=changes.touches(*_RIGHTS)))

    def _know_oneself(self) -> None:
        """The user's rights may be others by now. Who has none left sees nothing any more."""
        with suppress(ServerError), closing(self.connect()) as line:
            self.member = self._read_identity(line)[2]

    def _forget_lines(self) -> None:
        """Those that wait for a use may be broken."""
        for engine in (self._reader, self._writer, self._reports):
            engine.dispose()

    def _tell_link(self, answers: bool, refusal: UserError | None) -> None:
        if answers == self._answers and str(refusal) == str(self._refusal):
            return
        is_new = answers != self._answers
        self._answers, self._refusal = answers, refusal
        if is_new and not answers:
            self.cut()
            self._forget_lines()
        for listener in list(self.links):
            listener(answers)

    def _read_identity(self, line: link.Connection) -> tuple[UUID, UUID, Member]:
        with refusals.told(self.address):
            try:
                cursor = line.cursor(row_factory=namedtuple_row)
                found: Any = cursor.execute(_IDENTITY).fetchone()
            except (UndefinedTable, UndefinedFunction) as error:
                raise ServerError(
                    f"La base « {self.address.database} » du serveur n’est pas préparée.",
                    "Elle n’a pas été touchée.",
                    "Préparez-la : « connexion-desktop serveur preparer ».",
                ) from error
        _refuse_other_version(found.version_num, self.address)
        if found.staff is None or not found.roles:
            raise ServerError(
                f"« {self.address.login} » ne fait pas partie de l’équipe sur ce serveur.",
                "Rien n’a été montré.",
                "Demandez à la direction un rôle, ou à qui tient le serveur de vous ajouter.",
            )
        roles = frozenset(Role(role) for role in found.roles)
        return found.association, found.base, Member(str(found.staff), found.name, roles)


def _refuse_other_version(version: str, address: ServerAddress) -> None:
    if int(version) > int(HEAD):
        raise ServerError(
            f"Le serveur « {address.name} » a été mis à jour par une version plus récente de"
            " Connexion Desktop.",
            "Rien n’a été touché.",
            "Mettez l’application à jour sur ce poste.",
        )
    if int(version) < int(HEAD):
        raise ServerError(
            f"Le serveur « {address.name} » date d’une version précédente de Connexion Desktop.",
            "Rien n’a été touché.",
            "Qui le tient doit le mettre à jour : « connexion-desktop serveur preparer ».",
        )
