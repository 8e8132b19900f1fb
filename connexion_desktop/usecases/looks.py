"""The direction of a shared server counts people without their names; to see them it says why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.models import AccessLine
from connexion_desktop.domain.looks import Look
from connexion_desktop.domain.names import full_name

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store

_NAMES = "names"
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
