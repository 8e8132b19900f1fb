"""Everything that hangs on somebody, found in the models themselves: what follows them to another
file, and what meets there a row that says the same thing.

What refers to what is in `data/references.py`. A unique index says which rows cannot stand side by
side: they are joined into one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.references import POINTERS, references_to
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_file import PROJECT_RANKS

WHOLE = frozenset({"attendance", "project_choice"})
"""Tables whose rows are chosen whole, with what hangs on them: half a mark says nothing."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two rows that become one: what is in `other` goes into `kept`. `column` is how they refer to
    whom they are about; « » for the two people themselves."""

    kept: Any
    other: Any
    column: str = ""

    @property
    def table(self) -> str:
        """Which table both are in."""
        name: str = self.kept.__tablename__
        return name

    @property
    def is_whole(self) -> bool:
        """Whether one of them is chosen as it stands, not field by field."""
        return self.table in WHOLE


@dataclass(frozen=True, slots=True)
class Move:
    """A row that follows: its columns that change, and what they become."""

    row: Any
    values: Mapping[str, Any]


@dataclass(slots=True)
class Plan:
    """What merging two people does. The joins begin with themselves; what hangs on a row comes
    after it. `doubles` are files that both hold: which stays, which goes."""

    joins: list[Join] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    doubles: list[tuple[m.Attachment, m.Attachment]] = field(default_factory=list)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows of each table follow."""
        rows = {move.row.id: move.row.__tablename__ for move in self.moves}
        return Counter(rows.values())


def make_plan(session: Session, kept: m.Person, other: m.Person) -> Plan:
    """What merging `other` into `kept` does. Only reads."""
    plan = Plan()
    _join(session, plan, Join(kept, other))
    _leave_doubles(session, plan, kept)
    return plan


def hanging(session: Session, row: Any) -> Iterator[tuple[sa.Column[Any], list[Any]]]:
    """The rows, not deleted, that refer to a row, by the column that does."""
    for table, column, _to in references_to(row.__tablename__):
        found = alive(session, table, column.name, row.id)
        if found:
            yield column, found


def alive(session: Session, table: str, column: str, row_id: UUID) -> list[Any]:
    """The rows of a table, not deleted, whose column refers to that row, the oldest first."""
    model = MODELS[table]
    query = sa.select(model).where(model.__table__.c[column] == row_id, model.deleted_at.is_(None))
    return list(session.scalars(query.order_by(model.id)))


def unique_indexes(column: sa.Column[Any]) -> list[sa.Index]:
    """The unique indexes that a column is in, the key of a table apart."""
    table = column.table
    if not isinstance(table, sa.Table):
        raise TypeError(column)
    return [index for index in table.indexes if index.unique and column.name in index.columns]


def nulls_wanted(index: sa.Index) -> frozenset[str]:
    """The columns that must hold nothing for a unique index to count a row; the only condition that
    these have. Raises TypeError for another."""
    text = index.info["where"].text
    found = re.findall(r"(\w+) IS NULL", text)
    if " AND ".join(f"{name} IS NULL" for name in found) != text:
        raise TypeError(f"{index.name}: {text}")
    return frozenset(found)


def _join(session: Session, plan: Plan, join: Join) -> None:
    plan.joins.append(join)
    if not join.is_whole:
        for reference in references_to(join.table):
            _follow(session, plan, reference.column, join)
    for model, table, row in POINTERS:
        columns = model.__table__.c
        query = sa.select(model).where(
            columns[table] == join.table,
            columns[row] == join.other.id,
            model.deleted_at.is_(None),
        )
        plan.moves += [Move(each, {row: join.kept.id}) for each in session.scalars(query)]


def _leave_doubles(session: Session, plan: Plan, kept: m.Person) -> None:
    """A file of the same content is not there twice: the one that says its kind stays, else the one
    of the file kept."""
    file = m.Attachment
    query = sa.select(file).where(
        file.subject_table == "person", file.subject_id == kept.id, file.deleted_at.is_(None)
    )
    ours = {row.sha256: row for row in session.scalars(query)}
    for move in list(plan.moves):
        if not isinstance(move.row, file) or (mine := ours.get(move.row.sha256)) is None:
            continue
        stays, goes = (move.row, mine) if move.row.kind and not mine.kind else (mine, move.row)
        plan.doubles.append((stays, goes))
        if goes is move.row:
            plan.moves.remove(move)


