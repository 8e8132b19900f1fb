"""reasons and saves under way"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('access_line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=400), nullable=True))

    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('command_id', sa.Uuid(), nullable=True))
