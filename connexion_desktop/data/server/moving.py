"""Moving everything an association holds, from a file to its server and back.

Values go as they are written, without being read into objects: JSON to the letter, instants to the
microsecond. One transaction on the server, committed last: what fails before leaves both as they
were. Drafts and page snapshots stay where they were made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from psycopg import sql

from connexion_desktop.data import cipher
from connexion_desktop.data.models import Base, BaseInfo
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.moved import TABLES as IN_FRENCH
from connexion_desktop.domain.progress import Progress

from .link import Connection

_LEFT_BEHIND = frozenset({"draft", "page_snapshot"})
TABLES = tuple(table for table in Base.metadata.sorted_tables if table.name not in _LEFT_BEHIND)
"""What is moved, in an order where each table finds those it refers to."""
_OF_AN_EMPTY_ONE = frozenset(
    {
        "association", "base_info", "site", "setting", "reference_item", "trade_family",
        "staff", "staff_role", "audit_line", "done_command",
    }
)  # fmt: skip
"""The tables that hold rows on a server where nobody worked yet: lists, team, and their journal."""
_STEP = 500
_HEAVY_STEP = 1  # an attachment is twenty megabytes at most
_HEAVY = "attachment_bytes"


def lock(connection: sa.Connection) -> None:
    """Hold off whoever would read who they are, or write, until the transaction ends."""
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in TABLES)
    bare = bare_of(connection)
    bare.execute("LOCK TABLE base_info IN ACCESS EXCLUSIVE MODE")
    bare.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(names))


def is_empty(connection: sa.Connection) -> bool:
    """Whether a server holds nothing but the association, its lists and its team."""
    bare = bare_of(connection)
    return not any(
        bare.execute(
            sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table.name))
        ).fetchone()
        == (True,)
        for table in TABLES
        if table.name not in _OF_AN_EMPTY_ONE
    )


def refuse_others(connection: sa.Connection, logins: frozenset[str], safe: str) -> None:
    """Raise UserError if one of these logins, whoever asks left out, has a connection to the
    server."""
    question = (
        "SELECT count(DISTINCT usename) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = ANY (%s) AND usename <> session_user"
    )
    (others,) = bare_of(connection).execute(question, (sorted(logins),)).fetchone() or (0,)
    if others == 1:
        raise UserError(
            "Quelqu’un de l’équipe a l’application ouverte sur ce serveur.",
            safe,
            "Demandez-lui de la fermer, puis recommencez.",
        )
    if others:
        raise UserError(
            f"{others} personnes de l’équipe ont l’application ouverte sur ce serveur.",
            safe,
            "Demandez-leur de la fermer, puis recommencez.",
        )


@contextmanager
def unwatched(connection: sa.Connection) -> Iterator[None]:
    """Without a line in the journal for each row: they are moved with the lines they have."""
    _triggers(connection, "DISABLE")
    yield
    _triggers(connection, "ENABLE")


def clear(connection: sa.Connection) -> None:
    """Take everything out of a server."""
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in Base.metadata.sorted_tables)
    bare_of(connection).execute(sql.SQL("TRUNCATE {}, journal.signed").format(names))


def counts_here(source: cipher.Connection) -> dict[str, int]:
    """How many rows of each table a file holds."""
    return {
        table.name: source.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608 - our own names
        for table in TABLES
    }


def counts_there(connection: sa.Connection) -> dict[str, int]:
    """How many rows of each table a server holds."""
    bare = bare_of(connection)
    found = {}
    for table in TABLES:
        question = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))
        (found[table.name],) = bare.execute(question).fetchone() or (0,)
    return found


def fill_server(source: cipher.Connection, connection: sa.Connection, progress: Progress) -> None:
    """Copy a whole file, read on one snapshot, into an emptied server.

    Raises UserError for what a server cannot hold, or if a count differs; Cancelled.
    """
    source.execute("BEGIN")
    try:
        _refuse_what_does_not_fit(source)
        expected = counts_here(source)
        steps = _Steps(progress, sum(expected.values()), "Vers le serveur")
        for table in TABLES:
            _copy_in(source, bare_of(connection), table, steps)
    finally:
        source.execute("ROLLBACK")
    refuse_different(expected, counts_there(connection))


def fill_file(connection: sa.Connection, target: cipher.Connection, progress: Progress) -> None:
    """Copy a whole server into a file, whose own rows go. Raises Cancelled.

    The references are to be checked afterwards: they are not looked at here.
    """
    expected = counts_there(connection)
    steps = _Steps(progress, sum(expected.values()), "Vers le fichier")
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN IMMEDIATE")
    for table in Base.metadata.sorted_tables:
        target.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - our own names
    for table in TABLES:
        _copy_out(bare_of(connection), target, table, steps)
    target.execute("COMMIT")
    refuse_different(expected, counts_here(target))


def base_id(connection: sa.Connection) -> UUID:
    """Which base a server holds: it is the file's that was moved there."""
    return connection.execute(sa.select(BaseInfo.base_id)).scalar_one()


