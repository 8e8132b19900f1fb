"""A row and all that is nothing without it, taken away together: undoing brings all of it back."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS

from .referring import parts, references, rows_with

POINTING = {"data_flag": "row_id", "snooze": "subject_id", "attachment": "subject_id"}
"""The tables that point to a row of any table, and by which column."""

Found = dict[str, set[UUID]]
"""Rows by table."""


def hanging(session: Session, table: str, row_id: UUID) -> Found:
    """A row, and all that is nothing without it; files, flags and reminders too."""
    found: Found = {table: {row_id}}
    near: Found = found
    while near:
        further: Found = {}
        for name, column, target in references():
            if not column.nullable and target in near:
                ids = rows_with(session, column, near[target])
                if new := ids - found.get(name, set()):
                    further.setdefault(name, set()).update(new)
        for name, ids in further.items():
            found[name] = found.get(name, set()) | ids
        near = further
    everything = {each for ids in found.values() for each in ids}
    for name, pointing in POINTING.items():
        if ids := rows_with(session, MODELS[name].__table__.c[pointing], everything):
            found[name] = found.get(name, set()) | ids
    return found


def take_away(session: Session, found: Found) -> None:
    """Mark rows as deleted. The bytes of a file are left as they are: nobody finds them without its
    line."""
    now = m.utc_now()
    for name, ids in found.items():
        for part in parts(ids):
            for each in session.scalars(sa.select(MODELS[name]).where(MODELS[name].id.in_(part))):
                each.deleted_at = now
