"""The looks that a shared server writes down: the direction counts people without their names, and
to see them says why; a paper that says something of health, or of residence, is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.models import AccessLine, new_id
from connexion_desktop.domain.looks import Look
from connexion_desktop.domain.names import full_name
from connexion_desktop.usecases.roles import staff_of

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store

_NAMES, _FILE = "names", "file"
_LAST = 5


def are_hidden(store: Store) -> bool:
    """Whether who reads sees numbers instead of names."""
    return store.hides_names


def names(store: Store, reason: str, people: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these people; the look is written down with its reason. Raises UserError without
    a reason, or without the right."""
    found = store.reveal(reason, sorted(set(people)))
    return {who: full_name(given, family or "") for who, (given, family) in found.items()}


def last(session: Session) -> tuple[Look, ...]:
    """The last times names were shown, the latest first: to the direction, everybody's."""
    line = AccessLine
    rows = session.execute(
        sa.select(line.at, line.author, line.reason, sa.func.count())
        .where(line.kind == _NAMES)
        .group_by(line.at, line.author, line.reason)
        .order_by(line.at.desc())
        .limit(_LAST)
    )
    return tuple(Look(at, author, reason or "", people) for at, author, reason, people in rows)


def note_opened(session: Session, file_id: UUID) -> None:
    """Write down that who asks opens a file, before they have it: each question to a server is over
    before the next. A file has nobody else to tell."""
    if staff_of(session) is None:
        return
    line = sa.insert(AccessLine).values(
        id=new_id(),
        association_id=session.info["association_id"],
        author=sa.func.my_author(),
        kind=_FILE,
        table_name="attachment",
        row_id=file_id,
    )
    session.connection().execute(line)
