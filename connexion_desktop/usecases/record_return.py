"""Putting back a field of a record, or the whole record as it was: an act like any other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy.exc
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import DELETED, INSERT, from_json
from connexion_desktop.domain import programme_template
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import PutBack, PutBackVersion, RecordRef
from connexion_desktop.domain.records.declared import Part

from .presence_following import following, meetings_among
from .record_rows import (
    Moment,
    Rows,
    Values,
    lines_of,
    main_column,
    rows_of,
    told_columns,
    walk_back,
)
from .record_rules import check_after, check_before
from .referring import referring

_SAFE = "Rien n’a été changé."
_NOT_HERE = UserError("Ceci ne se remet pas depuis l’historique.", _SAFE)


def put_back(session: Session, command: PutBack) -> None:
    """Put back what a field held before a change, with what goes with it; or a row taken away. Of a
    model of programme, the séances that changed then.

    Raises UserError where it is not of the record, where an act of its own changes it, where the
    row is gone, or where a rule refuses it now.
    """
    rows = rows_of(session, command.record)
    lines = lines_of(session, rows)
    moment = next(
        (each for each in walk_back(rows, lines) if command.line in {one.id for one in each.lines}),
        None,
    )
    if moment is None:
        raise UserError("Cette modification n’est plus dans l’historique.", _SAFE)
    line = next(each for each in moment.lines if each.id == command.line)
    row, part = rows.rows[line.row_id], rows.part_of[line.row_id]
    if line.op == INSERT or part.secret:
        raise _NOT_HERE
    wanted = moment.before[row.id] or {}
    if line.field == DELETED:
        columns: tuple[str, ...] = (DELETED,)
    else:
        columns = _together(part, line.field or "")
        _refuse_deleted(row)
    values = {name: wanted[name] for name in columns}
    if isinstance(row, m.ProgrammeTemplate) and "content" in values:
        values["content"] = programme_template.put_back(
            row.content, wanted["content"], line.after, row.id
        )
    check_before(session, command.record, {part.table})
    _write(session, command.record, rows, {row.id: values})


def put_back_version(session: Session, command: PutBackVersion) -> None:
    """Put the whole record back as an act left it, in its own fields: what other acts say of it
    (who has it, how far a convention is) stays, and what came since from another record too.

    Raises UserError as `put_back` does, and where the record is already so.
    """
    rows = rows_of(session, command.record)
    lines = lines_of(session, rows)
    version = _version(rows, lines, command.act)
    changes = {
        row_id: change
        for row_id, values in version.all_after.items()
        if row_id not in version.elsewhere and (change := _differences(rows, row_id, values))
    }
    if not changes:
        raise UserError("La fiche est déjà comme elle était alors.", _SAFE)
    check_before(session, command.record, {rows.part_of[row_id].table for row_id in changes})
    _refuse_held(session, rows, changes)
    _write(session, command.record, rows, changes)


def _version(rows: Rows, lines: Sequence[m.AuditLine], act: UUID) -> Moment:
    for moment in walk_back(rows, lines):
        if moment.lines[0].command_id == act:
            return moment
    raise UserError("Cette version n’est plus dans l’historique.", _SAFE)


def _differences(rows: Rows, row_id: UUID, wanted: Values | None) -> Values:
    """What is to be changed in a row for it to be as it was; nothing where its part stays."""
    part, now = rows.part_of[row_id], rows.now[row_id]
    if not part.whole or part.secret:
        return {}
    if wanted is None:
        return {} if now[DELETED] is not None else {DELETED: m.utc_now().isoformat()}
    told = told_columns(part)
    return {
        column: value
        for column, value in wanted.items()
        if value != now.get(column) and not (column in told and told[column].fixed)
    }


def _together(part: Part, column: str) -> tuple[str, ...]:
    main = main_column(part, column)
    told = told_columns(part).get(main)
    if told is None or told.fixed:
        raise _NOT_HERE
    return (main, *told.together)


def _refuse_deleted(row: m.Row) -> None:
    if row.deleted_at is not None:
        raise UserError("Cette ligne a été supprimée.", _SAFE, "Remettez-la d’abord.")


def _refuse_held(session: Session, rows: Rows, changes: dict[UUID, Values]) -> None:
    """Refuse to take away what was made since where something else refers to it."""
    gone: dict[str, set[UUID]] = {}
    for row_id, change in changes.items():
        if change.get(DELETED) is not None:
            gone.setdefault(rows.part_of[row_id].table, set()).add(row_id)
    for table, ids in gone.items():
        if any(row_id not in changes for _, row_id in referring(session, table, ids)):
            raise UserError(
                "Ce qui a été ajouté depuis sert ailleurs : cette version ne peut pas revenir.",
                _SAFE,
                "Remettez seulement les champs voulus.",
            )


def _write(session: Session, ref: RecordRef, rows: Rows, changes: dict[UUID, Values]) -> None:
    with following(session, meetings_among(rows.rows[row_id] for row_id in changes)):
        for row_id, values in changes.items():
            row = rows.rows[row_id]
            for column, value in values.items():
                setattr(row, column, from_json(row.__table__.c[column], value))
        try:
            session.flush()
        except sqlalchemy.exc.IntegrityError as error:
            raise UserError(
                "Autre chose a pris sa place depuis.",
                _SAFE,
                "Corrigez la fiche à la main.",
            ) from error
        touched = {rows.rows[row_id]: tuple(values) for row_id, values in changes.items()}
        check_after(session, ref, touched)
