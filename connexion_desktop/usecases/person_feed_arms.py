"""An arm of the union of all that is dated about a person: its columns, and whose rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.feed import FeedKind

PERSON: sa.BindParameter[Any] = sa.bindparam("person_id", type_=sa.Uuid())
"""Whose rows: given at each execution, as « person_id »."""

COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "kind": sa.String(),
    "id": sa.Uuid(),
    "on": sa.Date(),
    "at": m.Instant(),
    "title": sa.String(),
    "text": sa.Text(),
    "code": sa.String(),
    "state": sa.String(),
    "other": sa.String(),
    "first": sa.Date(),
    "until": sa.Date(),
    "minute": sa.Integer(),
    "number": sa.Integer(),
    "open": sa.Boolean(),
    "marks": sa.String(),
    "precision": sa.String(),
    "given": sa.String(),
    "family": sa.String(),
}
LIGHT = tuple(name for name in COLUMNS if name not in ("text", "at", "given", "family"))
"""The columns that the band needs: no long text, nor who wrote it."""


def arm(kind: FeedKind, row_id: Any, on: Any, at: Any, **values: Any) -> sa.Select[Any]:
    """One arm of the union: what a table does not know is NULL, typed for PostgreSQL."""
    known = {"kind": sa.literal(kind.value), "id": row_id, "on": on, "at": at} | values
    return sa.select(
        *(
            known.get(name, sa.cast(sa.null(), column_type)).label(name)
            for name, column_type in COLUMNS.items()
        )
    )


def signed(model: type[m.Note | m.Interview | m.Action]) -> dict[str, Any]:
    """Who of the team wrote a row, as columns of its arm."""
    staff = m.Staff
    return {
        column: sa.select(name).where(staff.id == model.staff_id).scalar_subquery()
        for column, name in (("given", staff.given_name), ("family", staff.family_name))
    }


def of_journeys(query: sa.Select[Any], table: Any) -> sa.Select[Any]:
    """The rows of a table that are about one of that person's journeys."""
    journey = m.Journey
    return query.join(journey, journey.id == table.journey_id).where(
        journey.person_id == PERSON, journey.deleted_at.is_(None), table.deleted_at.is_(None)
    )


def day_of(instant: Any) -> sa.ColumnElement[date]:
    """The day of an instant, in UTC."""
    return sa.type_coerce(sa.func.date(instant), sa.Date())
