"""Which columns refer to rows of which table, read from the models themselves, once for all.

A row refers to another by a column made by `ref()`, or, whatever it is about, by a table's name and
an id.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Column

from .audit import MODELS
from .models import Base, Row


class Reference(NamedTuple):
    """A column of `table` that holds the id of a row of `to`."""

    table: str
    column: Column[UUID]
    to: str


class Pointer(NamedTuple):
    """A table whose rows are about a row of any table: the columns that hold that table's name and
    the row's id."""

    model: type[Row]
    table: str
    row: str


REFERENCES: tuple[Reference, ...] = tuple(
    Reference(table.name, column, column.info["to"])
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if "to" in column.info
)
"""All of them; a table comes after those it refers to."""

_POINTING = (("subject_table", "subject_id"), ("table_name", "row_id"))
POINTERS: tuple[Pointer, ...] = tuple(
    Pointer(model, table, row)
    for model in MODELS.values()
    for table, row in _POINTING
    if table in model.__table__.columns and row in model.__table__.columns
)
"""Files, flags and reminders: the tables that may point to any row."""


@cache
def references_to(table: str) -> tuple[Reference, ...]:
    """Those to rows of a table."""
    return tuple(each for each in REFERENCES if each.to == table)


@cache
def references_of(table: str) -> tuple[Reference, ...]:
    """Those that rows of a table hold."""
    return tuple(each for each in REFERENCES if each.table == table)


def ways_to(goal: str) -> dict[str, tuple[Reference, ...]]:
    """By table, the references that lead to rows of `goal` by the fewest steps."""
    ways: dict[str, tuple[Reference, ...]] = {goal: ()}
    while True:
        found = {
            table: leading
            for table in MODELS
            if table not in ways
            and (leading := tuple(each for each in references_of(table) if each.to in ways))
        }
        if not found:
            return ways
        ways |= found
