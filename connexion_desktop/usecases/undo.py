"""Undoing an act as a whole: made rows are deleted, deleted ones come back, fields are put back.

Doing it again is undoing the undoing. Either is refused, with the reason, where something was done
since that would be lost.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy.orm import Session, aliased

from connexion_desktop.data.audit import DELETED, INSERT, from_json, to_json, work_of
from connexion_desktop.data.models import (
    AttendanceSheet,
    AuditLine,
    DoneCommand,
    Person,
    Row,
    utc_now,
)
from connexion_desktop.data.together import together
from connexion_desktop.domain.acts import Act, Step
from connexion_desktop.domain.errors import UserError

from .concerning import names_of, people_of
from .past_acts import REDOING, UNDOING, Past, last_act, last_undone, read_past
from .placement_seals import way_out
from .presence_following import following, meetings_among
from .referring import first_gone
from .undo_asking import ask_if_elsewhere, ask_if_much
from .undo_refusing import SAFE, changed_since, refuse_changed


def undo(session: Session, command_id: UUID) -> Step:
    """Undo this act and no other. The session must be a writing one.

    Raises UserError if there is nothing to undo, if it was undone already, if the act has legal
    effect, or if a later change would be lost.
    """
    past = _undoable(session, command_id)
    refuse_changed(session, past)
    return _undone(session, past)


def undo_last(session: Session, author: str, about: UUID | None = None) -> Step | None:
    """Undo the last act of `author` that can be; None if there is none left.

    Raises AskFirstError for one that takes away what an import made, or several people, and for one
    that is not about the person alone in sight (`about`): `undo` does it once that is answered;
    UserError as `undo` does: the act before is never undone in its place.
    """
    last = last_act(session, author)
    if last is None:
        return None
    past = _undoable(session, last.command_id)
    refuse_changed(session, past)
    ask_if_much(past)
    ask_if_elsewhere(session, past, about)
    return _undone(session, past)


def redo(session: Session, command_id: UUID) -> Step:
    """Do this undone act again, and no other. Raises UserError if it is not undone any more, or if
    a later change would be lost."""
    undone = session.get(DoneCommand, command_id)
    if undone is None or undone.undone_by is None:
        label = "Cet acte" if undone is None else f"« {undone.label} »"
        raise UserError(f"{label} n’est plus annulé : il n’y a rien à rétablir.", SAFE)
    past = read_past(session, session.get_one(DoneCommand, undone.undone_by), undone.label, REDOING)
    refuse_changed(session, past)
    _reverse(session, past)
    undone.undone_by = None
    session.flush()
    return Step(undone.command_id, undone.label, names_of(people_of(session, past.rows.values())))


def redo_last(session: Session, author: str) -> Step | None:
    """Do again the act of `author` undone last, unless she did something else since; None then."""
    undone = last_undone(session, author)
    return None if undone is None else redo(session, undone.command_id)


def next_steps(session: Session, author: str) -> tuple[Step | None, Step | None]:
    """The acts that `undo_last` would undo and `redo_last` do again. Only reads."""
    with together(session) as ask:
        latest = ask(last_act, session, author)
        taken_back = ask(last_undone, session, author)
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


def _undoable(session: Session, command_id: UUID) -> Past:
    found = session.get(DoneCommand, command_id)
    if found is None:
        raise UserError("Il n’y a rien à annuler.", SAFE)
    if found.undone_by is not None:
        raise UserError(f"« {found.label} » est déjà annulé.", SAFE)
    if found.undoes is not None:
        raise UserError(f"« {found.label} » ne s’annule pas.", SAFE, "Refaites le geste voulu.")
    if found.final:
        raise UserError(
            f"« {found.label} » a un effet légal et ne s’annule pas.",
            SAFE,
            way_out(session, command_id),
        )
    past = read_past(session, found, found.label, UNDOING)
    if not past.lines:
        raise UserError(
            f"« {found.label} » a été suivi d’une autre modification du même champ.",
            SAFE,
            "Annulez d’abord la plus récente.",
        )
    return past


def _undone(session: Session, past: Past) -> Step:
    gone = frozenset(row.id for row in past.left if isinstance(row, Person))
    sheets = [row for row in past.left if isinstance(row, AttendanceSheet)]
    on_paper = tuple(f"{each.number}, version {each.edition}" for each in sheets)
    names = names_of(people_of(session, past.rows.values()))
    _reverse(session, past)
    return Step(past.id, past.label, names, gone, on_paper)


def _reverse(session: Session, past: Past) -> None:
    """Delete what the act made and put back what it changed: what goes first, what comes back last,
    so that no two rows are ever in one place."""
    _sign(session, past)
    with following(session, meetings_among(past.rows.values())):
        _put_all_back(session, past)


def _put_all_back(session: Session, past: Past) -> None:
    lines = [line for line in past.lines if line.op != INSERT]
    now = utc_now()
    for row in past.left:
        row.deleted_at = now
    for line in lines:
        if _takes_away(line):
            _put_back(session, past, line)
    _flush(session, past)
    for line in lines:
        if line.field != DELETED:
            _put_back(session, past, line)
    _flush(session, past)
    for line in lines:
        if line.field == DELETED and not _takes_away(line):
            _put_back(session, past, line)
    _flush(session, past)
    put_back: dict[Row, set[str]] = {}
    for line in lines:
        put_back.setdefault(past.rows[line.row_id], set()).add(line.field or "")
    if (target := first_gone(session, put_back)) is not None:
        raise changed_since(
            session, past, *target, DELETED, deleted="la fiche à laquelle il renvoie"
        )


def _takes_away(line: AuditLine) -> bool:
    """Whether putting a line back deletes its row again."""
    return line.field == DELETED and line.before is not None


def _sign(session: Session, past: Past) -> None:
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


def _put_back(session: Session, past: Past, line: AuditLine) -> None:
    row, field = past.rows[line.row_id], line.field
    if field is None:
        raise TypeError(f"a line of the journal without its field: {line.id}")
    column = row.__table__.c[field]
    if to_json(getattr(row, field)) != to_json(from_json(column, line.after)):
        raise changed_since(session, past, row.__tablename__, row.id, field)
    setattr(row, field, from_json(column, line.before))


def _flush(session: Session, past: Past) -> None:
    try:
        session.flush()
    except sqlalchemy.exc.IntegrityError as error:
        raise UserError(
            f"{past.impossible} : une autre fiche a pris la place.",
            SAFE,
            "Supprimez d’abord cette autre fiche, ou corrigez celle-ci à la main.",
        ) from error
