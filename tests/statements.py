"""Statements put into words once for all the bases of a run. Each test opens its own, and
SQLAlchemy otherwise does it again for each: a quarter of the time of the tests of use cases. The
values given to a statement are no part of it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_ROOM = 5_000


def compile_once() -> None:
    """From now on, for every engine."""
    words: LRUCache[object, object] = LRUCache(_ROOM)
    DefaultDialect.__eq__ = _speaks_the_same  # type: ignore[method-assign, assignment]
    DefaultDialect.__hash__ = _kind  # type: ignore[method-assign, assignment]

    @event.listens_for(sa.Engine, "engine_connect")
    def _share(connection: sa.Connection) -> None:
        connection.execution_options(compiled_cache=words)


def _speaks_the_same(one: DefaultDialect, other: object) -> bool:
    return one is other or (
        isinstance(other, DefaultDialect)
        and type(one) is type(other)
        and one.server_version_info == other.server_version_info
    )


def _kind(dialect: DefaultDialect) -> int:
    return hash(type(dialect))
