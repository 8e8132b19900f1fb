"""Making a PostgreSQL database the office's: roles, schema, rights; then its members' logins.

All of it is asked by whoever keeps the server, under an administrator's login: a superuser, or one
who may make roles and owns the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from connexion_desktop.data import seed
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.models import Association, BaseInfo, Staff, new_id
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import ServerAddress, ServerError, check_login

from . import link, moving, policies, refusals, rights, team

_ONE_AT_A_TIME = b"COMMENT ON SCHEMA public IS 'Connexion Desktop'"
"""Locks the schema until the transaction ends, for its owner alone: no login can hold it."""
_LOCK_SECONDS = 10
_HAS_SET = 160_000  # before PostgreSQL 16, whoever is a member of a role may become it
_UNTOUCHED = "La base du serveur n’a pas été touchée."


@contextmanager
def administered(address: ServerAddress, password: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection under the administrator's own login, in autocommit. Raises ServerError; also for
    what only who keeps the server may do."""
    connection = link.connect(address, password, statement_seconds=0)
    try:
        with refusals.told(address), _for_its_keeper(address):
            yield connection
    finally:
        connection.close()


@contextmanager
def owned(address: ServerAddress, password: str) -> Iterator[sa.Connection]:
    """A transaction as the owner of the tables, past the rights of rows: committed on a clean exit,
    else nothing of it is kept. Raises ServerError."""

    def creator() -> link.Connection:
        connection = link.connect(address, password, statement_seconds=0)
        try:
            with _for_its_keeper(address):
                if not may_own(connection):
                    raise psycopg.errors.InsufficientPrivilege
                connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(rights.OWNER)))
        except BaseException:
            connection.close()
            raise
        return connection

    engine = link.make_engine(creator, 1)
    try:
        with refusals.told(address), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _for_its_keeper(address: ServerAddress) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise ServerError(
            f"« {address.login} » ne tient pas le serveur « {address.name} ».",
            "Rien n’a été fait.",
            "Donnez l’identifiant de qui le tient (--administrateur).",
        ) from error


def prepare(address: ServerAddress, password: str, association_name: str) -> bool:
    """Make an empty database the office's, or bring an older one up to date; either way the rights
    are made again. Returns whether it was empty.

    One transaction: what fails leaves the database as it was (but for the two roles without login,
    which are the whole server's). A restored database, whose own grants no backup holds, is made
    whole again by the same way, and lets the team in once that is committed.
    Raises ServerError; UserError for a database that holds something else, that was made by a newer
    program, or that somebody of the team has open.
    """
    with administered(address, password) as connection:
        _refuse_others(connection, version_of(connection), address)
        _make_roles(connection, address)
    with owned(address, password) as connection:
        with _as_administrator(connection) as bare:
            was_empty = _hold(connection)
            _take_over(bare, address)
            _close_large_objects(bare)
        _upgrade(connection)
        if was_empty:
            fill(connection, association_name)
        else:
            _refresh_lists(connection)
        policies.apply(connection)
        members = connection.scalars(
            sa.select(Staff.login).where(team.still_there(), Staff.deleted_at.is_(None))
        ).all()
    with administered(address, password) as connection:
        for login in members:
            if login is not None and _is_of_the_team(connection, login):
                _let_connect(connection, login)
    return was_empty


@contextmanager
def _as_administrator(connection: sa.Connection) -> Iterator[psycopg.Connection[Any]]:
    """Within the owner's transaction, what only the login itself may do: the database is not the
    owner's."""
    bare = moving.bare_of(connection)
    bare.execute("SET LOCAL ROLE NONE")
    yield bare
    bare.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(rights.OWNER)))


def _hold(connection: sa.Connection) -> bool:
    """Keep everybody out until the transaction ends: who opens the server meanwhile waits to read
    its version. Returns whether it is empty. Raises UserError if somebody has it open."""
    bare = moving.bare_of(connection)
    bare.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'".encode())
    bare.execute(_ONE_AT_A_TIME)
    if version_of(bare) is None:
        return True
    bare.execute("LOCK TABLE public.alembic_version IN ACCESS EXCLUSIVE MODE")
    moving.refuse_others(connection, logins(bare), _UNTOUCHED)
    return False


def _upgrade(connection: sa.Connection) -> None:
    """Bring the schema to the present version."""
    from alembic import command

    from connexion_desktop.data.migrations.upgrade import config

    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, "head")


def may_own(connection: psycopg.Connection[Any]) -> bool:
    """Whether who is connected may act as the owner of the tables."""
    kind = "SET" if connection.info.server_version >= _HAS_SET else "MEMBER"
    return bool(
        _one(
            connection,
            "SELECT pg_has_role(oid, %s) FROM pg_roles WHERE rolname = %s",
            (kind, rights.OWNER),
        )
    )


def version_of(connection: psycopg.Connection[Any]) -> str | None:
    """The version of our schema that a database holds; None without one. Another program may have
    made its own with the same tool."""
    tables = "to_regclass('public.alembic_version'), to_regclass('public.base_info')"
    if not _one(connection, f"SELECT num_nulls({tables}) = 0"):
        return None
    found = str(_one(connection, "SELECT version_num FROM public.alembic_version"))
    return found if found.isdecimal() else None


