"""Which kabupaten or kota a unit serves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of no unit it is known yet."""
    op.add_column("unit", sa.Column("region", sa.String(5)))


def downgrade() -> None:
    op.drop_column("unit", "region")
