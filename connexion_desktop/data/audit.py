"""Who changed what: ids, tenant, audit lines and the list of rows touched, taken from each flush.

A row made is one line (`insert`); a field changed is one line, with what it was and what it became,
as JSON. Bulk statements go round the flush: they must say what they did with `declare_inserts` or
`declare_update`, otherwise the act is refused at its commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.unitofwork import SaveUpdateAll

from connexion_desktop.domain.acts import Act, Changes

from .lengths import refuse_too_long
from .models import AuditLine, Base, DoneCommand, Instant, Row, new_id, utc_now

INSERT, UPDATE, DELETE, RESTORE = "insert", "update", "delete", "restore"
DELETED = "deleted_at"
"""The column that says of a row whether it is deleted."""
_UNTOLD = frozenset({"id", "association_id", "version", "created_at"})
_MAPPED = [mapper.class_ for mapper in Row.registry.mappers if issubclass(mapper.class_, Row)]
MODELS: Mapping[str, type[Row]] = {
    model.__tablename__: model for model in sorted(_MAPPED, key=lambda each: each.__tablename__)
}
"""The tables whose changes are told, always in one order."""
_RANK = {table.name: rank for rank, table in enumerate(Base.metadata.sorted_tables)}
FieldKey = tuple[str, UUID, str]
"""A field of a row: its table, the row, its name."""


@dataclass(slots=True)
class _Edit:
    table: str
    row: UUID
    field: str
    before: Any
    after: Any

    @property
    def key(self) -> FieldKey:
        return self.table, self.row, self.field

    @property
    def op(self) -> str:
        if self.field != DELETED:
            return UPDATE
        return RESTORE if self.after is None else DELETE

    def told(self) -> dict[str, Any]:
        return {"op": self.op, "field": self.field, "before": self.before, "after": self.after}


@dataclass(slots=True)
class _Told:
    line: UUID
    before: Any
    after: Any


@dataclass(slots=True)
class Work:
    """What one unit of work has done so far. Without act: a bulk load, or drafts (`scratch`)."""

    act: Act | None
    scratch: bool = False
    undoing: bool = False
    sealed: bool = False
    touched: set[tuple[str, UUID]] = field(default_factory=set)
    made: set[UUID] = field(default_factory=set)
    bulk: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    inserts: list[tuple[str, UUID]] = field(default_factory=list)
    edits: list[_Edit] = field(default_factory=list)
    told: dict[FieldKey, _Told] = field(default_factory=dict)
    elsewhere: bool = False
    """Whether the store itself writes the audit lines, by its triggers."""

    @property
    def changes(self) -> Changes:
        """What the listeners are told."""
        return Changes(frozenset(self.touched))

    def refuse_scratch(self, table: str) -> None:
        """Raise TypeError if a session for drafts writes to a table that pages show."""
        if self.scratch:
            raise TypeError(f"{table}: only drafts are written without an act")

    def check_declared(self) -> None:
        """Raise TypeError if an act's bulk statements did not say what they changed."""
        untold = self.bulk - self.declared
        if self.act is not None and untold:
            raise TypeError(f"bulk statements on {sorted(untold)} were not declared to the audit")


class StoreSession(Session):
    """A session whose flushes are watched when `info["work"]` holds a `Work`."""


def work_of(session: Session) -> Work:
    """The unit of work of a writing session. Raises TypeError on a reading one."""
    work = session.info.get("work")
    if not isinstance(work, Work):
        raise TypeError("this session only reads")
    return work


def declare_inserts(session: Session, table: str, ids: Iterable[UUID]) -> None:
    """Say that a bulk statement made these rows."""
    work = work_of(session)
    work.declared.add(table)
    rows = [(table, row) for row in ids]
    work.touched.update(rows)
    if work.act is not None:
        work.made.update(row for _, row in rows)
        work.inserts.extend(rows)
        _write_lines(session)


def declare_update(
    session: Session, table: str, column: str, values: Mapping[UUID, tuple[Any, Any]]
) -> None:
    """Say that a bulk statement changed `column` of these rows, as {id: (before, after)}."""
    work = work_of(session)
    work.declared.add(table)
    work.touched.update((table, row) for row in values)
    if work.act is not None:
        work.edits.extend(
            _Edit(table, row, column, to_json(before), to_json(after))
            for row, (before, after) in values.items()
            if row not in work.made
        )
        _write_lines(session)


def seal(session: Session) -> None:
    """Say that the present act has legal effect: it is never undone (a new paper replaces it)."""
    work = work_of(session)
    act = work.act
    if act is None:
        raise TypeError("nothing to seal: this session has no act")
    work.sealed = True
    session.connection().execute(
        sa.update(DoneCommand).where(DoneCommand.command_id == act.command_id).values(final=True)
    )


