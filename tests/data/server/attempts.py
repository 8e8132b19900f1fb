"""What a login tries on a row, going round the application, and whether the server lets it; whom
and what it tries that on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, UniqueViolation
from psycopg.types.json import Jsonb

from connexion_desktop.data.models import Base, new_id
from connexion_desktop.data.server.policies import changeable
from tests import servers
from tests.servers import KARIM

from .world import World

Connection = psycopg.Connection[Any]
Key = Mapping[str, Any]
NOTE = (
    'INSERT INTO note (id, association_id, person_id, "on", text, pinned, imported, version,'
    " created_at) SELECT gen_random_uuid(), association_id, %s, '2026-04-21', 'x', false, false, 1,"
    " now() FROM base_info"
)
"""A note about a person."""


def reads(connection: Connection, table: str, key: Key, schema: str = "public") -> bool:
    """Whether the row is shown."""
    question = sql.SQL("SELECT 1 FROM {} WHERE {}").format(
        sql.Identifier(schema, table), _where(key)
    )
    return connection.execute(question, key).fetchone() is not None


def changes(connection: Connection, table: str, key: Key) -> bool:
    """Whether an UPDATE of all that may change of the row touches it; nothing is kept."""
    columns = [sql.Identifier(name) for name in changeable(Base.metadata.tables[table])]
    question = sql.SQL("UPDATE {} SET {} WHERE {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.SQL("{0} = {0}").format(column) for column in columns),
        _where(key),
    )
    return _tried(connection, question, key)


def deletes(connection: Connection, table: str, key: Key) -> bool:
    """Whether a DELETE of the row touches it; nothing is kept."""
    question = sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), _where(key))
    return _tried(connection, question, key)


def makes(connection: Connection, table: str, row: Mapping[str, Any]) -> bool:
    """Whether a copy of the row is taken in under another identifier; nothing is kept. Where a row
    alike is there already, the refusal of two is not one of rights."""
    copy = dict(row)
    for name in ("id", "command_id"):
        if name in Base.metadata.tables[table].primary_key.columns:
            copy[name] = 2 if table == "base_info" else str(new_id())
    if table == "staff":
        copy["family_name"] = "Autre"  # two of one name are refused, and it is no right
    question = sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_record(NULL::{0}, %(row)s)")
    return _tried(connection, question.format(sql.Identifier(table)), {"row": Jsonb(copy)})


def whole(owner: Connection, table: str, key: Key) -> Mapping[str, Any]:
    """All of a row, as its owner reads it."""
    question = sql.SQL("SELECT to_jsonb(it) FROM {} AS it WHERE {}").format(
        sql.Identifier(table), _where(key)
    )
    found = owner.execute(question, key).fetchone()
    assert found is not None, f"{table}: the row is not there"
    return dict(found[0])


def staff(owner: Connection, hand: servers.Hand) -> UUID:
    """The row of somebody of the team."""
    found: UUID = one(owner, "SELECT id FROM staff WHERE login = %s", hand.login)
    return found


def one(connection: Connection, question: str, *given: object) -> Any:
    """The only value of an answer."""
    found = connection.execute(question.encode(), given).fetchone()
    assert found is not None
    return found[0]


def person_of(world: World, hand: servers.Hand) -> UUID:
    """The participant of a conseiller."""
    key: UUID = world.whose[hand.login]["person"]["id"]
    return key


def candidate(owner: Connection, site: str | None) -> UUID:
    """Somebody met who is in no group."""
    made = new_id()
    owner.execute(
        "INSERT INTO person (id, association_id, number, given_name, birth_precision, state,"
        " met_precision, version, created_at, site_id) SELECT %s, association_id, %s, 'Zoé', 'day',"
        " 'met', 'day', 1, now(), (SELECT id FROM site WHERE code = %s) FROM base_info",
        (made, f"P-{made.hex[-8:]}", site),
    )
    return made


def seen(connection: Connection, person: UUID) -> bool:
    """Whether somebody is shown."""
    return reads(connection, "person", {"id": person})


def replace(
    owner: Connection, world: World, hand: servers.Hand, first: str, last: str | None
) -> None:
    """Give somebody Karim's group for a while."""
    owner.execute(
        "INSERT INTO cohort_access (id, association_id, staff_id, cohort_id, starts_on, ends_on,"
        " version, created_at) SELECT gen_random_uuid(), association_id, %s, %s, %s, %s, 1, now()"
        " FROM base_info",
        (staff(owner, hand), world.whose[KARIM.login]["cohort"]["id"], first, last),
    )


def _tried(connection: Connection, question: sql.Composed, given: Mapping[str, Any]) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            return connection.execute(question, given).rowcount > 0
    except UniqueViolation:
        return True
    except InsufficientPrivilege:
        return False


def _where(key: Key) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in key
    )
