"""The acts of whoever prepares an immersion, each in one word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement import Party
from connexion_desktop.domain.placement_file import (
    EditPlacement,
    IssuePlacement,
    PlacementForm,
    SignPlacement,
    WithdrawPlacement,
)
from connexion_desktop.usecases import placement_drafts, placement_views, placements
from tests.factories import TODAY
from tests.placement_base import Office, drafted, new_act

T = TypeVar("T")


def do(database: Database, act: Callable[[Session], T], label: str = "Essai") -> T:
    with database.write(new_act(label)) as session:
        return act(session)


def form(database: Database, placement_id: UUID, today: date = TODAY) -> PlacementForm:
    with database.read() as session:
        return placement_views.form(session, placement_id, today)


def make(database: Database, office: Office, **changes: Any) -> UUID:
    return do(database, lambda session: drafted(session, office, **changes))


def issue(database: Database, placement_id: UUID, reason: str = "", today: date = TODAY) -> str:
    command = IssuePlacement(placement_id, today, reason)
    return do(database, lambda session: placements.issue(session, command))


def edit(database: Database, placement_id: UUID, field: str, value: object) -> None:
    command = EditPlacement(placement_id, field, value)  # type: ignore[arg-type]
    do(database, lambda session: placement_drafts.edit(session, command))


def sign(database: Database, placement_id: UUID, *parties: Party) -> None:
    for party in parties:
        with database.write(new_act()) as session:
            placements.sign(session, SignPlacement(placement_id, party, TODAY, TODAY))


def withdraw(
    database: Database,
    placement_id: UUID,
    reason: str,
    today: date = TODAY,
    *,
    refused: bool = False,
) -> None:
    command = WithdrawPlacement(placement_id, reason, today, refused)
    do(database, lambda session: placements.withdraw(session, command))


def revise(database: Database, placement_id: UUID) -> None:
    do(database, lambda session: placements.revise(session, placement_id))


def correct(database: Database, placement_id: UUID, field: str, value: object) -> None:
    """A new version of what was issued, of which one field is another."""
    revise(database, placement_id)
    edit(database, placement_id, field, value)
    issue(database, placement_id)


def asked(database: Database, read: Callable[[Session], object]) -> list[str]:
    """The statements that a read sends to the base."""
    sent: list[str] = []
    with database.read() as session:
        sa.event.listen(
            session.connection(), "before_cursor_execute", lambda *given: sent.append(given[2])
        )
        read(session)
    return sent
