"""Whom rows are about: somebody, or what hangs on them, however far."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data.models import Attachment, Person, Row
from connexion_desktop.data.references import ways_to
from connexion_desktop.domain.names import full_name

from .referring import rows_of

_WAYS = ways_to("person")


def people_of(session: Session, rows: Collection[Row]) -> Collection[Person]:
    """Those whom these rows are about, deleted ones too."""
    found: set[Person] = set()
    near = list(rows)
    while near:
        found.update(row for row in near if isinstance(row, Person))
        wanted: dict[str, set[UUID]] = {}
        for row in near:
            for reference in _WAYS.get(row.__tablename__, ()):
                if (key := getattr(row, reference.column.key)) is not None:
                    wanted.setdefault(reference.to, set()).add(key)
            if isinstance(row, Attachment):
                wanted.setdefault(row.subject_table, set()).add(row.subject_id)
        near = [row for table, ids in wanted.items() for row in rows_of(session, table, ids)]
    return found


def names_of(people: Collection[Person]) -> tuple[str, ...]:
    """Their names, in their order."""
    return tuple(sorted(full_name(one.given_name, one.family_name or "") for one in people))
