"""Where the indices of a province's units lie, for the odds of a letter; filled by the next calibration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: until the first night odds are told in words."""
    op.create_table(
        "peers",
        sa.Column("series", sa.String(16), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("dispersion", sa.SmallInteger, nullable=False),
        sa.Column("shares", sa.String(200), nullable=False),
        sa.Column("calibration", sa.Integer, sa.ForeignKey("calibration.number"), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What was published has its own copy, and the rest is found again from the answers."""
    op.drop_table("peers")
