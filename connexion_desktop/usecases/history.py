"""The history of any record, told from the lines of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import DELETE, DELETED, INSERT, MODELS, RESTORE
from connexion_desktop.domain.history import (
    BACK,
    CHANGED,
    MADE,
    PAGE,
    TAKEN_AWAY,
    Change,
    PastAct,
    RecordHistory,
    RecordRef,
    changed,
)
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.records.declared import Part

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
from .record_words import Wording, wording

_ROWS = {INSERT: MADE, DELETE: TAKEN_AWAY, RESTORE: BACK}


def told(session: Session, ref: RecordRef, most: int = PAGE) -> RecordHistory:
    """What became of a record, the last act first; `most` changes at most, whole acts but the last.

    Raises UserError if the record is gone. What its record does not show is not told either.
    """
    rows = rows_of(session, ref)
    lines = lines_of(session, rows, most + 1)
    moments = list(walk_back(rows, lines))
    more = len(lines) > most
    if more and len(moments) > 1:
        moments.pop()
    words = wording(session, rows, _known(rows, moments))
    labels = _labels(session, moments)
    acts: list[PastAct] = []
    for moment in moments:
        changes = tuple(_changes(rows, moment, words))
        first = moment.lines[0]
        if changes:
            is_version = bool(acts) and _is_whole(rows, moment)
            label = labels.get(first.command_id, "")
            acts.append(
                PastAct(first.command_id, first.at, first.author, label, changes, is_version)
            )
    return RecordHistory(rows.kind.title, tuple(acts), more)


def _known(rows: Rows, moments: Iterable[Moment]) -> Iterator[tuple[UUID, Values]]:
    yield from rows.now.items()
    for moment in moments:
        for held in (moment.before, moment.after):
            yield from ((row_id, values) for row_id, values in held.items() if values)


def _labels(session: Session, moments: Iterable[Moment]) -> dict[UUID, str]:
    acts = {moment.lines[0].command_id for moment in moments}
    command = m.DoneCommand
    found = session.execute(
        sa.select(command.command_id, command.label).where(command.command_id.in_(acts))
    )
    return {row.command_id: row.label for row in found}


def _is_whole(rows: Rows, moment: Moment) -> bool:
    """Whether the record can go back to what an act left: something of it follows, and was its
    own already."""
    return any(
        rows.part_of[line.row_id].whole and line.row_id not in moment.elsewhere
        for line in moment.lines
    )


def _changes(rows: Rows, moment: Moment, words: Wording) -> Iterator[Change]:
    summed: set[str] = set()
    for line in reversed(moment.lines):
        part = rows.part_of[line.row_id]
        if part.summed:
            if part.table not in summed:
                summed.add(part.table)
                yield _sum(rows, moment, part)
        elif line.op in _ROWS:
            yield _row(moment, line, part, words)
        else:
            yield from _field(moment, line, part, words)


def _row(moment: Moment, line: m.AuditLine, part: Part, words: Wording) -> Change:
    """« Prêt, Awa Diallo : créé »; what a row held when it was made is said too."""
    values = moment.after[line.row_id] or {}
    label = words.row(part, values)
    what = _ROWS[line.op]
    if line.op == INSERT and not part.secret:
        held = ", ".join(_held(part, values, words))
        return Change(label, f"{what} ({held})" if held else what)
    is_root = not part.owner
    return Change(label, what, line=None if line.op == RESTORE or is_root else line.id)


def _held(part: Part, values: Values, words: Wording) -> Iterator[str]:
    for column, told in told_columns(part).items():
        if column in (part.owner, *part.named) or values.get(column) == _usual(part, column):
            continue
        if text := words.value(part, column, told, values):
            yield f"{lowered(told.label)} : {text}"


def _usual(part: Part, column: str) -> object:
    """What a column holds where nobody says anything."""
    usual = MODELS[part.table].__table__.c[column].default
    return usual.arg if isinstance(usual, sa.ColumnDefault) else None


def _field(moment: Moment, line: m.AuditLine, part: Part, words: Wording) -> Iterator[Change]:
    column = _told_by(moment, line, part)
    told = told_columns(part).get(column)
    if told is None:
        return
    before, after = moment.before[line.row_id] or {}, moment.after[line.row_id] or {}
    name = words.row(part, after)
    label = f"{name}, {lowered(told.label)}" if name else told.label
    if part.secret:
        yield Change(label, CHANGED)
        return
    if told.inside:
        before, after = _apart(before, after, column), _apart(after, before, column)
    was, became = (words.value(part, column, told, held) for held in (before, after))
    if was != became or column not in after:
        yield Change(label, changed(was, became), was, None if told.fixed else line.id)


def _apart(values: Values, others: Values, column: str) -> Values:
    """Of a list of things, those that the other one has not."""
    held, other = values.get(column), others.get(column) or ()
    if not isinstance(held, list):
        return values
    return values | {column: [each for each in held if each not in other]}


def _told_by(moment: Moment, line: m.AuditLine, part: Part) -> str:
    """The column that tells a line: that of a date where only how much of it is known changed."""
    column = line.field or ""
    main = main_column(part, column)
    fields = {each.field for each in moment.lines if each.row_id == line.row_id}
    return column if main in fields else main


def _sum(rows: Rows, moment: Moment, part: Part) -> Change:
    """« Horaires : 35 h sur 5 jours → 28 h sur 4 jours »."""
    was, became = (_total(rows, part, held) for held in (moment.all_before, moment.all_after))
    told = changed(was, became) if was != became else CHANGED
    return Change(part.title, told, was)


def _total(rows: Rows, part: Part, held: dict[UUID, Values | None]) -> str:
    present = [
        values
        for row_id, values in held.items()
        if values and values.get(DELETED) is None and rows.part_of[row_id] is part
    ]
    days = len({values["on"] for values in present})
    minutes = sum(values["end"] - values["start"] for values in present)
    return f"{hours_text(minutes)} sur {days} jour{'s' * (days > 1)}" if present else ""


def lowered(label: str) -> str:
    """A label within a sentence: « nom », but « RQTH »."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
