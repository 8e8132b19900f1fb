"""What who asks may read, as far as the pages are told: the server itself gives nothing more."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.domain.servers import Roles


def roles_of(session: Session) -> Roles:
    """The roles on the shared server of who asks; none on a file."""
    roles: Roles | None = session.info.get("roles")
    return roles or frozenset()


def staff_of(session: Session) -> UUID | None:
    """Which member of the team asks, on the shared server; None on a file."""
    staff: UUID | None = session.info.get("staff")
    return staff


def is_confided(session: Session, person_id: UUID) -> bool:
    """Whether who asks reads and writes what is confidential of this person: on the shared server,
    one of their own or of those they replace for; on a file, everybody."""
    if staff_of(session) is None:
        return True
    mine = sa.select(sa.func.my_people())
    return bool(session.scalar(sa.select(sa.literal(person_id, sa.Uuid()).in_(mine))))


def not_mine(session: Session, journeys: Collection[UUID]) -> frozenset[UUID]:
    """Those of these journeys where who asks writes neither presences nor who is expected: on the
    shared server, all but their own and those they replace for; on a file, none."""
    if staff_of(session) is None or not journeys:
        return frozenset()
    mine = session.scalars(sa.select(sa.func.my_journeys())).all()
    return frozenset(journeys).difference(mine)