def add_login(connection: psycopg.Connection[Any], login: str, password: str) -> None:
    """Make a login of the team, or give it back with a new password. Only its SCRAM verifier goes
    to the server. Raises UserError for a login that is not one, or that serves something else."""
    name = sql.Identifier(check_login(login))
    verifier = connection.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    ).decode()
    if _is_role(connection, login):
        if not _one(
            connection,
            "SELECT rolcanlogin IS FALSE OR pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles"
            " WHERE rolname = %s AND NOT rolsuper",
            (rights.TEAM, login),
        ):
            raise UserError(
                f"L’identifiant « {login} » sert déjà à autre chose sur ce serveur.",
                "Il n’a pas été touché.",
                "Choisissez-en un autre.",
            )
        verb = sql.SQL("ALTER ROLE {} LOGIN NOINHERIT NOCREATEDB NOCREATEROLE PASSWORD {}")
    else:
        verb = sql.SQL("CREATE ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}")
    connection.execute(verb.format(name, sql.Literal(verifier)))
    connection.execute(sql.SQL("ALTER ROLE {} INHERIT").format(name))
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(rights.TEAM), name))
    _let_connect(connection, login)


def remove_login(connection: psycopg.Connection[Any], login: str) -> bool:
    """Take a login away: it no longer opens anything, what it has open is closed. False if there is
    no such login of the team."""
    if not _is_of_the_team(connection, login):
        return False
    name = sql.Identifier(login)
    connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN PASSWORD NULL").format(name))
    connection.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(rights.TEAM), name))
    connection.execute(
        sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}").format(
            sql.Identifier(connection.info.dbname), name
        )
    )
    _end_sessions(connection, name, login)
    return True


def _end_sessions(connection: psycopg.Connection[Any], name: sql.Identifier, login: str) -> None:
    """Close what a login has open. Only a member of a role may do that, or a superuser."""
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (login,)
    )
    connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(name))


def _is_of_the_team(connection: psycopg.Connection[Any], login: str) -> bool:
    return bool(
        _one(
            connection,
            "SELECT pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles"
            " WHERE rolname = %s AND NOT rolsuper",
            (rights.TEAM, login),
        )
    )


def _let_connect(connection: psycopg.Connection[Any], login: str) -> None:
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            sql.Identifier(connection.info.dbname), sql.Identifier(login)
        )
    )


def logins(connection: psycopg.Connection[Any]) -> frozenset[str]:
    """The logins of the team that open this database."""
    rows = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper"
        " AND pg_has_role(rolname, %s, 'MEMBER')"
        " AND has_database_privilege(rolname, current_database(), 'CONNECT')",
        (rights.TEAM,),
    )
    return frozenset(str(row[0]) for row in rows)


def _refuse_others(
    connection: psycopg.Connection[Any], version: str | None, address: ServerAddress
) -> None:
    if version is not None and int(version) > int(HEAD):
        raise ServerError(
            f"La base « {address.database} » a été préparée par une version plus récente.",
            _UNTOUCHED,
            "Mettez Connexion Desktop à jour sur ce poste.",
        )
    if version is None and _one(
        connection,
        "SELECT EXISTS (SELECT 1 FROM pg_class AS found JOIN pg_namespace AS place"
        " ON place.oid = found.relnamespace WHERE place.nspname = 'public'"
        " AND found.relkind IN ('r', 'v', 'p', 'm'))",
    ):
        raise UserError(
            f"La base « {address.database} » contient déjà autre chose.",
            _UNTOUCHED,
            "Donnez une base vide : « createdb connexion ».",
        )


def _make_roles(connection: psycopg.Connection[Any], address: ServerAddress) -> None:
    """The owner, under which nobody logs in, and the team, of which every login is."""
    for name in (rights.OWNER, rights.TEAM):
        if not _is_role(connection, name):
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
    if not may_own(connection):
        owner, me = sql.Identifier(rights.OWNER), sql.Identifier(address.login)
        connection.execute(sql.SQL("GRANT {} TO {}").format(owner, me))


def _take_over(connection: psycopg.Connection[Any], address: ServerAddress) -> None:
    """Nobody opens the database who was not given it; its schema is the owner's."""
    database, owner = sql.Identifier(address.database), sql.Identifier(rights.OWNER)
    for words in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT, CREATE ON DATABASE {database} TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "ALTER SCHEMA public OWNER TO {owner}",
    ):
        connection.execute(sql.SQL(words).format(database=database, owner=owner))


def _close_large_objects(connection: psycopg.Connection[Any]) -> None:
    """Take from every login the large objects, which PostgreSQL lets anybody make and fill: we have
    none. Only a superuser can."""
    connection.execute(
        "DO $$ DECLARE one regprocedure; BEGIN"
        " IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN"
        " FOR one IN SELECT oid::regprocedure FROM pg_proc"
        " WHERE pronamespace = 'pg_catalog'::regnamespace"
        " AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite'))"
        " LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one); END LOOP;"
        " END IF; END $$"
    )


def fill(connection: sa.Connection, association_name: str) -> None:
    """An association with its reference lists, and nobody yet."""
    with StoreSession(connection, info={"work": Work(None)}) as session:
        association_id = new_id()
        session.info["association_id"] = association_id
        session.add(
            Association(id=association_id, association_id=association_id, name=association_name)
        )
        session.flush()
        session.add(BaseInfo(id=1, base_id=new_id(), association_id=association_id))
        session.flush()
        seed.refresh(session)
        session.flush()


def _refresh_lists(connection: sa.Connection) -> None:
    """Bring in the lists of a newer program."""
    known, association_id = connection.execute(
        sa.select(BaseInfo.reference_digest, BaseInfo.association_id)
    ).one()
    if known != seed.shipped_digest():
        info = {"work": Work(None, elsewhere=True), "association_id": association_id}
        with StoreSession(connection, info=info) as session:
            seed.refresh(session)


def _is_role(connection: psycopg.Connection[Any], name: str) -> bool:
    return bool(
        _one(connection, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", (name,))
    )


def _one(connection: psycopg.Connection[Any], question: str, given: tuple[Any, ...] = ()) -> Any:
    """The one value that a question asks for; None without an answer."""
    found = connection.execute(question.encode(), given).fetchone()
    return None if found is None else found[0]
