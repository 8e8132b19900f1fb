"""What who asks may read, as far as the pages are told: the server itself gives nothing more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from connexion_desktop.domain.servers import Roles


def roles_of(session: Session) -> Roles:
    """The roles on the shared server of who asks; none on a file."""
    roles: Roles | None = session.info.get("roles")
    return roles or frozenset()
