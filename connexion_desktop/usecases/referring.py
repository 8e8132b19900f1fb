"""What refers to a row: nothing that others hold on to is taken away behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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


def referring(session: Session, table: str, ids: Collection[UUID]) -> list[tuple[str, UUID]]:
    """The rows, not deleted, that refer to these rows of `table`; the files attached to them too."""
    found: list[tuple[str, UUID]] = []
    for child in Base.metadata.sorted_tables:
        for column in child.columns:
            if column.info.get("to") != table:
                continue
            for part in parts(ids):
                query = sa.select(child.c.id).where(column.in_(part), child.c.deleted_at.is_(None))
                found.extend((child.name, row) for row in session.connection().scalars(query))
    for part in parts(ids):
        files = sa.select(Attachment.id).where(
            Attachment.subject_table == table,
            Attachment.subject_id.in_(part),
            Attachment.deleted_at.is_(None),
        )
        found.extend(("attachment", row) for row in session.scalars(files))
    return found