def _follow(session: Session, plan: Plan, column: sa.Column[Any], join: Join) -> None:
    theirs = alive(session, column.table.name, column.name, join.other.id)
    if not theirs:
        return
    ours = alive(session, column.table.name, column.name, join.kept.id)
    pairing = _PAIRINGS.get(column.table.name, _by_index)
    pairs = pairing(column, ours, theirs)
    ranks = iter(_free_ranks(ours) if column.table.name == "project_choice" else ())
    for row in theirs:
        if (match := pairs.get(row.id)) is not None:
            _join(session, plan, Join(match, row, column.name))
        else:
            rank = next(ranks, None)
            ranked = {} if rank is None else {"rank": rank}
            plan.moves.append(Move(row, {column.name: join.kept.id, **ranked}))


Pairs = Mapping[UUID, Any]
"""Which row of the file kept each row of the other meets."""


def _by_index(column: sa.Column[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> Pairs:
    """Those that a unique index would refuse side by side."""
    pairs: dict[UUID, Any] = {}
    for index in unique_indexes(column):
        known = {key: row for row in ours if (key := _key(index, column, row)) is not None}
        for row in theirs:
            key = _key(index, column, row)
            match = None if key is None else known.get(key)
            if match is not None and match not in pairs.values():
                pairs.setdefault(row.id, match)
    return pairs


def _key(index: sa.Index, column: sa.Column[Any], row: Any) -> tuple[Any, ...] | None:
    """What an index tells a row from others by; None for one that it does not count."""
    nulls = nulls_wanted(index)
    if any(getattr(row, name) is not None for name in nulls):
        return None
    names = (
        each.name for each in index.columns if each.name not in ("association_id", column.name)
    )
    values = tuple(getattr(row, name) for name in names)
    return None if None in values else values


def _same_stay(_column: sa.Column[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> Pairs:
    """Journeys in one group at the same time: one was never in it twice at once."""
    pairs: dict[UUID, Any] = {}
    for row in theirs:
        meeting = [
            each
            for each in ours
            if each.cohort_id == row.cohort_id
            and each not in pairs.values()
            and (each.entered_on == row.entered_on or overlap(each, row))
        ]
        meeting.sort(key=lambda each: (each.entered_on != row.entered_on, each.entered_on))
        if meeting:
            pairs[row.id] = meeting[0]
    return pairs


def overlap(one: Any, other: Any) -> bool:
    """Whether two journeys share a day; who leaves a group on a day may enter another that day."""
    starts = max(one.entered_on, other.entered_on)
    ends = [left for left in (one.left_on, other.left_on) if left is not None]
    return not ends or starts < min(ends)


def _same_trade(_column: sa.Column[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> Pairs:
    """A trade considered twice is one choice. Another takes a rank that is free; once none is left,
    it meets the choice that has its own."""
    known = {fold(row.label): row for row in reversed(ours)}
    pairs: dict[UUID, Any] = {}
    for row in theirs:
        match = known.get(fold(row.label))
        if match is not None and match not in pairs.values():
            pairs[row.id] = match
    left = [row for row in theirs if row.id not in pairs]
    for row in left[len(_free_ranks(ours)) :]:
        unmet = [each for each in ours if each not in pairs.values()]
        unmet.sort(key=lambda each: (each.rank != row.rank, each.rank))
        if unmet:
            pairs[row.id] = unmet[0]
    return pairs


def _free_ranks(ours: Iterable[Any]) -> list[int]:
    taken = {row.rank for row in ours}
    return [rank for rank in PROJECT_RANKS if rank not in taken]


_PAIRINGS: Mapping[str, Callable[[sa.Column[Any], Sequence[Any], Sequence[Any]], Pairs]] = {
    "journey": _same_stay,
    "project_choice": _same_trade,
}
