"""Every attached file and what it is attached to, for the palette."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.attachments import FilePlace, FoundFile, Subject
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.placement_file import draft_number

from . import attachments

_AT_ONCE = 500


def every(session: Session) -> Iterator[FoundFile]:
    """The files of people, then of immersions, then of computers, the last first; a few rows at a
    time."""
    labels, _ = attachments.kinds_of(session)
    yield from _of_people(session, labels)
    yield from _of_placements(session)
    yield from _of_equipment(session)


def _of_people(session: Session, labels: Mapping[str, str]) -> Iterator[FoundFile]:
    query = _files("person", m.Person, m.Person.given_name, m.Person.family_name)
    for row in session.execute(query):
        kind, name = row.kind or "", full_name(row.given_name, row.family_name or "")
        place = FilePlace(Subject("person", row.subject_id), row.id)
        yield FoundFile(place, row.name, kind, labels.get(kind, kind), name, name)


def _of_placements(session: Session) -> Iterator[FoundFile]:
    query = _files(
        "placement", m.Placement, m.Placement.number, m.Person.given_name, m.Person.family_name
    ).join(m.Person, m.Person.id == m.Placement.person_id)
    for row in session.execute(query):
        number = row.number or draft_number(row.subject_id)
        person = full_name(row.given_name, row.family_name or "")
        place = FilePlace(Subject("placement", row.subject_id), row.id)
        yield FoundFile(place, row.name, "", "", f"{number} · {person}", f"{person} {number}")


def _of_equipment(session: Session) -> Iterator[FoundFile]:
    for row in session.execute(_files("equipment", m.Equipment, m.Equipment.number)):
        place = FilePlace(Subject("equipment", row.subject_id), row.id)
        number = row.number
        yield FoundFile(place, row.name, "", "", number, number)


def _files(table: str, model: type[m.Row], *columns: Any) -> sa.Select[Any]:
    """The files of the rows of a table that are there, and these columns."""
    return (
        sa.select(
            m.Attachment.id,
            m.Attachment.name,
            m.Attachment.kind,
            m.Attachment.subject_id,
            *columns,
        )
        .join(model, model.id == m.Attachment.subject_id)
        .where(
            m.Attachment.subject_table == table,
            m.Attachment.deleted_at.is_(None),
            model.deleted_at.is_(None),
        )
        .order_by(m.Attachment.created_at.desc(), m.Attachment.id.desc())
        .execution_options(yield_per=_AT_ONCE)
    )
