"""signatures told one by one"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attendance_sheet', schema=None) as batch_op:
        batch_op.add_column(sa.Column('signatures', sa.JSON(none_as_null=True), nullable=True))
