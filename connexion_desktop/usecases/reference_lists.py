"""The reference lists, read and edited line by line."""

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
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_fields import FieldSpec, checked, spelled
from connexion_desktop.domain.reference_lists import (
    FAMILIES,
    AddLine,
    EditLine,
    ListLine,
    ListLines,
    checked_aliases,
    checked_levels,
    code_for,
    list_named,
    refuse_known,
    refuse_known_line,
    refuse_served,
    refuse_twin,
    refuse_used,
)
from connexion_desktop.domain.uses import Use
from connexion_desktop.usecases.conflicts import Held, refuse_overwriting
from connexion_desktop.usecases.uses import has_served, row_has_served, uses_of_codes, uses_of_rows

_Line = m.ReferenceItem | m.TradeFamily


def load(session: Session, name: str) -> ListLines:
    """A list and its lines, in their order, with where each is used. Raises KeyError."""
    spec = list_named(name)
    with together(session) as ask:
        asked = ask(_uses, session, name)
        lines = ask(_lines, session, name)
    uses = asked.value
    return ListLines(
        spec,
        tuple(
            ListLine(
                row.id,
                row.code,
                {each.column: _read(row, each.column) for each in spec.fields},
                row.to_confirm,
                row.retired_on,
                uses.get(_key(row), ()),
            )
            for row in lines.value
        ),
    )


def add(session: Session, command: AddLine) -> None:
    """One more line, at the end of its list. Raises UserError without words, if another line has
    them, or where the program knows the lines."""
    spec = list_named(command.list)
    refuse_known(spec)
    label = str(checked(spec.fields[0], command.label) or "")
    lines = _lines(session, command.list)
    _refuse_twin(lines, label, None)
    place = max((line.position for line in lines), default=-1) + 1
    code = code_for(label, frozenset(_codes_ever(session, command.list)))
    if command.list == FAMILIES:
        session.add(m.TradeFamily(id=command.id, code=code, label=label, position=place))
    else:
        session.add(
            m.ReferenceItem(
                id=command.id, list=command.list, code=code, label=label, position=place
            )
        )


def edit(session: Session, command: EditLine) -> None:
    """Set one field of a line. Raises UserError where it cannot hold that, ConflictError where
    somebody changed it since it was seen."""
    spec = list_named(command.list)
    field = next(each for each in spec.fields if each.column == command.column)
    row = _line(session, command.list, command.id)
    place = command.column if command.column in type(row).__table__.c else "data"
    refuse_overwriting(
        session,
        command.seen,
        field.name,
        command.value,
        lambda _name: Held(field.label, _read(row, command.column), (row,), (place,)),
        kept=lambda _name, sent: _spelled(field, command.column, sent),
    )
    if command.column == "levels":
        _write(row, "levels", checked_levels(command.value) or None)
        return
    value = checked(field, command.value)
    if command.column == "label":
        _refuse_twin(_lines(session, command.list), str(value), row.id)
        row.label = str(value)
    elif command.column == "aliases":
        names = checked_aliases(command.value)
        _write(row, "aliases", (", ".join(names) if command.list == FAMILIES else names) or None)
    else:
        _write(row, command.column, value)


def _spelled(field: FieldSpec, column: str, sent: str) -> str:
    """A text as `_read` gives it back once kept; one that cannot be kept is left as it is."""
    try:
        if column == "levels":
            return "\n".join(checked_levels(sent))
        if column == "aliases":
            return ", ".join(checked_aliases(sent))
    except UserError:
        return sent
    return str(spelled(field, sent) or "")


def move(session: Session, name: str, line_id: UUID, step: int) -> None:
    """Put a line `step` places lower (higher if below 0), as far as the list goes."""
    rows = _lines(session, name)
    here = next((place for place, row in enumerate(rows) if row.id == line_id), None)
    if here is None:
        raise _gone()
    rows.insert(min(max(here + step, 0), len(rows) - 1), rows.pop(here))
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place


def retire(session: Session, name: str, line_id: UUID, on: date | None) -> None:
    """Offer a line no more from a day on; None takes it back. Raises UserError where the program
    knows the lines."""
    row = _line(session, name, line_id)
    refuse_known_line(list_named(name), row.code, row.label)
    row.retired_on = on


def confirm(session: Session, name: str, line_id: UUID) -> None:
    """Say that somebody agreed to a line."""
    _line(session, name, line_id).to_confirm = False


def delete(session: Session, name: str, line_id: UUID) -> None:
    """Delete a line that never served. Raises UserError saying where it does, how many times."""
    row = _line(session, name, line_id)
    refuse_known_line(list_named(name), row.code, row.label)
    refuse_used(row.label, _uses(session, name).get(_key(row), ()))
    served = (
        row_has_served(session, FAMILIES, row.id)
        if isinstance(row, m.TradeFamily)
        else has_served(session, name, row.code)
    )
    if served:
        refuse_served(row.label)
    row.deleted_at = m.utc_now()


def _uses(session: Session, name: str) -> Mapping[Any, tuple[Use, ...]]:
    return uses_of_rows(session, name) if name == FAMILIES else uses_of_codes(session, name)


def _key(row: _Line) -> UUID | str:
    return row.id if isinstance(row, m.TradeFamily) else row.code


def _lines(session: Session, name: str) -> list[_Line]:
    if name == FAMILIES:
        family = m.TradeFamily
        return list(
            session.scalars(
                sa.select(family)
                .where(family.deleted_at.is_(None))
                .order_by(family.position, family.id)
            )
        )
    item = m.ReferenceItem
    return list(
        session.scalars(
            sa.select(item)
            .where(item.list == name, item.deleted_at.is_(None))
            .order_by(item.position, item.id)
        )
    )


def _codes_ever(session: Session, name: str) -> Sequence[str]:
    """Those of deleted lines too: what served once never comes to mean something else."""
    if name == FAMILIES:
        return session.scalars(sa.select(m.TradeFamily.code)).all()
    return session.scalars(
        sa.select(m.ReferenceItem.code).where(m.ReferenceItem.list == name)
    ).all()


def _line(session: Session, name: str, line_id: UUID) -> _Line:
    row: _Line | None = (
        session.get(m.TradeFamily, line_id)
        if name == FAMILIES
        else session.get(m.ReferenceItem, line_id)
    )
    if row is None or row.deleted_at is not None:
        raise _gone()
    return row


def _gone() -> UserError:
    return UserError("Cette ligne n’est plus dans la liste.", "Rien n’a changé.")


def _refuse_twin(lines: Sequence[_Line], label: str, own: UUID | None) -> None:
    if any(line.id != own and _heard(line.label) == _heard(label) for line in lines):
        refuse_twin(label)


def _heard(label: str) -> str:
    """Words as they are compared; those of another alphabet, letter by letter."""
    return fold(label) or label.casefold()


def _read(row: _Line, column: str) -> str:
    value = _held(row, column)
    if isinstance(value, list):
        return ("\n" if column == "levels" else ", ").join(map(str, value))
    return str(value or "")


def _held(row: _Line, column: str) -> Any:
    if column in type(row).__table__.c:
        return getattr(row, column)
    return (row.data or {}).get(column) if isinstance(row, m.ReferenceItem) else None


def _write(row: _Line, column: str, value: Any) -> None:
    if column in type(row).__table__.c:
        setattr(row, column, value)
    elif isinstance(row, m.ReferenceItem):
        held = {key: each for key, each in (row.data or {}).items() if key != column}
        row.data = held | ({column: value} if value is not None else {}) or None