def to_json(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def from_json(column: sa.ColumnElement[Any], value: Any) -> Any:
    """The value a column takes back from an audit line."""
    if value is None:
        return None
    if isinstance(column.type, sa.Uuid):
        return UUID(value)
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    return value


@event.listens_for(StoreSession, "do_orm_execute")
def _note_bulk(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    work = work_of(state.session)
    table = getattr(state.statement, "table", None)
    if table is not None and table.name in MODELS:
        work.refuse_scratch(table.name)
        work.bulk.add(table.name)


@event.listens_for(StoreSession, "before_flush")
def _before_flush(session: Session, context: UOWTransaction, _instances: Any) -> None:
    work = work_of(session)
    _order(session, context)
    refuse_too_long(session)
    for made in session.new:
        if getattr(made, "association_id", made) is None:
            made.association_id = session.info["association_id"]
        if isinstance(made, Row):
            work.refuse_scratch(made.__tablename__)
            work.touched.add((made.__tablename__, made.id))
            if work.act is not None:
                work.made.add(made.id)
                work.inserts.append((made.__tablename__, made.id))
    for changed in session.dirty:
        if isinstance(changed, Row) and session.is_modified(changed):
            _note_edits(session, work, changed)
    for removed in session.deleted:
        if isinstance(removed, Row):
            raise TypeError(f"{removed.__tablename__}: set deleted_at, nothing is deleted for good")


@event.listens_for(StoreSession, "after_flush")
def _after_flush(session: Session, _context: UOWTransaction) -> None:
    if work_of(session).act is not None:
        _write_lines(session)


def _order(session: Session, context: UOWTransaction) -> None:
    """Have rows written after those that they refer to, which SQLAlchemy knows by `relationship`
    alone: the rights of a server look at the row that is named."""
    mappers = {sa.inspect(row).mapper.base_mapper for row in (*session.new, *session.dirty)}
    ordered = sorted(mappers, key=lambda mapper: _RANK[mapper.local_table.name])
    saves = [SaveUpdateAll(context, mapper) for mapper in ordered]  # type: ignore[no-untyped-call]
    context.dependencies.update(pairwise(saves))


def _note_edits(session: Session, work: Work, row: Row) -> None:
    work.refuse_scratch(row.__tablename__)
    work.touched.add((row.__tablename__, row.id))
    if work.act is None or row.id in work.made:
        return
    state = sa.inspect(row)
    for column in state.mapper.column_attrs:
        if column.key in _UNTOLD:
            continue
        history = state.attrs[column.key].history
        if not history.has_changes() or isinstance(column.columns[0].type, sa.LargeBinary):
            continue
        before = history.deleted[0] if history.deleted else _stored(session, row, column.key)
        after = history.added[0] if history.added else None
        work.edits.append(
            _Edit(row.__tablename__, row.id, column.key, to_json(before), to_json(after))
        )


def _stored(session: Session, row: Row, key: str) -> Any:
    """What the base holds of a column set before it was ever loaded."""
    table = type(row).__table__
    return session.connection().scalar(sa.select(table.c[key]).where(table.c.id == row.id))


def _write_lines(session: Session) -> None:
    work = work_of(session)
    inserts, edits = work.inserts, work.edits
    work.inserts, work.edits = [], []
    if work.elsewhere:
        return
    lines = [_line(session, table, row) for table, row in inserts]
    for edit in edits:
        known = work.told.get(edit.key)
        if known is None:
            line = _line(session, edit.table, edit.row) | edit.told()
            work.told[edit.key] = _Told(line["id"], edit.before, edit.after)
            lines.append(line)
        else:
            known.after = edit.after
            extend_line(session, known.line, edit.after, op=edit.op)
    if lines:
        session.connection().execute(sa.insert(AuditLine), lines)


def _line(session: Session, table: str, row: UUID) -> dict[str, Any]:
    act = work_of(session).act
    assert act is not None  # noqa: S101 - lines are only written for an act
    return {
        "id": new_id(),
        "association_id": session.info["association_id"],
        "at": utc_now(),
        "author": act.author,
        "command_id": act.command_id,
        "table_name": table,
        "row_id": row,
        "op": INSERT,
        "field": None,
        "before": None,
        "after": None,
    }


def extend_line(session: Session, line: UUID, after: Any, **values: Any) -> None:
    """Let a line tell a later save too."""
    session.connection().execute(
        sa.update(AuditLine).where(AuditLine.id == line).values(after=after, **values)
    )
