"""The details of a person, read at once and saved field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.person_fields import (
    FIELDS,
    EditField,
    FieldFlag,
    FieldKind,
    FieldSpec,
    FieldValue,
    PersonDetails,
    checked,
    field_of_flag,
    spelled,
)

from .conflicts import Held, refuse_overwriting
from .person_feed_rows import subjects
from .roles import is_confided

TABLES: dict[str, type[m.Row]] = {
    "person": m.Person,
    "residence": m.PersonResidence,
    "disability": m.PersonDisability,
    "situation": m.PersonSituation,
    "social": m.PersonSocial,
    "employer": m.PersonEmployer,
    "emergency": m.PersonContact,
    "representative": m.PersonContact,
}
"""The table that holds each part of a person."""
_RELATIVES = ("emergency", "representative")
PRECISIONS = {"birth_date": "birth_precision", "met_on": "met_precision"}
"""The column that says how much is known of a date."""


def load(session: Session, person_id: UUID) -> PersonDetails:
    """Every field, the words of the lists, the doubtful values still to mend.

    Raises UserError if the person is gone.
    """
    with together(session) as ask:
        asked = {part: ask(row_of, session, part, person_id) for part in TABLES}
        items = ask(_items, session)
        confided = ask(is_confided, session, person_id)
        flags = ask(_flags, session, person_id)
    rows = {part: answer.value for part, answer in asked.items()}
    if rows["person"] is None:
        raise _gone()
    values = {name: _value(rows[spec.table], spec) for name, spec in FIELDS.items()}
    return PersonDetails(
        person_id=person_id,
        values=values,
        choices=_choices(items.value, values),
        flags=flags.value,
        reserved=not confided.value,
    )


def edit(session: Session, command: EditField) -> None:
    """Save one field. Raises UserError if its name or its value cannot be, ConflictError where
    somebody changed it, or one linked to it, since it was seen; nothing is saved then.

    A doubtful imported value meant for that field is mended thereby.
    """
    spec = FIELDS.get(command.name)
    if spec is None:
        raise UserError("Ce champ ne se modifie pas ici.", "Rien n’a changé.")
    value = checked(spec, command.value)
    if row_of(session, "person", command.person_id, held=True) is None:
        raise _gone()
    refuse_overwriting(
        session,
        command.seen,
        spec.name,
        value,
        lambda name: _held(session, command.person_id, FIELDS[name]),
        kept=lambda name, sent: spelled(FIELDS[name], sent),
    )
    row = row_of(session, spec.table, command.person_id) or _made(session, spec, command.person_id)
    _set(row, spec, value)
    if value is not None:
        for flag in _open_flags(session, command.person_id):
            if field_of_flag(flag.table_name, flag.field) == spec.name:
                flag.mended_on = command.today


def _held(session: Session, person_id: UUID, spec: FieldSpec) -> Held:
    row = row_of(session, spec.table, person_id)
    columns = tuple(filter(None, (spec.column, PRECISIONS.get(spec.column))))
    return Held(spec.label, _value(row, spec), (row,) if row is not None else (), columns)


def settle(session: Session, flag_id: UUID, today: date) -> None:
    """Say that a doubtful value is settled: nothing is to be written in its place."""
    flag = session.get(m.DataFlag, flag_id)
    if flag is not None and flag.mended_on is None:
        flag.mended_on = today


def _gone() -> UserError:
    return UserError("Cette personne n’est plus dans la base.", "Rien n’a changé.")


def row_of(session: Session, part: str, person_id: UUID, *, held: bool = False) -> Any | None:
    """The row that holds a part of a person (a key of `TABLES`), None where there is none. `held`:
    until the end of the act, colleagues who change it on a server wait for it."""
    table = TABLES[part]
    columns = table.__table__.c
    owner = columns.id if part == "person" else columns.person_id
    query = sa.select(table).where(owner == person_id, table.deleted_at.is_(None))
    if part in _RELATIVES:
        query = query.where(columns.kind == part)
    query = query.order_by(table.id).limit(1)
    return session.scalars(query.with_for_update() if held else query).one_or_none()


def _made(session: Session, spec: FieldSpec, person_id: UUID) -> Any:
    values: dict[str, Any] = {"person_id": person_id}
    if spec.table in _RELATIVES:
        values |= {"kind": spec.table, "name": ""}
    if spec.table == "employer":
        values["name"] = ""
    row = TABLES[spec.table](**values)
    session.add(row)
    return row


def _set(row: Any, spec: FieldSpec, value: FieldValue) -> None:
    stored: Any = value
    if isinstance(value, ImpreciseDate):
        if spec.kind is FieldKind.DATE and value.precision is not Precision.DAY:
            raise UserError("Il faut le jour exact.", "Ce qui était noté avant est gardé.")
        stored = value.day
    if spec.column in PRECISIONS:
        precision = value.precision if isinstance(value, ImpreciseDate) else Precision.DAY
        setattr(row, PRECISIONS[spec.column], precision.value)
    if spec.kind is FieldKind.YES_NO or (spec.kind is FieldKind.YES_NO_OR_UNKNOWN and value):
        stored = value == "yes"
    elif value is None and not row.__table__.c[spec.column].nullable:
        stored = ""
    setattr(row, spec.column, stored)


def _value(row: Any | None, spec: FieldSpec) -> FieldValue:
    stored = None if row is None else getattr(row, spec.column)
    if isinstance(stored, bool) or spec.kind is FieldKind.YES_NO:
        return "yes" if stored else "no"
    if isinstance(stored, date):
        precision = getattr(row, PRECISIONS[spec.column]) if spec.column in PRECISIONS else "day"
        return ImpreciseDate(stored, Precision(precision))
    return stored or None


_NAMED = {name: spec.choices for name, spec in FIELDS.items() if isinstance(spec.choices, str)}


def _items(session: Session) -> Sequence[sa.Row[tuple[str, str, str, date | None]]]:
    item = m.ReferenceItem
    return session.execute(
        sa.select(item.list, item.code, item.label, item.retired_on)
        .where(item.list.in_(sorted(set(_NAMED.values()))), item.deleted_at.is_(None))
        .order_by(item.list, item.position)
    ).all()


def _choices(
    items: Sequence[sa.Row[tuple[str, str, str, date | None]]], values: Mapping[str, FieldValue]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """The lines of each list; one that was retired only where it is the person's."""
    hers = {(listed, values[name]) for name, listed in _NAMED.items()}
    choices: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(_NAMED.values(), ())
    for name, code, label, retired_on in items:
        if retired_on is None or (name, code) in hers:
            choices[name] = (*choices[name], (code, label))
    return choices


def _open_flags(session: Session, person_id: UUID) -> list[m.DataFlag]:
    flag = m.DataFlag
    query = (
        sa.select(flag)
        .where(flag.row_id.in_(subjects()), flag.mended_on.is_(None), flag.deleted_at.is_(None))
        .order_by(flag.id)
    )
    return list(session.scalars(query, {"person_id": person_id}))


def _flags(session: Session, person_id: UUID) -> tuple[FieldFlag, ...]:
    return tuple(
        FieldFlag(flag.id, field_of_flag(flag.table_name, flag.field), flag.typed, flag.problem)
        for flag in _open_flags(session, person_id)
    )
