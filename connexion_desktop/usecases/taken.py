"""Names and numbers that only one may bear, however they are spelt."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import same_name


def refuse_taken(
    session: Session,
    column: InstrumentedAttribute[str],
    value: str,
    problem: UserError,
    *,
    own: UUID | None = None,
) -> None:
    """Raise `problem` where another row than `own` has that name already."""
    table = column.class_
    known = session.execute(sa.select(table.id, column).where(table.deleted_at.is_(None)))
    if any(same_name(other, value) for row_id, other in known if row_id != own):
        raise problem
