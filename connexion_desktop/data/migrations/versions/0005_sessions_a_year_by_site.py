"""sessions a year by site"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

SITE = sa.table('site', sa.column('code', sa.String()), sa.column('sessions', sa.Integer()))
SHIPPED = {'bordeaux': 2, 'talence': 1, 'pessac': 1}
"""What `resources/reference/sites.toml` said of them when this version came."""


def upgrade() -> None:
    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sessions', sa.Integer(), nullable=True))
    for code, sessions in SHIPPED.items():
        op.execute(sa.update(SITE).where(SITE.c.code == code).values(sessions=sessions))
