"""Undoing an act as a whole: made rows are deleted, deleted ones come back, fields are put back.

It is refused, with the reason, where something was done since that would be lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy.orm import Session

from connexion_desktop.data.audit import INSERT, from_json, to_json, work_of
from connexion_desktop.data.models import (
    AuditLine,
    Base,
    DoneCommand,
    Placement,
    PlacementEvent,
    PlacementSlot,
    Row,
    utc_now,
)
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import PlacementState

_SAFE = "Rien n’a été changé."
_CHUNK = 400
_MODELS = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Row.registry.mappers
    if issubclass(mapper.class_, Row)
}


_still_done = sa.and_(DoneCommand.undone_by.is_(None), DoneCommand.undoes.is_(None))


@dataclass(frozen=True, slots=True)
class _Command:
    id: UUID
    at: datetime
    author: str
    label: str


def undo(session: Session, command_id: UUID) -> str:
    """Undo one act; returns its label. The session must be a writing one.

    Raises UserError if there is nothing to undo, if it was undone already, if the act has legal
    effect, or if a later change would be lost.
    """
    command = _undoable(session, command_id)
    lines = session.scalars(
        sa.select(AuditLine)
        .where(AuditLine.command_id == command_id)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
    ).all()
    if not lines:
        raise UserError(
            f"« {command.label} » a été suivi d’une autre modification du même champ.",
            _SAFE,
            "Annulez d’abord la plus récente.",
        )
    rows = _rows(session, lines)
    made = [line for line in lines if line.op == INSERT]
    _refuse_issued_since(session, command, rows)
    _refuse_changed_since(session, command, made, rows)
    _sign(session, command)
    for line in lines:
        if line.op != INSERT:
            _put_back(session, command, line, rows.get(line.row_id))
    now = utc_now()
    for line in made:
        row = rows.get(line.row_id)
        if row is not None and row.deleted_at is None:
            row.deleted_at = now
    _flush(session, command)
    return command.label


def undo_last(session: Session, author: str) -> str | None:
    """Undo the last act of `author` that can be; returns its label, None if there is none left.

    Raises UserError as `undo` does: the act before is never undone in its place.
    """
    last = _last(session, author)
    return None if last is None else undo(session, last.command_id)


def label_of_last(session: Session, author: str) -> str | None:
    """What `undo_last` would undo, for the menu: « Annuler : … ». A reading session will do."""
    last = _last(session, author)
    return None if last is None else last.label


def _last(session: Session, author: str) -> DoneCommand | None:
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


def _undoable(session: Session, command_id: UUID) -> _Command:
    found = session.get(DoneCommand, command_id)
    if found is None:
        raise UserError("Il n’y a rien à annuler.", _SAFE)
    if found.undone_by is not None:
        raise UserError(f"« {found.label} » est déjà annulé.", _SAFE)
    if found.undoes is not None:
        raise UserError(f"« {found.label} » ne s’annule pas.", _SAFE, "Refaites le geste voulu.")
    if found.final:
        raise UserError(
            f"« {found.label} » a un effet légal et ne s’annule pas.",
            _SAFE,
            "Passez par « Modifier » : une nouvelle version remplacera celle-ci.",
        )
    return _Command(found.command_id, found.at, found.author, found.label)


def _sign(session: Session, command: _Command) -> None:
    """Say, in the journal, that the present act undoes `command`."""
    work = work_of(session)
    act: Act = session.info["act"]
    work.undoing = True
    label = f"Annulation : {command.label}"[:200]
    work.act = session.info["act"] = replace(act, label=label)
    connection = session.connection()
    connection.execute(
        sa.update(DoneCommand)
        .where(DoneCommand.command_id == act.command_id)
        .values(label=label, undoes=command.id)
    )
    connection.execute(
        sa.update(DoneCommand)
        .where(DoneCommand.command_id == command.id)
        .values(undone_by=act.command_id)
    )


def _rows(session: Session, lines: Sequence[AuditLine]) -> dict[UUID, Row]:
    """The rows these lines are about, deleted ones too."""
    rows: dict[UUID, Row] = {}
    for table in {line.table_name for line in lines}:
        model = _MODELS[table]
        ids = {line.row_id for line in lines if line.table_name == table}
        for part in _parts(ids):
            for row in session.scalars(sa.select(model).where(model.id.in_(part))):
                rows[row.id] = row
    return rows


def _parts(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """These ids by parts that one statement can hold."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]


