"""Rows gathered in memory, then poured into the base table by table."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from connexion_desktop.data.models import Base, Row

_PER_MILLISECOND = 4096
_SLICE = 2000


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
        self._at = datetime.combine(today, time(6), UTC)
        self._rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._blanks: dict[type[Row], tuple[Table, dict[str, Any]]] = {}

    def add(self, model: type[Row], /, **values: Any) -> UUID:
        """Gather one row; columns left out take their default. Returns its identifier."""
        table, blank = self._blanks.get(model) or self._learn(model)
        row = blank | values
        if len(row) != len(blank):
            raise TypeError(f"{table.name}: {set(values) - set(blank)}")
        row["id"] = new_id = self._ids.new()
        self._rows[table].append(row)
        return new_id

    def _learn(self, model: type[Row]) -> tuple[Table, dict[str, Any]]:
        table = Base.metadata.tables[model.__tablename__]
        blank: dict[str, Any] = {}
        for column in table.columns:
            match column.default:
                case ScalarElementColumnDefault(arg=value):
                    blank[column.key] = value
                case _:
                    blank[column.key] = None
        blank |= {"association_id": self.association_id, "created_at": self._at}
        self._blanks[model] = table, blank
        return table, blank

    def change(self, model: type[Row], row_id: UUID, /, **values: Any) -> None:
        """Change a row gathered and not poured yet. Raises KeyError if it is not there."""
        for row in reversed(self._rows[Base.metadata.tables[model.__tablename__]]):
            if row["id"] == row_id:
                row.update(values)
                return
        raise KeyError(row_id)

    def pour(self, session: Session) -> None:
        """Insert all that was gathered, and forget it."""
        connection = session.connection()
        for table in Base.metadata.sorted_tables:
            rows = self._rows.pop(table, [])
            for first in range(0, len(rows), _SLICE):
                connection.execute(insert(table), rows[first : first + _SLICE])
