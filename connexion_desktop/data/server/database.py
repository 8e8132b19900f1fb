"""The shared server as an open store: the same units of work as on a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from connexion_desktop.data import drafts
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import DoneCommand, Row
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import COMMAND_LINE, Act, AlreadyDone, Changes
from connexion_desktop.domain.errors import StaleError, UserError
from connexion_desktop.domain.servers import (
    BusyServerError,
    LostServerError,
    Member,
    Role,
    Roles,
    ServerAddress,
)

from . import refusals
from .lines import Lines
from .link import Connection
from .listening import Listening

_RIGHTS = ("cohort", "cohort_access", "staff", "staff_role")
"""The tables whose change opens or closes what nobody touched."""
_GIVEN_UP = "Enregistrement non abouti"
_TRIES = 3
"""How often one waits, `LOCK_SECONDS` each time, for a save of one's own that was cut: the server
gives up after 11 s a workstation that says nothing (`link.connect`)."""


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
        self._keep = keep
        self._lines = Lines(address, password)
        self.association_id = self._lines.identity.association
        self.base_id = self._lines.identity.base
        self._listening = Listening(
            self._lines.to_listen, self._hear, self._tell_link, self._lines.is_ours
        )

    @classmethod
    def open(cls, address: ServerAddress, password: str, keep: Database) -> ServerDatabase:
        """Connect and see who one is. Raises ServerError: see `link.connect`; also for a schema of
        another version of the program, and a login that is nobody of the team.

        What was being saved when this workstation stopped is settled: see `settle_drafts`. Where
        it does not open, `keep` is closed.
        """
        try:
            opened = cls(address, password, keep)
        except BaseException:
            keep.close()
            raise
        try:
            opened.settle_drafts()
            with refusals.told(address):
                opened._listening.start()
        except BaseException:
            opened.close()
            raise
        return opened

    @property
    def member(self) -> Member:
        """Who is connected, with their roles of today."""
        return self._lines.identity.member

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
        return self._lines.answers

    @property
    def refusal(self) -> UserError | None:
        """Why the server, which answers, does not let this workstation in; None where it does."""
        return self._lines.refusal

    def connect(self) -> Connection:
        """A connection of its own; the caller closes it."""
        return self._lines.one()

    def cut(self) -> None:
        """End at once whatever waits for an answer of the server: it is known to be lost."""
        self._lines.cut()

    def close(self) -> None:
        """Close every connection, and the base of the drafts; a second call does nothing."""
        if self._lines.closed:
            return
        self._lines.closed = True
        self._listening.stop()
        self._lines.forget()
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
        with self._told(), self._session(self._lines.reports) as session:
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
            with self._lines.writer.begin() as connection:
                asked = connection.exec_driver_sql(asking, (reason, list(people)))
                lines = asked.scalars().all()
            with self._lines.writer.begin() as connection:  # none before the looks are written down
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
        self._take_place(command_id)
        label = sa.select(DoneCommand.label).where(DoneCommand.command_id == command_id)
        with self.read() as session:
            return session.scalar(label) != _GIVEN_UP

    def _take_place(self, command_id: UUID) -> None:
        """Wait for a save that was cut, until the server has given its workstation up."""
        for _each in range(_TRIES):
            with suppress(BusyServerError):
                with suppress(AlreadyDone), self.write(Act(self.author, _GIVEN_UP, command_id)):
                    pass
                return
        raise refusals.still_saving(self.address)

    def pulse(self) -> None:
        """Ask the server now whether it answers, rather than at the next try."""
        self._listening.hurry()

    @property
    def _reading(self) -> sa.Engine:
        return self._lines.reader

    @property
    def _writing(self) -> sa.Engine:
        return self._lines.writer

    def _told(self) -> AbstractContextManager[None]:
        return self._watched()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            with refusals.told(self.address):
                yield
        except LostServerError:
            if not self._lines.closed:
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

    def _hear(self, changes: Changes) -> None:
        """Of another workstation; or of anything, after a silence."""
        if changes.touches(*_RIGHTS):
            self._lines.identify_again()
            self._lines.forget()
        self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        """Where rights change, all is to be read again."""
        super()._tell(replace(changes, anything=changes.touches(*_RIGHTS)))

    def _tell_link(self, answers: bool, refusal: UserError | None) -> None:
        lines = self._lines
        if answers == lines.answers and str(refusal) == str(lines.refusal):
            return
        is_new = answers != lines.answers
        lines.answers, lines.refusal = answers, refusal
        if is_new and not answers:
            lines.cut()
            lines.forget()
        for listener in list(self.links):
            listener(answers)
