"""When an act cannot be undone any more, or done again: something was done since that would be
lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.audit import DELETED, INSERT
from connexion_desktop.data.models import Attendance, AuditLine, DoneCommand
from connexion_desktop.domain.errors import UserError

from .parts import parts
from .past_acts import Past
from .placement_seals import refuse_issued_since
from .referring import referring

SAFE = "Rien n’a été changé."
_still_done = sa.and_(DoneCommand.undone_by.is_(None), DoneCommand.undoes.is_(None))


def refuse_changed(session: Session, past: Past) -> None:
    """Raise UserError where something was done since that would be lost, or that the act put back
    would contradict."""
    refuse_issued_since(session, past.rows.values(), past.at, past.impossible)
    _refuse_sent_since(past)
    _refuse_deleted_since(session, past)
    _refuse_completed_since(session, past)


def _refuse_sent_since(past: Past) -> None:
    """Refuse to change a presence that was sent since to who pays the participants."""
    reopened = {line.row_id for line in past.lines if line.field == "locked_at"}
    for row in past.rows.values():
        sent = isinstance(row, Attendance) and row.locked_at is not None
        if sent and row.id not in reopened:
            raise UserError(
                f"{past.impossible} : une présence qu’il a notée a été envoyée depuis.",
                SAFE,
                "« Corriger une présence envoyée… » la rouvre, et garde le motif.",
            )


def _refuse_deleted_since(session: Session, past: Past) -> None:
    """Refuse to change again a row that somebody deleted since: nobody would see it."""
    deleted_here = {line.row_id for line in past.lines if line.field == DELETED}
    for line in past.lines:
        row = past.rows[line.row_id]
        if line.op != INSERT and row.deleted_at is not None and row.id not in deleted_here:
            raise changed_since(session, past, line.table_name, row.id, DELETED)


def _refuse_completed_since(session: Session, past: Past) -> None:
    """Refuse to delete a row that somebody changed since, or to which something was added.

    A row that was deleted since has nothing more to lose.
    """
    made = {row.id for row in past.made}
    present: dict[str, set[UUID]] = {}
    for row in past.left:
        present.setdefault(row.__tablename__, set()).add(row.id)
    for table, ids in present.items():
        for line in _later_edits(session, past, ids):
            raise changed_since(session, past, line.table_name, line.row_id, line.field)
        for child, row_id in referring(session, table, ids):
            if row_id not in made:
                raise changed_since(session, past, child, row_id, None)


def _later_edits(session: Session, past: Past, rows: set[UUID]) -> list[AuditLine]:
    found: list[AuditLine] = []
    for part in parts(rows):
        query = (
            sa.select(AuditLine)
            .join(DoneCommand, DoneCommand.command_id == AuditLine.command_id)
            .where(AuditLine.row_id.in_(part), AuditLine.command_id != past.id, _still_done)
            .order_by(AuditLine.at.desc())
            .limit(1)
        )
        found.extend(session.scalars(query))
    return found


def changed_since(
    session: Session,
    past: Past,
    table: str,
    row_id: UUID,
    field: str | None,
    *,
    deleted: str = "la fiche qu’il a changée",
) -> UserError:
    """The refusal to raise: what changed since, by whom, and what to do first. `field` is None
    where a row was added, `DELETED` where one was deleted, which `deleted` names."""
    query = (
        sa.select(AuditLine.author, AuditLine.at, DoneCommand.label)
        .join(DoneCommand, DoneCommand.command_id == AuditLine.command_id)
        .where(
            AuditLine.table_name == table,
            AuditLine.row_id == row_id,
            AuditLine.command_id != past.id,
            _still_done,
        )
        .order_by(AuditLine.at.desc())
    )
    if field is not None:
        query = query.where(sa.or_(AuditLine.field == field, AuditLine.field.is_(None)))
    last: Any = session.connection().execute(query).first()
    since, first = "depuis", ""
    if last is not None:
        by_oneself = last.author == session.info["act"].author
        since = f"depuis par {'vous' if by_oneself else last.author} (« {last.label} »)"
        first = " (Ctrl+Z)" if by_oneself else ""
    if field == DELETED:
        return UserError(
            f"{past.impossible} : {deleted} a été supprimée {since}.",
            SAFE,
            f"Annulez d’abord cette suppression{first}.",
        )
    return UserError(
        f"{past.impossible} : ce qu’il a changé a été modifié {since}.",
        SAFE,
        f"Annulez d’abord cette modification{first}, ou corrigez la fiche à la main.",
    )
