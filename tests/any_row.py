"""A row of any table, filled from what its model says of its columns, and all that a base holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS

from .factories import START, put

_numbers = count(1)
_KEPT_APART = frozenset({"audit_line", "done_command", "base_info", "page_snapshot", "draft"})
_DUMPED = {
    table.name: table
    for table in m.Base.metadata.sorted_tables
    if table.name not in _KEPT_APART and "id" in table.columns
}
_NOT_EMPTY = sa.union_all(
    *(
        sa.select(sa.literal(name)).where(sa.exists().select_from(table))
        for name, table in _DUMPED.items()
    )
)


def any_row(session: Session, table: str, **values: Any) -> UUID:
    """A row with what must not be empty; what it refers to is made too."""
    model = MODELS[table]
    for column in model.__table__.columns:
        name = column.name
        if name in values or name in ("id", "association_id", "version", "created_at"):
            continue
        if column.nullable or column.default is not None:
            continue
        target = column.info.get("to")
        values[name] = any_row(session, target) if target else _value(column.type)
    return put(session, model(**values))


def _value(kind: sa.types.TypeEngine[Any]) -> Any:
    number = next(_numbers)
    found: dict[type, Any] = {
        bool: False,
        int: number,
        float: float(number),
        date: START,
        datetime: m.utc_now(),
        bytes: b"x",
        UUID: m.new_id(),
        str: f"x{number}"[-(getattr(kind, "length", None) or 40) :],
    }
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, m.Instant):
        return found[datetime]
    return found[kind.python_type]


def dump(session: Session) -> Mapping[tuple[str, UUID], Mapping[str, Any]]:
    """Every row of every table, but those that tell what was done, and the versions of rows."""
    found = {}
    connection = session.connection()
    for name in connection.scalars(_NOT_EMPTY).all():
        for row in connection.execute(sa.select(_DUMPED[name])):
            told = {field: value for field, value in row._mapping.items() if field != "version"}
            found[name, row.id] = told
    return found
