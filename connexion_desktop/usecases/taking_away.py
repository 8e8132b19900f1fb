"""A row and all that is nothing without it, taken away together: undoing brings all of it back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.references import POINTERS, references_to

from .referring import rows_of, rows_with

Found = dict[str, set[UUID]]
"""Rows by table."""


def hanging(session: Session, table: str, row_id: UUID) -> Found:
    """A row, and all that is nothing without it; files, flags and reminders too."""
    found: Found = {table: {row_id}}
    near: Found = found
    while near:
        further: Found = {}
        for name, column, target in (each for table in near for each in references_to(table)):
            if not column.nullable:
                ids = rows_with(session, column, near[target])
                if new := ids - found.get(name, set()):
                    further.setdefault(name, set()).update(new)
        for name, ids in further.items():
            found[name] = found.get(name, set()) | ids
        near = further
    everything = {each for ids in found.values() for each in ids}
    for model, _, row in POINTERS:
        if ids := rows_with(session, model.__table__.c[row], everything):
            found[model.__tablename__] = found.get(model.__tablename__, set()) | ids
    return found


def take_away(session: Session, found: Found) -> None:
    """Mark rows as deleted. The bytes of a file are left as they are: nobody finds them without its
    line."""
    now = m.utc_now()
    for name, ids in found.items():
        for each in rows_of(session, name, ids):
            each.deleted_at = now
