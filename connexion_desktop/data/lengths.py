"""What a column can hold: SQLite keeps a text of any length, PostgreSQL would refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.domain.errors import UserError

from .models import Row


def refuse_too_long(session: Session) -> None:
    """Raise UserError naming the first text, made or changed, that its column could not hold."""
    for row in session.new:
        if isinstance(row, Row):
            _refuse(row, _limits(type(row)))
    for row in session.dirty:
        if isinstance(row, Row):
            _refuse(row, _changed(row))


def _changed(row: Row) -> Iterator[str]:
    attributes = sa.inspect(row).attrs
    for name in _limits(type(row)):
        if attributes[name].history.added:
            yield name


def _refuse(row: Row, names: Iterable[str]) -> None:
    limits = _limits(type(row))
    values = row.__dict__
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and len(value) > limits[name]:
            label = row.__table__.columns[name].info.get("label", "Ce texte")
            raise UserError(
                f"« {label} » est trop long : {limits[name]} signes au plus, il y en a"
                f" {len(value)}.",
                "Ce qui était noté avant est gardé.",
                "Raccourcissez-le.",
            )


@cache
def _limits(model: type[Row]) -> dict[str, int]:
    """The greatest length of each text of a table that has one."""
    return {
        column.name: column.type.length
        for column in model.__table__.columns
        if isinstance(column.type, sa.String) and column.type.length
    }
