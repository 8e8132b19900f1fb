"""Where a row or a code of the settings is used, counted through every table that may."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import code_uses
from connexion_desktop.data import models as m
from connexion_desktop.domain.uses import Use


def uses_of_codes(session: Session, name: str) -> dict[str, tuple[Use, ...]]:
    """The uses of each code of a list, by code, by rows that are not deleted."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for column in code_uses.HELD[name]:
        table = column.table
        rows = session.execute(
            sa.select(column, sa.func.count())
            .where(column.is_not(None), table.c.deleted_at.is_(None))
            .group_by(column)
        )
        for code, count in rows:
            counted[code][table.name] += count
    funder = m.FunderCode
    for code, count in session.execute(
        sa.select(funder.code, sa.func.count())
        .where(funder.list == name, funder.deleted_at.is_(None))
        .group_by(funder.code)
    ):
        counted[code][funder.__tablename__] += count
    return {code: _uses(tables.items()) for code, tables in counted.items()}


def has_served(session: Session, name: str, code: str) -> bool:
    """Whether a deleted row, or the history, still quotes a code: it may come back from there."""
    quoted = json.dumps(code)
    line = m.AuditLine
    return any(
        session.scalar(sa.select(sa.literal(1)).where(column == code).limit(1))
        or session.scalar(
            sa.select(sa.literal(1))
            .where(
                line.table_name == column.table.name,
                line.field == column.name,
                sa.or_(
                    sa.type_coerce(line.before, sa.String) == quoted,
                    sa.type_coerce(line.after, sa.String) == quoted,
                ),
            )
            .limit(1)
        )
        for column in code_uses.HELD[name]
    )


def uses_of_rows(
    session: Session, table: str, *, deleted: bool = False
) -> dict[UUID, tuple[Use, ...]]:
    """The uses of each row of a table, by its id; with `deleted`, by deleted rows too."""
    counted: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for child in m.Base.metadata.sorted_tables:
        for column in child.columns:
            if column.info.get("to") != table:
                continue
            query = sa.select(column, sa.func.count()).where(column.is_not(None))
            if not deleted:
                query = query.where(child.c.deleted_at.is_(None))
            for row_id, count in session.execute(query.group_by(column)):
                counted[row_id][child.name] += count
    return {row_id: _uses(tables.items()) for row_id, tables in counted.items()}


def _uses(counted: Iterable[tuple[str, int]]) -> tuple[Use, ...]:
    return tuple(Use(table, count) for table, count in counted)
