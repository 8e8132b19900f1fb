"""Two acts that are one for who did them: their audit lines are joined, and undone in one step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.domain.acts import Act

from .audit import DELETED, FieldKey, extend_line, work_of
from .models import AuditLine, DoneCommand, utc_now

_LATEST = timedelta(minutes=10)
_SETTLED = sa.or_(
    DoneCommand.final, DoneCommand.undoes.is_not(None), DoneCommand.undone_by.is_not(None)
)


def join_earlier(session: Session) -> None:
    """Let the lines of the act before tell the present act too, if both are one: then they are one
    step of undo.

    So it is when the same author did the same kind of act (same label) on the very same fields less
    than ten minutes before, and nobody touched them since. Acts are joined whole or not at all, and
    never where one made or deleted rows: undoing would leave half of it.
    """
    work = work_of(session)
    if work.act is None or work.undoing or work.sealed or work.made or not work.told:
        return
    if any(name == DELETED for _, _, name in work.told):
        return
    earlier = _lines_before(session, work.act, len(work.told))
    if earlier.keys() != work.told.keys():
        return
    if any(line.after != work.told[key].before for key, line in earlier.items()):
        return
    connection = session.connection()
    for key, line in earlier.items():
        connection.execute(sa.delete(AuditLine).where(AuditLine.id == work.told[key].line))
        extend_line(session, line.id, work.told[key].after, command_id=work.act.command_id)


def _lines_before(session: Session, act: Act, number: int) -> dict[FieldKey, sa.Row[Any]]:
    """The lines of the author's last act before this one, if it is recent and of the same kind; of
    an act of more lines than `number`, one more than that."""
    connection = session.connection()
    last = connection.execute(
        sa.select(DoneCommand.command_id, DoneCommand.label, _SETTLED.label("settled"))
        .where(
            DoneCommand.author == act.author,
            DoneCommand.command_id != act.command_id,
            sa.exists().where(AuditLine.command_id == DoneCommand.command_id),
        )
        .order_by(DoneCommand.at.desc())
        .limit(1)
    ).first()
    if last is None or last.label != act.label or last.settled:
        return {}
    lines = connection.execute(
        sa.select(
            AuditLine.id,
            AuditLine.table_name,
            AuditLine.row_id,
            AuditLine.field,
            AuditLine.after,
        )
        .where(AuditLine.command_id == last.command_id, AuditLine.at >= utc_now() - _LATEST)
        .limit(number + 1)
    )
    return {(line.table_name, line.row_id, line.field): line for line in lines}