def _put_back(session: Session, command: _Command, line: AuditLine, row: Row | None) -> None:
    field = line.field
    if row is None or field is None:
        raise UserError(f"« {command.label} » porte sur une fiche qui n’existe plus.", _SAFE)
    if to_json(getattr(row, field)) != line.after:
        raise _changed_since(session, command, line.table_name, line.row_id, field)
    setattr(row, field, from_json(row.__table__.c[field], line.before))


def _flush(session: Session, command: _Command) -> None:
    try:
        session.flush()
    except sqlalchemy.exc.IntegrityError as error:
        raise UserError(
            f"« {command.label} » ne peut plus être annulé : une autre fiche a pris la place.",
            _SAFE,
            "Supprimez d’abord cette autre fiche, ou corrigez celle-ci à la main.",
        ) from error


def _refuse_issued_since(session: Session, command: _Command, rows: dict[UUID, Row]) -> None:
    """Refuse to change, behind a convention issued or signed since, the draft it was made from."""
    drafts = {row.id for row in rows.values() if isinstance(row, Placement)}
    drafts |= {row.placement_id for row in rows.values() if isinstance(row, PlacementSlot)}
    event = session.scalar(
        sa.select(PlacementEvent)
        .where(PlacementEvent.placement_id.in_(drafts), PlacementEvent.at > command.at)
        .order_by(PlacementEvent.at.desc())
        .limit(1)
    )
    if event is not None:
        raise UserError(
            f"« {command.label} » ne peut plus être annulé : la convention est passée "
            f"« {PlacementState(event.state).label} » depuis.",
            f"{_SAFE} Ce qui est imprimé reste vrai.",
            "Choisissez « Modifier » pour préparer une nouvelle version.",
        )


def _refuse_changed_since(
    session: Session, command: _Command, made: Sequence[AuditLine], rows: dict[UUID, Row]
) -> None:
    """Refuse to delete a row that somebody changed since, or to which something was added.

    A row that was deleted since has nothing more to lose.
    """
    gone = {line.row_id for line in made}
    present = {row for row in gone if row in rows and rows[row].deleted_at is None}
    for line in _later_edits(session, command, present):
        raise _changed_since(session, command, line.table_name, line.row_id, line.field)
    for table in {line.table_name for line in made}:
        ids = [line.row_id for line in made if line.table_name == table and line.row_id in present]
        for child, row_id in _children(session, table, ids):
            if row_id not in gone:
                raise _changed_since(session, command, child, row_id, None)


def _later_edits(session: Session, command: _Command, rows: set[UUID]) -> list[AuditLine]:
    found: list[AuditLine] = []
    for part in _parts(rows):
        query = (
            sa.select(AuditLine)
            .join(DoneCommand, DoneCommand.command_id == AuditLine.command_id)
            .where(
                AuditLine.row_id.in_(part),
                AuditLine.command_id != command.id,
                _still_done,
            )
            .order_by(AuditLine.at.desc())
            .limit(1)
        )
        found.extend(session.scalars(query))
    return found


def _children(session: Session, table: str, ids: list[UUID]) -> list[tuple[str, UUID]]:
    """The rows, not deleted, that refer to these rows of `table`."""
    found: list[tuple[str, UUID]] = []
    for child in Base.metadata.sorted_tables:
        for column in child.columns:
            if column.info.get("to") != table:
                continue
            for part in _parts(ids):
                query = sa.select(child.c.id).where(column.in_(part), child.c.deleted_at.is_(None))
                found.extend((child.name, row) for row in session.connection().scalars(query))
    return found


def _changed_since(
    session: Session, command: _Command, table: str, row_id: UUID, field: str | None
) -> UserError:
    query = (
        sa.select(AuditLine.author, AuditLine.at, DoneCommand.label)
        .join(DoneCommand, DoneCommand.command_id == AuditLine.command_id)
        .where(
            AuditLine.table_name == table,
            AuditLine.row_id == row_id,
            AuditLine.command_id != command.id,
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
    return UserError(
        f"« {command.label} » ne peut plus être annulé : ce qu’il a changé a été modifié {since}.",
        _SAFE,
        f"Annulez d’abord cette modification{first}, ou corrigez la fiche à la main.",
    )
