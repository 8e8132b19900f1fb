"""Names and numbers that only one may bear, however they are spelt."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import same_name


def free_name(
    session: Session,
    column: InstrumentedAttribute[str],
    typed: str,
    *,
    what: str,
    todo: str,
    own: UUID | None = None,
) -> str:
    """A name with its spaces tidied. Raises UserError where another row than `own` has it already:
    « Il y a déjà » and `what`, then `todo`."""
    table, name = column.class_, " ".join(typed.split())
    known = session.execute(sa.select(table.id, column).where(table.deleted_at.is_(None)))
    if any(same_name(other, name) for row_id, other in known if row_id != own):
        raise UserError(
            f"Il y a déjà {what} « {name} ».", "Ce que vous avez écrit est gardé.", todo
        )
    return name
