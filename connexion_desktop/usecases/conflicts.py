"""A save compared with what the base holds by now: what would be overwritten is told, and by whom
it was changed. Called in the unit of work that saves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import INSERT
from connexion_desktop.domain.conflicts import (
    Clash,
    ConflictError,
    Merged,
    Seen,
    known_value,
    merge,
)
from connexion_desktop.domain.records import KINDS

from .record_rows import told_columns


@dataclass(frozen=True, slots=True)
class Held:
    """What the base holds of a field, as its command says it; the columns and the rows it is in."""

    label: str
    value: Any
    rows: tuple[m.Row, ...]
    columns: tuple[str, ...]


def column_of(row: m.Row, column: str) -> Held:
    """What a column holds, called as in the history of its record."""
    return Held(label_of(row.__tablename__, column), getattr(row, column), (row,), (column,))


@cache
def label_of(table: str, column: str) -> str:
    """How the history calls a column; its own name where the history does not tell it."""
    for kind in KINDS.values():
        for part in kind.parts:
            if part.table == table and (told := told_columns(part).get(column)) is not None:
                return told.label
    return column


def refuse_overwriting(
    session: Session,
    seen: Seen | None,
    name: str,
    mine: Any,
    held: Callable[[str], Held],
    *,
    kept: Callable[[str, Any], Any] = lambda _name, value: value,
) -> None:
    """Raise ConflictError if somebody changed a field, or one linked to it, since it was seen; a
    change to the very same thing is none. `seen` has `name` among its fields; `kept` spells what a
    page sent as the base keeps it.

    Whoever saw nothing (None: the command line, an import) asks nothing.
    """
    if seen is None:
        return
    now = {each: held(each) for each in seen}
    theirs = {each: kept(each, found.value) for each, found in now.items()}
    base = {
        each: known_value([kept(each, value) for value in values], theirs[each])
        for each, values in seen.items()
    }
    labels = {each: found.label for each, found in now.items()}
    merged = merge(base, base | {name: kept(name, mine)}, theirs, (tuple(base),), labels)
    refuse(session, merged, now)


def merged_columns(
    session: Session,
    row: m.Row,
    seen: Seen | None,
    mine: Mapping[str, Any],
    links: Collection[Collection[str]] = (),
) -> Mapping[str, Any]:
    """What goes in the columns of a row that is mended as a whole: what one changed since it was
    `seen`, and what others did. Raises ConflictError for what both changed; the columns of `links`
    are changed together."""
    if seen is None:
        return mine
    held = {column: column_of(row, column) for column in mine}
    theirs = {column: each.value for column, each in held.items()}
    base = {column: known_value(seen[column], theirs[column]) for column in mine}
    labels = {column: each.label for column, each in held.items()}
    found = merge(base, mine, theirs, links, labels)
    refuse(session, found, held)
    return found.values


def refuse(session: Session, merged: Merged, held: Mapping[str, Held]) -> None:
    """Raise ConflictError for what is to be chosen, if anything is."""
    if merged.clashes:
        changed = [held[clash.field] for clash in merged.clashes if clash.is_theirs]
        raise conflict(session, merged.clashes, changed)


def conflict(
    session: Session, clashes: tuple[Clash, ...], changed: Iterable[Held]
) -> ConflictError:
    """The error, with who changed one of these fields last, and when."""
    last = _last_change(session, changed)
    if last is None:
        return ConflictError(clashes)
    act = session.info["act"]
    return ConflictError(
        clashes, last.author, last.at, by_oneself=act is not None and last.author == act.author
    )


def _last_change(session: Session, changed: Iterable[Held]) -> sa.Row[Any] | None:
    line, command = m.AuditLine, m.DoneCommand
    ways = [
        sa.and_(
            line.table_name == held.rows[0].__tablename__,
            line.row_id.in_([row.id for row in held.rows]),
            sa.or_(line.field.in_(held.columns), line.op == INSERT),
        )
        for held in changed
        if held.rows
    ]
    if not ways:
        return None
    return session.execute(
        sa.select(command.author, command.at)
        .join(line, line.command_id == command.command_id)
        .where(sa.or_(*ways))
        .order_by(command.at.desc())
        .limit(1)
    ).first()
