"""What a login tries on a row, going round the application, and whether the server lets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, UniqueViolation
from psycopg.types.json import Jsonb

from connexion_desktop.data.models import Base, new_id
from connexion_desktop.data.server.policies import changeable

Connection = psycopg.Connection[Any]
Key = Mapping[str, Any]


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
