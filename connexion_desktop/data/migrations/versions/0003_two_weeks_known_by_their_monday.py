"""two weeks known by their monday"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

SHEET = sa.table(
    'attendance_sheet',
    sa.column('id', sa.Uuid()),
    sa.column('first_on', sa.Date()),
    sa.column('content', sa.JSON()),
)


def upgrade() -> None:
    """A sheet of two weeks said the rank of its first week, which moves."""
    connection = op.get_bind()
    for sheet in connection.execute(sa.select(SHEET)).all():
        asked = sheet.content.get('request')
        if asked is None:
            continue
        rank = asked.pop('week', None)
        monday = sheet.first_on - timedelta(days=sheet.first_on.weekday())
        asked['monday'] = monday.isoformat() if rank is not None else None
        connection.execute(
            sa.update(SHEET).where(SHEET.c.id == sheet.id).values(content=sheet.content)
        )
