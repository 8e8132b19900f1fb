"""Names and numbers that only one may bear, however they are spelt."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import same_name


def is_taken(
    session: Session, column: InstrumentedAttribute[str], name: str, own: UUID | None
) -> bool:
    """Whether another row than `own`, not deleted, has this name already."""
    table = column.class_
    known = session.execute(sa.select(table.id, column).where(table.deleted_at.is_(None)))
    return any(same_name(other, name) for row_id, other in known if row_id != own)


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
    name = " ".join(typed.split())
    if is_taken(session, column, name, own):
        raise UserError(
            f"Il y a déjà {what} « {name} ».", "Ce que vous avez écrit est gardé.", todo
        )
    return name
