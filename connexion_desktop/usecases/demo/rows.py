"""Rows gathered in memory, then poured into the base table by table."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from itertools import repeat
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from connexion_desktop.data.models import Base, Row

_PER_MILLISECOND = 4096
_USUAL = ("version", "created_at", "association_id")


class Ids:
    """UUIDv7 that are the same at each run: ordered, from a seed and a day."""

    def __init__(self, seed: str, day: date) -> None:
        self._random = random.Random(f"ids {seed}")  # noqa: S311 - invented data
        self._milliseconds = int(datetime.combine(day, time(), UTC).timestamp() * 1000)
        self._count = 0

    def new(self) -> UUID:
        """The next identifier."""
        tick, low = divmod(self._count, _PER_MILLISECOND)
        self._count += 1
        high = (self._milliseconds + tick) << 80 | 7 << 76 | low << 64
        return UUID(int=high | 2 << 62 | self._random.getrandbits(62))


class Book:
    """What is to be written: `add` gathers, `pour` inserts parents before children."""

    def __init__(self, association_id: UUID, seed: str, today: date, ids_from: date) -> None:
        """`ids_from`: the day on which the identifiers seem made, one for each book."""
        self.today = today
        self.association_id = association_id
        self._ids = Ids(seed, ids_from)
        self._usual = {
            "version": 1,
            "created_at": datetime.combine(today, time(6), UTC),
            "association_id": association_id,
        }
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._blanks: dict[str, dict[str, Any]] = {}
        self._inserts: dict[str, _Insert] = {}

    def add(self, model: type[Row], /, **values: Any) -> UUID:
        """Gather one row; columns left out take their default. Returns its identifier."""
        name = model.__tablename__
        blank = self._blanks.get(name)
        if blank is None:
            blank = self._blanks[name] = _blank(Base.metadata.tables[name])
        row = blank | values
        if len(row) != len(blank):
            raise TypeError(f"{name}: {set(values) - set(blank)}")
        row["id"] = new_id = self._ids.new()
        self._rows[name].append(row)
        return new_id

    def change(self, model: type[Row], row_id: UUID, /, **values: Any) -> None:
        """Change a row gathered and not poured yet. Raises KeyError if it is not there."""
        for row in reversed(self._rows[model.__tablename__]):
            if row["id"] == row_id:
                row.update(values)
                return
        raise KeyError(row_id)

    def pour(self, session: Session) -> None:
        """Insert all that was gathered, and forget it."""
        connection = session.connection()
        for table in Base.metadata.sorted_tables:
            rows = self._rows.pop(table.name, [])
            if not rows:
                continue
            insert = self._inserts.get(table.name)
            if insert is None:
                insert = _Insert(table, self._usual, connection.dialect)
                self._inserts[table.name] = insert
            connection.exec_driver_sql(insert.sql, insert.parameters(rows))


def _blank(table: Table) -> dict[str, Any]:
    blank = {}
    for column in table.columns:
        if column.key in _USUAL:
            continue
        match column.default:
            case ScalarElementColumnDefault(arg=value):
                blank[column.key] = value
            case _:
                blank[column.key] = None
    return blank


class _Insert:
    """An INSERT of many rows, their values turned once and for all into the driver's.

    SQLAlchemy's own takes twice the time, which counts over three million rows.
    """

    def __init__(self, table: Table, usual: dict[str, Any], dialect: Dialect) -> None:
        columns = [column for column in table.columns if column.key not in _USUAL]
        self._columns = [(column.key, _processor(column, dialect)) for column in columns]
        shared = [table.columns[key] for key in _USUAL]
        self._shared = tuple(
            process(usual[column.key]) if process else usual[column.key]
            for column, process in ((column, _processor(column, dialect)) for column in shared)
        )
        names = ", ".join(f'"{column.name}"' for column in (*columns, *shared))
        marks = ", ".join("?" * (len(columns) + len(shared)))
        self.sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - our names

    def parameters(self, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        """The rows as the driver takes them; column by column, which is quicker."""
        columns: list[Iterable[Any]] = []
        for key, process in self._columns:
            values = [row[key] for row in rows]
            if process is not None:
                values = [value if value is None else process(value) for value in values]
            columns.append(values)
        columns += [repeat(value, len(rows)) for value in self._shared]
        return list(zip(*columns, strict=True))


def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)
