"""Which kind of unit a unit is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of no unit it is known yet."""
    op.add_column("unit", sa.Column("kind", sa.String(40)))


def downgrade() -> None:
    op.drop_column("unit", "kind")
