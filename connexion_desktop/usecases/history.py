"""The history of a person's record, from the lines of audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import UPDATE
from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.history import FieldChange
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.person_fields import (
    FIELDS,
    SECTIONS,
    FieldKind,
    FieldSpec,
    FieldValue,
)

from . import person_details as details

MOST = 200
"""How many changes are told, the last ones."""


def person_changes(session: Session, person_id: UUID) -> tuple[FieldChange, ...]:
    """What was changed in the fields of a person, the last one first; `MOST` at most.

    Raises UserError if the person is gone. What made the record is not told: nothing was there.
    """
    now = details.load(session, person_id)
    specs = _specs(session, person_id)
    lines = session.scalars(
        sa.select(m.AuditLine)
        .where(m.AuditLine.row_id.in_({row_id for row_id, _ in specs}), m.AuditLine.op == UPDATE)
        .order_by(m.AuditLine.at.desc(), m.AuditLine.id.desc())
        .limit(2 * MOST)
    ).all()
    precisions = _precisions(lines, now.values, specs)
    found = [
        _change(line, spec, precisions[line.id], now.choices)
        for line in lines
        if (spec := specs.get((line.row_id, line.field or ""))) is not None
    ]
    return tuple(found[:MOST])


def _specs(session: Session, person_id: UUID) -> dict[tuple[UUID, str], FieldSpec]:
    """The field that each column of each row of a person is."""
    rows = {part: details.row_of(session, part, person_id) for part in details.TABLES}
    return {
        (row.id, spec.column): spec
        for spec in FIELDS.values()
        if (row := rows[spec.table]) is not None
    }


def _precisions(
    lines: Sequence[m.AuditLine],
    now: Mapping[str, FieldValue],
    specs: Mapping[tuple[UUID, str], FieldSpec],
) -> dict[UUID, tuple[Precision, Precision]]:
    """How much was known of each date before and after it was changed. The precision has lines of
    its own: from the present one, each says what it was before."""
    known: dict[tuple[UUID, str], Precision] = {}
    for key, spec in specs.items():
        held = now[spec.name]
        known[key] = held.precision if isinstance(held, ImpreciseDate) else Precision.DAY
    acts: dict[UUID, list[m.AuditLine]] = {}
    for line in lines:
        acts.setdefault(line.command_id, []).append(line)
    found: dict[UUID, tuple[Precision, Precision]] = {}
    for act in acts.values():
        after = dict(known)
        for line in act:
            column = _DATE_OF.get(line.field or "")
            if column is not None and line.before:
                known[line.row_id, column] = Precision(line.before)
        for line in act:
            key = (line.row_id, line.field or "")
            if key in known:
                found[line.id] = (known[key], after[key])
    return found


_LABELS = {
    spec.name: spec.label if spec.table == "person" else f"{section.title}, {spec.label.lower()}"
    for section in SECTIONS
    for spec in section.fields
}
_DATE_OF = {precision: column for column, precision in details.PRECISIONS.items()}


def _change(
    line: m.AuditLine,
    spec: FieldSpec,
    precisions: tuple[Precision, Precision],
    choices: Mapping[str, tuple[tuple[str, str], ...]],
) -> FieldChange:
    before = _value(spec, line.before, precisions[0])
    after = _value(spec, line.after, precisions[1])
    return FieldChange(
        line.id,
        line.at,
        line.author,
        spec.name,
        _LABELS[spec.name],
        _words(spec, before, choices),
        _words(spec, after, choices),
        before,
    )


def _value(spec: FieldSpec, stored: Any, precision: Precision) -> FieldValue:
    if isinstance(stored, bool):
        return "yes" if stored else "no"
    if not stored:
        return None
    if spec.kind in (FieldKind.DATE, FieldKind.IMPRECISE):
        return ImpreciseDate(date.fromisoformat(stored), precision)
    return str(stored)


def _words(
    spec: FieldSpec, value: FieldValue, choices: Mapping[str, tuple[tuple[str, str], ...]]
) -> str:
    if value is None:
        return ""
    if isinstance(value, ImpreciseDate):
        return imprecise_numeric(value)
    known = choices.get(spec.choices, ()) if isinstance(spec.choices, str) else spec.choices
    return dict(known).get(value, value)
