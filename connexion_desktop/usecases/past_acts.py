"""An act that was done, as the journal tells it: the last one, the last undone, what it made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from connexion_desktop.data.audit import INSERT
from connexion_desktop.data.models import AuditLine, DoneCommand, Row

from .referring import rows_of


class Way(NamedTuple):
    """Undoing or doing again, in French: how the journal calls it, and what is done of the act."""

    title: str
    done: str


UNDOING, REDOING = Way("Annulation", "annulé"), Way("Rétablissement", "rétabli")


@dataclass(frozen=True, slots=True)
class Past:
    """An act that was done, its lines, the last first, and the rows that they are about."""

    id: UUID
    at: datetime
    label: str
    way: Way
    lines: Sequence[AuditLine]
    rows: dict[UUID, Row]

    @property
    def impossible(self) -> str:
        """How a refusal begins."""
        return f"« {self.label} » ne peut plus être {self.way.done}"

    @property
    def made(self) -> list[Row]:
        """The rows that the act made."""
        ids = [line.row_id for line in self.lines if line.op == INSERT]
        return [self.rows[row_id] for row_id in ids if row_id in self.rows]

    @property
    def left(self) -> list[Row]:
        """What the act made and is still there."""
        return [row for row in self.made if row.deleted_at is None]


def read_past(session: Session, command: DoneCommand, label: str, way: Way) -> Past:
    """An act to be reversed, called `label`, with all its lines and rows."""
    lines = session.scalars(
        sa.select(AuditLine)
        .where(AuditLine.command_id == command.command_id)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
    ).all()
    return Past(command.command_id, command.at, label, way, lines, _rows(session, lines))


def _rows(session: Session, lines: Sequence[AuditLine]) -> dict[UUID, Row]:
    """The rows these lines are about, deleted ones too."""
    ids: dict[str, set[UUID]] = {}
    for line in lines:
        ids.setdefault(line.table_name, set()).add(line.row_id)
    return {row.id: row for table in ids for row in rows_of(session, table, ids[table])}


def last_act(session: Session, author: str) -> DoneCommand | None:
    """The last act of `author` that changed something and still stands."""
    return session.scalar(
        sa.select(DoneCommand)
        .where(
            DoneCommand.author == author,
            DoneCommand.undoes.is_(None),
            DoneCommand.undone_by.is_(None),
            sa.exists().where(AuditLine.command_id == DoneCommand.command_id),
        )
        .order_by(DoneCommand.at.desc())
        .limit(1)
    )


def last_undone(session: Session, author: str) -> DoneCommand | None:
    """The act that was undone last; None where another one came after that."""
    undone, since = aliased(DoneCommand), aliased(DoneCommand)
    something_else = (
        sa.exists()
        .where(
            since.author == author,
            since.undoes.is_(None),
            since.at > DoneCommand.at,
            sa.exists().where(AuditLine.command_id == since.command_id),
        )
        .correlate(DoneCommand)
    )
    return session.scalar(
        sa.select(undone)
        .join(DoneCommand, undone.command_id == DoneCommand.undoes)
        .where(
            DoneCommand.author == author,
            DoneCommand.undone_by.is_(None),
            undone.undoes.is_(None),
            ~something_else,
        )
        .order_by(DoneCommand.at.desc())
        .limit(1)
    )
