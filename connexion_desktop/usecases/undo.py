"""Undoing an act as a whole: made rows are deleted, deleted ones come back, fields are put back.

Doing it again is undoing the undoing. Either is refused, with the reason, where something was done
since that would be lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy.orm import Session, aliased

from connexion_desktop.data.audit import DELETED, INSERT, MODELS, from_json, to_json, work_of
from connexion_desktop.data.models import (
    Attachment,
    AuditLine,
    Base,
    DoneCommand,
    ImportBatch,
    Person,
    Row,
    utc_now,
)
from connexion_desktop.data.together import together
from connexion_desktop.domain.acts import Act, AskFirstError, Step
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import full_name
from connexion_desktop.usecases.placement_seals import refuse_issued_since, way_out
from connexion_desktop.usecases.referring import first_gone, parts, referring

_SAFE = "Rien n’a été changé."


_still_done = sa.and_(DoneCommand.undone_by.is_(None), DoneCommand.undoes.is_(None))


class _Way(NamedTuple):
    """Undoing or doing again, in French: how the journal calls it, and what is done of the act."""

    title: str
    done: str


_UNDOING, _REDOING = _Way("Annulation", "annulé"), _Way("Rétablissement", "rétabli")


@dataclass(frozen=True, slots=True)
class _Past:
    """An act that was done, its lines, the last first, and the rows that they are about."""

    id: UUID
    at: datetime
    label: str
    way: _Way
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


def undo(session: Session, command_id: UUID) -> Step:
    """Undo this act and no other. The session must be a writing one.

    Raises UserError if there is nothing to undo, if it was undone already, if the act has legal
    effect, or if a later change would be lost.
    """
    past = _undoable(session, command_id)
    _refuse_changed(session, past)
    return _undone(session, past)


def undo_last(session: Session, author: str, about: UUID | None = None) -> Step | None:
    """Undo the last act of `author` that can be; None if there is none left.

    Raises AskFirstError for one that takes away what an import made, or several people, and for one
    that is not about the person alone in sight (`about`): `undo` does it once that is answered;
    UserError as `undo` does: the act before is never undone in its place.
    """
    last = _last(session, author)
    if last is None:
        return None
    past = _undoable(session, last.command_id)
    _refuse_changed(session, past)
    _ask_if_much(past)
    _ask_if_elsewhere(session, past, about)
    return _undone(session, past)


def redo(session: Session, command_id: UUID) -> Step:
    """Do this undone act again, and no other. Raises UserError if it is not undone any more, or if
    a later change would be lost."""
    undone = session.get(DoneCommand, command_id)
    if undone is None or undone.undone_by is None:
        label = "Cet acte" if undone is None else f"« {undone.label} »"
        raise UserError(f"{label} n’est plus annulé : il n’y a rien à rétablir.", _SAFE)
    past = _past(session, session.get_one(DoneCommand, undone.undone_by), undone.label, _REDOING)
    _refuse_changed(session, past)
    _reverse(session, past)
    undone.undone_by = None
    session.flush()
    return Step(undone.command_id, undone.label, _names(_people(session, past.rows.values())))


def redo_last(session: Session, author: str) -> Step | None:
    """Do again the act of `author` undone last, unless she did something else since; None then."""
    undone = _last_undone(session, author)
    return None if undone is None else redo(session, undone.command_id)


def _undone(session: Session, past: _Past) -> Step:
    gone = frozenset(row.id for row in _left(past) if isinstance(row, Person))
    names = _names(_people(session, past.rows.values()))
    _reverse(session, past)
    return Step(past.id, past.label, names, gone)


def _past(session: Session, command: DoneCommand, label: str, way: _Way) -> _Past:
    lines = session.scalars(
        sa.select(AuditLine)
        .where(AuditLine.command_id == command.command_id)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
    ).all()
    return _Past(command.command_id, command.at, label, way, lines, _rows(session, lines))


def _reverse(session: Session, past: _Past) -> None:
    """Put back what the act changed, and delete what it made."""
    _sign(session, past)
    put_back: dict[Row, set[str]] = {}
    for line in past.lines:
        if line.op != INSERT:
            _put_back(session, past, line)
            put_back.setdefault(past.rows[line.row_id], set()).add(line.field or "")
    now = utc_now()
    for row in _left(past):
        row.deleted_at = now
    _flush(session, past)
    if (target := first_gone(session, put_back)) is not None:
        raise _changed_since(
            session, past, *target, DELETED, deleted="la fiche à laquelle il renvoie"
        )


def _left(past: _Past) -> list[Row]:
    """What the act made and is still there."""
    return [row for row in past.made if row.deleted_at is None]


def _last_undone(session: Session, author: str) -> DoneCommand | None:
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


_PEOPLE_ASKED = 3
_TAKEN_AWAY = {
    "person": ("personne", "personnes"),
    "cohort": ("groupe", "groupes"),
    "equipment": ("matériel", "matériels"),
    "organisation": ("structure", "structures"),
    "placement": ("immersion", "immersions"),
    "note": ("note", "notes"),
}


def _ways_to_people() -> dict[str, list[tuple[str, str]]]:
    """By table, the columns that lead to somebody by the fewest steps, and to which table."""
    ways: dict[str, list[tuple[str, str]]] = {"person": []}
    while True:
        found = {
            table.name: [
                (column.key, column.info["to"])
                for column in table.columns
                if column.info.get("to") in ways
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in ways
        }
        found = {table: columns for table, columns in found.items() if columns}
        if not found:
            return ways
        ways |= found


_WAYS = _ways_to_people()


def _ask_if_much(past: _Past) -> None:
    """Raise AskFirstError if undoing takes away an import, or several people."""
    left = _left(past)
    imported = any(isinstance(row, ImportBatch) for row in past.made)
    if imported or sum(isinstance(row, Person) for row in left) > _PEOPLE_ASKED:
        raise AskFirstError(past.id, f"Annuler : {past.label} ?{_told(left)}")


def _ask_if_elsewhere(session: Session, past: _Past, about: UUID | None) -> None:
    """Raise AskFirstError if the act is not about the person alone in sight."""
    people = _people(session, past.rows.values())
    if about is None or about in {person.id for person in people}:
        return
    step = Step(past.id, past.label, _names(people))
    raise AskFirstError(past.id, f"Votre dernier acte n’est pas sur cette page : {step.text}.")


def _told(left: Collection[Row]) -> str:
    """« Ce qu’il a ajouté sera retiré : 12 personnes, 8 matériels. »."""
    counts = Counter(row.__tablename__ for row in left)
    told = [
        f"{counts[table]} {words[counts[table] > 1]}"
        for table, words in _TAKEN_AWAY.items()
        if counts[table]
    ]
    return f" Ce qu’il a ajouté sera retiré : {', '.join(told)}." if told else ""


def _names(people: Collection[Person]) -> tuple[str, ...]:
    """Their names, in their order."""
    return tuple(sorted(full_name(one.given_name, one.family_name or "") for one in people))


def _people(session: Session, rows: Collection[Row]) -> Collection[Person]:
    """Those whom these rows are about."""
    people: set[Person] = set()
    near = list(rows)
    while near:
        people.update(row for row in near if isinstance(row, Person))
        wanted: dict[str, set[UUID]] = {}
        for row in near:
            for column, table in _WAYS.get(row.__tablename__, ()):
                if (key := getattr(row, column)) is not None:
                    wanted.setdefault(table, set()).add(key)
            if isinstance(row, Attachment):
                wanted.setdefault(row.subject_table, set()).add(row.subject_id)
        near = [row for table, ids in wanted.items() for row in _of(session, table, ids)]
    return people


def next_steps(session: Session, author: str) -> tuple[Step | None, Step | None]:
    """The acts that `undo_last` would undo and `redo_last` do again. Only reads."""
    with together(session) as ask:
        latest = ask(_last, session, author)
        taken_back = ask(_last_undone, session, author)
    last, undone = latest.value, taken_back.value
    return (
        None if last is None else Step(last.command_id, last.label),
        None if undone is None else Step(undone.command_id, undone.label),
    )


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


def _undoable(session: Session, command_id: UUID) -> _Past:
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
            way_out(session, command_id),
        )
    past = _past(session, found, found.label, _UNDOING)
    if not past.lines:
        raise UserError(
            f"« {found.label} » a été suivi d’une autre modification du même champ.",
            _SAFE,
            "Annulez d’abord la plus récente.",
        )
    return past


def _sign(session: Session, past: _Past) -> None:
    """Say, in the journal, that the present act reverses the past one."""
    work = work_of(session)
    act: Act = session.info["act"]
    work.undoing = True
    label = f"{past.way.title} : {past.label}"[:200]
    work.act = session.info["act"] = replace(act, label=label)
    connection = session.connection()
    connection.execute(
        sa.update(DoneCommand)
        .where(DoneCommand.command_id == act.command_id)
        .values(label=label, undoes=past.id)
    )
    connection.execute(
        sa.update(DoneCommand)
        .where(DoneCommand.command_id == past.id)
        .values(undone_by=act.command_id)
    )


def _rows(session: Session, lines: Sequence[AuditLine]) -> dict[UUID, Row]:
    """The rows these lines are about, deleted ones too."""
    ids: dict[str, set[UUID]] = {}
    for line in lines:
        ids.setdefault(line.table_name, set()).add(line.row_id)
    return {row.id: row for table in ids for row in _of(session, table, ids[table])}


def _of(session: Session, table: str, ids: Collection[UUID]) -> Iterator[Row]:
    """These rows of a table, deleted ones too."""
    model = MODELS[table]
    for part in parts(ids):
        yield from session.scalars(sa.select(model).where(model.id.in_(part)))


def _put_back(session: Session, past: _Past, line: AuditLine) -> None:
    row, field = past.rows[line.row_id], line.field
    if field is None:
        raise TypeError(f"a line of the journal without its field: {line.id}")
    if to_json(getattr(row, field)) != line.after:
        raise _changed_since(session, past, row.__tablename__, row.id, field)
    setattr(row, field, from_json(row.__table__.c[field], line.before))


def _flush(session: Session, past: _Past) -> None:
    try:
        session.flush()
    except sqlalchemy.exc.IntegrityError as error:
        raise UserError(
            f"{past.impossible} : une autre fiche a pris la place.",
            _SAFE,
            "Supprimez d’abord cette autre fiche, ou corrigez celle-ci à la main.",
        ) from error


def _refuse_changed(session: Session, past: _Past) -> None:
    """Raise UserError where something was done since that would be lost, or that the act put back
    would contradict."""
    refuse_issued_since(session, past.rows.values(), past.at, past.impossible)
    _refuse_deleted_since(session, past)
    _refuse_completed_since(session, past)


def _refuse_deleted_since(session: Session, past: _Past) -> None:
    """Refuse to change again a row that somebody deleted since: nobody would see it."""
    deleted_here = {line.row_id for line in past.lines if line.field == DELETED}
    for line in past.lines:
        row = past.rows[line.row_id]
        if line.op != INSERT and row.deleted_at is not None and row.id not in deleted_here:
            raise _changed_since(session, past, line.table_name, row.id, DELETED)


def _refuse_completed_since(session: Session, past: _Past) -> None:
    """Refuse to delete a row that somebody changed since, or to which something was added.

    A row that was deleted since has nothing more to lose.
    """
    made = {row.id for row in past.made}
    present: dict[str, set[UUID]] = {}
    for row in _left(past):
        present.setdefault(row.__tablename__, set()).add(row.id)
    for table, ids in present.items():
        for line in _later_edits(session, past, ids):
            raise _changed_since(session, past, line.table_name, line.row_id, line.field)
        for child, row_id in referring(session, table, ids):
            if row_id not in made:
                raise _changed_since(session, past, child, row_id, None)


def _later_edits(session: Session, past: _Past, rows: set[UUID]) -> list[AuditLine]:
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


def _changed_since(
    session: Session,
    past: _Past,
    table: str,
    row_id: UUID,
    field: str | None,
    *,
    deleted: str = "la fiche qu’il a changée",
) -> UserError:
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
            _SAFE,
            f"Annulez d’abord cette suppression{first}.",
        )
    return UserError(
        f"{past.impossible} : ce qu’il a changé a été modifié {since}.",
        _SAFE,
        f"Annulez d’abord cette modification{first}, ou corrigez la fiche à la main.",
    )
