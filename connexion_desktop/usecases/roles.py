"""What who asks may read, as far as the pages are told: the server itself gives nothing more."""

from __future__ import annotations

from uuid import UUID

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
