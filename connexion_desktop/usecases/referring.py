"""What refers to a row: nothing that others hold on to is taken away behind them, and nothing that
is gone is held on to again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.audit import DELETED, MODELS
from connexion_desktop.data.models import Attachment, Base, Row
from connexion_desktop.data.references import references_of, references_to

from .parts import parts


def rows_of(session: Session, table: str, ids: Collection[UUID]) -> Iterator[Row]:
    """These rows of a table, deleted ones too."""
    model = MODELS[table]
    for part in parts(sorted(ids)):
        yield from session.scalars(sa.select(model).where(model.id.in_(part)))


def rows_with(session: Session, column: Any, ids: Collection[UUID]) -> set[UUID]:
    """The rows, not deleted, whose `column` holds one of these."""
    columns = column.table.c
    return {
        row
        for part in parts(sorted(ids))
        for row in session.connection().scalars(
            sa.select(columns.id).where(column.in_(part), columns.deleted_at.is_(None))
        )
    }


def referring(session: Session, table: str, ids: Collection[UUID]) -> list[tuple[str, UUID]]:
    """The rows, not deleted, that refer to these rows of `table`; files attached to them too."""
    found = [
        (each.table, row)
        for each in references_to(table)
        for row in rows_with(session, each.column, ids)
    ]
    return found + attached(session, table, ids)


def attached(session: Session, table: str, ids: Collection[UUID]) -> list[tuple[str, UUID]]:
    """The files, not deleted, attached to these rows of `table`."""
    file = Attachment
    return [
        ("attachment", row)
        for part in parts(sorted(ids))
        for row in session.scalars(
            sa.select(file.id).where(
                file.subject_table == table,
                file.subject_id.in_(part),
                file.deleted_at.is_(None),
            )
        )
    ]


def first_gone(
    session: Session, put_back: Mapping[Row, Collection[str]]
) -> tuple[str, UUID] | None:
    """The table and id of something deleted that rows put back, written already, refer to; None
    where all of it is there.

    `put_back` gives the columns of each row; where the row itself came back, all of them count.
    """
    wanted: dict[str, set[UUID]] = {}
    for row, columns in put_back.items():
        if row.deleted_at is None:
            for table, target in _targets(row, columns):
                wanted.setdefault(table, set()).add(target)
    for table, ids in wanted.items():
        known = Base.metadata.tables[table].c
        for part in parts(sorted(ids)):
            query = sa.select(known.id).where(known.id.in_(part), known.deleted_at.is_not(None))
            found: UUID | None = session.connection().scalar(query.limit(1))
            if found is not None:
                return table, found
    return None


def _targets(row: Row, columns: Collection[str]) -> Iterator[tuple[str, UUID]]:
    came_back = DELETED in columns
    for reference in references_of(row.__tablename__):
        key = reference.column.key
        held = getattr(row, key)
        if held is not None and (came_back or key in columns):
            yield reference.to, held
    if isinstance(row, Attachment) and came_back:
        yield row.subject_table, row.subject_id
