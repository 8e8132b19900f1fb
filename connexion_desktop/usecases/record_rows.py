"""The rows of a record, deleted ones too, and what they held at each act of its journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import INSERT, MODELS, to_json
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.records import KINDS
from connexion_desktop.domain.records.declared import By, Part, RecordKind, Told

_COMMON = frozenset({"id", "association_id", "version", "created_at"})

Values = dict[str, Any]
"""What a row holds, by column, as the journal writes it."""


def told_columns(part: Part) -> dict[str, Told]:
    """How each column of a part is told: as it is declared, else by the name its model gives."""
    found = {}
    for column in MODELS[part.table].__table__.columns:
        if column.key in part.columns:
            found[column.key] = part.columns[column.key]
        elif "label" in column.info and column.key not in part.silent:
            found[column.key] = Told(column.info["label"])
    return found


@cache
def _told_anywhere() -> dict[tuple[str, str], Told]:
    found: dict[tuple[str, str], Told] = {}
    for kind in KINDS.values():
        for part in kind.parts:
            for column, told in told_columns(part).items():
                found.setdefault((part.table, column), told)
    return found


def told_of(table: str, column: str) -> Told | None:
    """How a column is told by the record that tells it first; None where none does."""
    return _told_anywhere().get((table, column))


def main_column(part: Part, column: str) -> str:
    """The column that a silent one goes with; itself where it is told."""
    told = told_columns(part)
    mains = (main for main, each in told.items() if column in each.together)
    return column if column in told else next(mains, column)


@dataclass
class Rows:
    """The rows of a record as they are, what selects them, and the part that each is of."""

    kind: RecordKind
    ids: sa.CompoundSelect[tuple[UUID]]
    rows: dict[UUID, m.Row] = field(default_factory=dict)
    part_of: dict[UUID, Part] = field(default_factory=dict)

    @cached_property
    def now(self) -> dict[UUID, Values]:
        """What each row holds."""
        return {row_id: values_of(row) for row_id, row in self.rows.items()}

    @property
    def roots(self) -> list[m.Row]:
        """Those of the record itself."""
        table = self.kind.table
        return [row for row in self.rows.values() if row.__tablename__ == table]


def values_of(row: m.Row) -> Values:
    """What a row holds, but for its key and its bytes."""
    return {
        column.key: to_json(getattr(row, column.key))
        for column in row.__table__.columns
        if column.key not in _COMMON and not isinstance(column.type, sa.LargeBinary)
    }


def rows_of(session: Session, ref: RecordRef) -> Rows:
    """Every row of a record. Raises UserError where there is none, or where it is deleted."""
    kind = KINDS[ref.kind]
    queries = _queries(kind, ref)
    found = Rows(kind, sa.union_all(*(query for _, query in queries)))
    for part, query in queries:
        model = MODELS[part.table]
        for row in session.scalars(sa.select(model).where(model.id.in_(query))):
            found.rows[row.id] = row
            found.part_of[row.id] = part
    if all(row.deleted_at is not None for row in found.roots):
        raise UserError("Cette fiche n’est plus dans la base.", "Rien n’a changé.")
    return found


def _queries(kind: RecordKind, ref: RecordRef) -> list[tuple[Part, sa.Select[tuple[UUID]]]]:
    """By part, what gives the identifiers of its rows."""
    made: list[tuple[Part, sa.Select[tuple[UUID]]]] = []
    for place, part in enumerate(kind.parts):
        columns = MODELS[part.table].__table__.c
        query = sa.select(columns.id)
        if place == 0 and kind.by is By.OWNER_AND_DAY:
            query = query.where(columns[part.owner] == ref.id, columns["on"] == ref.on)
        elif place == 0:
            query = query.where(columns.id == ref.id)
        else:
            owners = next(ids for known, ids in made if known.table == (part.of or kind.table))
            query = query.where(columns[part.owner].in_(owners))
        if part.only is not None:
            query = query.where(columns[part.only[0]] == part.only[1])
        made.append((part, query))
    return made


def lines_of(session: Session, rows: Rows, most: int | None = None) -> Sequence[m.AuditLine]:
    """What the journal says of a record, the last line first; `most` of it."""
    line = m.AuditLine
    return session.scalars(
        sa.select(line)
        .where(
            line.table_name.in_({part.table for part in rows.kind.parts}), line.row_id.in_(rows.ids)
        )
        .order_by(line.at.desc(), line.id.desc())
        .limit(most)
    ).all()


def acts_of(lines: Sequence[m.AuditLine]) -> dict[UUID, list[m.AuditLine]]:
    """The lines by act, the last act first."""
    acts: dict[UUID, list[m.AuditLine]] = {}
    for line in lines:
        acts.setdefault(line.command_id, []).append(line)
    return acts


@dataclass(frozen=True, slots=True)
class Moment:
    """What an act did: what the rows that it touched held before and after; None: not there.
    `elsewhere`: the rows that were of another record then, and came since (by a merge)."""

    lines: list[m.AuditLine]
    before: dict[UUID, Values | None]
    after: dict[UUID, Values | None]
    all_before: dict[UUID, Values | None]
    all_after: dict[UUID, Values | None]
    elsewhere: frozenset[UUID]


def walk_back(rows: Rows, lines: Sequence[m.AuditLine]) -> Iterator[Moment]:
    """The acts of a record, the last one first, with what its rows held then."""
    held: dict[UUID, Values | None] = dict(rows.now)
    elsewhere: frozenset[UUID] = frozenset()
    for act in acts_of(lines).values():
        after = dict(held)
        for line in act:
            held[line.row_id] = _before(held[line.row_id], line)
        touched = {line.row_id for line in act}
        yield Moment(
            act,
            {row_id: held[row_id] for row_id in touched},
            {row_id: after[row_id] for row_id in touched},
            dict(held),
            after,
            elsewhere,
        )
        elsewhere |= _brought(rows, act)


def _brought(rows: Rows, act: Sequence[m.AuditLine]) -> set[UUID]:
    """The rows that an act brought from another record, with those that hang on them."""
    found = {line.row_id for line in act if line.field == rows.part_of[line.row_id].owner}
    for row_id, part in rows.part_of.items() if found else ():  # owners before what they own
        if part.owner and getattr(rows.rows[row_id], part.owner) in found:
            found.add(row_id)
    return found


def _before(values: Values | None, line: m.AuditLine) -> Values | None:
    if line.op == INSERT:
        return None
    return {**(values or {}), line.field or "": line.before}
