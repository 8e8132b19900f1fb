"""Where a row or a code of the settings is used, counted through every table that may."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import code_uses
from connexion_desktop.data import models as m
from connexion_desktop.data.audit import to_json
from connexion_desktop.data.references import references_to
from connexion_desktop.data.together import together
from connexion_desktop.domain.uses import Use


def uses_of_codes(session: Session, name: str) -> dict[str, tuple[Use, ...]]:
    """The uses of each code of a list, by code, by rows that are not deleted."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    funder = m.FunderCode
    told = (
        sa.select(funder.code, sa.func.count())
        .where(funder.list == name, funder.deleted_at.is_(None))
        .group_by(funder.code)
    )
    with together(session) as ask:
        asked = [
            (column.table.name, ask(session.execute, _counted(column)))
            for column in code_uses.HELD[name]
        ]
        asked.append((funder.__tablename__, ask(session.execute, told)))
        inside = ask(_inside, session, name)
    for table, rows in asked:
        for code, count in rows.value:
            counted[code][table] += count
    for table, codes in inside.value:
        for code in codes:
            counted[code][table] += 1
    return {code: _uses(tables.items()) for code, tables in counted.items()}


def has_served(session: Session, name: str, code: str) -> bool:
    """Whether a deleted row, or the history, still quotes a code: it may come back from there."""
    return _is_quoted(session, code_uses.HELD[name], code) or _is_quoted_inside(session, name, code)


def _inside(session: Session, name: str) -> list[tuple[str, set[str]]]:
    """By row that holds codes of a list inside, its table and those codes."""
    if name not in code_uses.INSIDE:
        return []
    column, key = code_uses.INSIDE[name]
    held = session.scalars(sa.select(column).where(column.table.c.deleted_at.is_(None)))
    return [(column.table.name, _codes_in(one, key)) for one in held]


def _codes_in(held: Any, key: str) -> set[str]:
    things = held if isinstance(held, list) else []
    return {each[key] for each in things if isinstance(each, dict) and key in each}


def _is_quoted_inside(session: Session, name: str, code: str) -> bool:
    """Whether a deleted row, or the history, still quotes a code inside."""
    if name not in code_uses.INSIDE:
        return False
    column, key = code_uses.INSIDE[name]
    line, quoted = m.AuditLine, f"{json.dumps(key)}: {json.dumps(code)}"

    def quotes(told: Any) -> sa.ColumnElement[bool]:
        return sa.cast(told, sa.Text).contains(quoted, autoescape=True)

    lines = (line.table_name == column.table.name, line.field == column.name)
    ways = (
        sa.select(sa.literal(1)).where(quotes(column)),
        sa.select(sa.literal(1)).where(*lines, sa.or_(quotes(line.before), quotes(line.after))),
    )
    return any(session.scalar(way.limit(1)) is not None for way in ways)


def row_has_served(session: Session, table: str, row_id: UUID) -> bool:
    """Whether a deleted row, or the history, still refers to a row of a table."""
    columns = [each.column for each in references_to(table)]
    return _is_quoted(session, columns, row_id)


def _is_quoted(session: Session, columns: Iterable[sa.Column[Any]], held: str | UUID) -> bool:
    quoted = json.dumps(to_json(held))
    line = m.AuditLine
    return any(
        session.scalar(sa.select(sa.literal(1)).where(column == held).limit(1))
        or session.scalar(
            sa.select(sa.literal(1))
            .where(
                line.table_name == column.table.name,
                line.field == column.name,
                sa.or_(
                    sa.cast(line.before, sa.Text) == quoted,
                    sa.cast(line.after, sa.Text) == quoted,
                ),
            )
            .limit(1)
        )
        for column in columns
    )


def uses_of_rows(session: Session, table: str) -> dict[UUID, tuple[Use, ...]]:
    """The uses of each row of a table, by its id, by rows that are not deleted."""
    counted: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with together(session) as ask:
        asked = [
            (child, ask(session.execute, _counted(column)))
            for child, column, _ in references_to(table)
        ]
    for child, rows in asked:
        for row_id, count in rows.value:
            counted[row_id][child] += count
    return {row_id: _uses(tables.items()) for row_id, tables in counted.items()}


def _counted(column: sa.Column[Any]) -> sa.Select[Any]:
    """How many rows that are not deleted hold each value of a column."""
    return (
        sa.select(column, sa.func.count())
        .where(column.is_not(None), column.table.c.deleted_at.is_(None))
        .group_by(column)
    )


def _uses(counted: Iterable[tuple[str, int]]) -> tuple[Use, ...]:
    return tuple(Use(table, count) for table, count in counted)
