"""Undoing an act as a whole: made rows are deleted, deleted ones come back, fields are put back.

Doing it again is undoing the undoing. Either is refused, with the reason, where something was done
since that would be lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy.orm import Session, aliased

from connexion_desktop.data.audit import INSERT, from_json, to_json, work_of
from connexion_desktop.data.models import (
    AuditLine,
    Base,
    DoneCommand,
    ImportBatch,
    Person,
    Placement,
    PlacementEvent,
    PlacementSlot,
    Row,
    utc_now,
)
from connexion_desktop.domain.acts import Act, Step
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
    lines = _lines(session, command_id)
    if not lines:
        raise UserError(
            f"« {command.label} » a été suivi d’une autre modification du même champ.",
            _SAFE,
            "Annulez d’abord la plus récente.",
        )
    _reverse(session, command, lines, "Annulation")
    return command.label


def _lines(session: Session, command_id: UUID) -> Sequence[AuditLine]:
    return session.scalars(
        sa.select(AuditLine)
        .where(AuditLine.command_id == command_id)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
    ).all()


def _reverse(
    session: Session, command: _Command, lines: Sequence[AuditLine], verb: str
) -> dict[UUID, Row]:
    """Put back what these lines of an act changed; returns the rows."""
    rows = _rows(session, lines)
    made = [line for line in lines if line.op == INSERT]
    _refuse_issued_since(session, command, rows)
    _refuse_changed_since(session, command, made, rows)
    _sign(session, command, verb)
    for line in lines:
        if line.op != INSERT:
            _put_back(session, command, line, rows.get(line.row_id))
    now = utc_now()
    for line in made:
        row = rows.get(line.row_id)
        if row is not None and row.deleted_at is None:
            row.deleted_at = now
    _flush(session, command)
    return rows


def undo_last(session: Session, author: str, *, sure: bool = False) -> Step | None:
    """Undo the last act of `author` that can be; None if there is none left.

    One that takes away what an import made, or several people, is only undone if one is `sure`:
    until then the step asks. Raises UserError as `undo` does: the act before is never undone in
    its place.
    """
    last = _last(session, author)
    if last is None:
        return None
    step = _step(session, _Command(last.command_id, last.at, last.author, last.label))
    if step.asks and not sure:
        return step
    undo(session, last.command_id)
    return replace(step, asks="")


def redo_last(session: Session, author: str) -> Step | None:
    """Do again the act of `author` undone last, unless she did something else since; None then."""
    found = _last_undoing(session, author)
    if found is None:
        return None
    undoing, undone = found
    command = _Command(undoing.command_id, undoing.at, undoing.author, undone.label)
    rows = _reverse(session, command, _lines(session, command.id), "Rétablissement")
    session.connection().execute(
        sa.update(DoneCommand)
        .where(DoneCommand.command_id == undone.command_id)
        .values(undone_by=None)
    )
    return Step(undone.command_id, undone.label, _names(session, rows.values()))


def _last_undoing(session: Session, author: str) -> tuple[DoneCommand, DoneCommand] | None:
    """What undid last, and what it undid; None where another act came after it."""
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
    row = session.execute(
        sa.select(DoneCommand, undone)
        .join(undone, undone.command_id == DoneCommand.undoes)
        .where(
            DoneCommand.author == author,
            DoneCommand.undone_by.is_(None),
            undone.undoes.is_(None),
            ~something_else,
        )
        .order_by(DoneCommand.at.desc())
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


_PEOPLE_ASKED = 3
_TAKEN_AWAY = {
    "person": ("personne", "personnes"),
    "cohort": ("groupe", "groupes"),
    "equipment": ("matériel", "matériels"),
    "organisation": ("structure", "structures"),
    "placement": ("immersion", "immersions"),
    "note": ("note", "notes"),
}
_TOWARDS_PEOPLE = ("person", "journey", "placement", "interview", "attendance")


def _step(session: Session, command: _Command) -> Step:
    lines = _lines(session, command.id)
    rows = _rows(session, lines)
    made = [rows[line.row_id] for line in lines if line.op == INSERT and line.row_id in rows]
    gone = frozenset(row.id for row in made if isinstance(row, Person) and row.deleted_at is None)
    imported = any(isinstance(row, ImportBatch) for row in made)
    asks = ""
    if imported or len(gone) > _PEOPLE_ASKED:
        asks = f"Annuler : {command.label} ?{_told(made)}"
    return Step(command.id, command.label, _names(session, rows.values()), gone, asks)


def _told(made: Collection[Row]) -> str:
    """« Seront retirés : 12 personnes, 8 matériels. »."""
    counts = Counter(row.__tablename__ for row in made if row.deleted_at is None)
    told = [
        f"{counts[table]} {words[counts[table] > 1]}"
        for table, words in _TAKEN_AWAY.items()
        if counts[table]
    ]
    return f" Ce qu’il a ajouté sera retiré : {', '.join(told)}." if told else ""


def _names(session: Session, rows: Collection[Row]) -> tuple[str, ...]:
    """The names of those whom these rows are about, in their order."""
    people = {row.id: row for row in rows if isinstance(row, Person)}
    near = [row for row in rows if not isinstance(row, Person)]
    for _ in _TOWARDS_PEOPLE:
        wanted: dict[str, set[UUID]] = {}
        for row in near:
            for column in row.__table__.columns:
                table, key = column.info.get("to"), getattr(row, column.key)
                if table in _TOWARDS_PEOPLE and key is not None and key not in people:
                    wanted.setdefault(table, set()).add(key)
        near = []
        for table, ids in wanted.items():
            for part in _parts(ids):
                model = _MODELS[table]
                near.extend(session.scalars(sa.select(model).where(model.id.in_(part))))
        people |= {row.id: row for row in near if isinstance(row, Person)}
        near = [row for row in near if not isinstance(row, Person)]
        if not near:
            break
    return tuple(sorted(f"{row.given_name} {row.family_name}".strip() for row in people.values()))


def labels(session: Session, author: str) -> tuple[str | None, str | None]:
    """What `undo_last` would undo and `redo_last` do again, for the menu. Only reads."""
    last, undone = _last(session, author), _last_undoing(session, author)
    return None if last is None else last.label, None if undone is None else undone[1].label


def undone_at(session: Session, command_id: UUID) -> datetime | None:
    """When an act was undone, in UTC; None if it still stands."""
    undoing = aliased(DoneCommand)
    return session.scalar(
        sa.select(undoing.at)
        .join(DoneCommand, DoneCommand.undone_by == undoing.command_id)
        .where(DoneCommand.command_id == command_id)
    )


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


def _sign(session: Session, command: _Command, verb: str) -> None:
    """Say, in the journal, that the present act undoes `command`."""
    work = work_of(session)
    act: Act = session.info["act"]
    work.undoing = True
    label = f"{verb} : {command.label}"[:200]
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
