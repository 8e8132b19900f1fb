"""What refers to a row: nothing that others hold on to is taken away behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.models import Attachment, Base

_CHUNK = 400


def parts(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """These ids by parts that one statement can hold."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]


def references() -> list[tuple[str, sa.Column[UUID], str]]:
    """Every reference: the table that refers, its column, the table referred to."""
    return [
        (table.name, column, column.info["to"])
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "to" in column.info
    ]


def rows_with(session: Session, column: Any, ids: Collection[UUID]) -> set[UUID]:
    """The rows, not deleted, whose `column` holds one of these."""
    columns = column.table.c
    return {
        row
        for part in parts(ids)
        for row in session.connection().scalars(
            sa.select(columns.id).where(column.in_(part), columns.deleted_at.is_(None))
        )
    }


def referring(session: Session, table: str, ids: Collection[UUID]) -> list[tuple[str, UUID]]:
    """The rows, not deleted, that refer to these rows of `table`; files attached to them too."""
    found = [
        (name, row)
        for name, column, target in references()
        if target == table
        for row in rows_with(session, column, ids)
    ]
    return found + attached(session, table, ids)


def attached(session: Session, table: str, ids: Collection[UUID]) -> list[tuple[str, UUID]]:
    """The files, not deleted, attached to these rows of `table`."""
    file = Attachment
    return [
        ("attachment", row)
        for part in parts(ids)
        for row in session.scalars(
            sa.select(file.id).where(
                file.subject_table == table,
                file.subject_id.in_(part),
                file.deleted_at.is_(None),
            )
        )
    ]