def bare_of(connection: sa.Connection) -> Connection:
    """The driver's own connection, within the same transaction."""
    bare = connection.connection.driver_connection
    if not isinstance(bare, psycopg.Connection):
        raise TypeError("not a connection to a server")
    return bare


def refuse_different(expected: Mapping[str, int], found: Mapping[str, int]) -> None:
    """Raise UserError unless both sides hold as many rows of each table."""
    wrong = sorted(name for name in expected if found.get(name) != expected[name])
    if wrong:
        raise UserError(
            f"La copie ne contient pas les mêmes lignes que l’original ({', '.join(wrong)}).",
            "Rien n’a été déplacé.",
            "Recommencez ; si cela se répète, signalez-le.",
        )


class _Steps:
    """Progress, in rows."""

    def __init__(self, progress: Progress, total: int, label: str) -> None:
        self._progress = progress
        self._total = total
        self._label = label
        self._done = 0
        self.take(0)

    def take(self, rows: int) -> None:
        """Say that so many more rows are over. Raises Cancelled."""
        self._done += rows
        self._progress.step(self._done, self._total, self._label)


def _triggers(connection: sa.Connection, verb: str) -> None:
    bare = bare_of(connection)
    for table in TABLES:
        if "version" in table.columns:
            bare.execute(
                sql.SQL("ALTER TABLE {} {} TRIGGER note_change").format(
                    sql.Identifier(table.name), sql.SQL("ENABLE" if verb == "ENABLE" else "DISABLE")
                )
            )


def _copy_in(source: cipher.Connection, target: Connection, table: sa.Table, steps: _Steps) -> None:
    names = [column.name for column in table.columns]
    listed = ", ".join(f'"{name}"' for name in names)
    rows = source.execute(f'SELECT {listed} FROM "{table.name}"')  # noqa: S608 - our own names
    step = _HEAVY_STEP if table.name == _HEAVY else _STEP
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with target.cursor() as cursor, cursor.copy(statement) as copy:
        for rank in count(1):
            row = rows.fetchone()
            if row is None:
                steps.take((rank - 1) % step)
                return
            copy.write_row(row)
            if rank % step == 0:
                steps.take(step)


def _copy_out(
    source: Connection, target: cipher.Connection, table: sa.Table, steps: _Steps
) -> None:
    names = [column.name for column in table.columns]
    question = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join(_as_on_file(column) for column in table.columns),
        sql.Identifier(table.name),
    )
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
    insert = f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})'  # noqa: S608 - our own names
    step = _HEAVY_STEP if table.name == _HEAVY else _STEP
    with source.cursor(name="moving") as cursor:
        cursor.itersize = step
        cursor.execute(question)
        while rows := cursor.fetchmany(step):
            target.executemany(insert, rows)
            steps.take(len(rows))


def _as_on_file(column: sa.Column[Any]) -> sql.Composable:
    """A column as SQLAlchemy writes it in a file."""
    name = sql.Identifier(column.name)
    for kind, words in _ON_FILE:
        if isinstance(column.type, kind):
            return sql.SQL(words).format(name)
    return name


_ON_FILE: tuple[tuple[type[Any], Any], ...] = (
    (sa.Uuid, "replace({}::text, '-', '')"),
    (sa.types.TypeDecorator, "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"),
    (sa.Boolean, "{}::int"),
    (sa.Date, "{}::text"),
    (sa.JSON, "{}::text"),
)


def _refuse_what_does_not_fit(source: cipher.Connection) -> None:
    """What a file lets pass and a server does not: a text longer than its column, the character
    zero. Nothing of it is told but where it is."""
    for table in TABLES:
        for column in table.columns:
            if not isinstance(column.type, sa.String):
                continue
            name = f'"{column.name}"'
            longest = column.type.length
            wrong = f"instr({name}, char(0))"
            if longest is not None:
                wrong += f" OR length({name}) > {longest}"
            question = f'SELECT count(*) FROM "{table.name}" WHERE {wrong}'  # noqa: S608 - our own names
            (number,) = source.execute(question).fetchone()
            if number:
                raise _does_not_fit(number, column)


def _does_not_fit(number: int, column: sa.Column[Any]) -> UserError:
    field = column.info.get("label")
    where = IN_FRENCH[column.table.name] + (f", champ « {field} »" if field else "")
    if number == 1:
        return UserError(
            f"Un texte de la base ne tient pas sur un serveur : {where}.",
            "Rien n’a été déplacé.",
            "Raccourcissez-le, ou retapez-le, puis recommencez.",
        )
    return UserError(
        f"{number} textes de la base ne tiennent pas sur un serveur : {where}.",
        "Rien n’a été déplacé.",
        "Raccourcissez-les, ou retapez-les, puis recommencez.",
    )
