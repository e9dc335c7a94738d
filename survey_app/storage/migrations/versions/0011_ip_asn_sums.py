"""What the staff of a year add up to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ipasn_sums",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("imports", sa.Integer, nullable=False),
        sa.Column("last_import", sa.Integer, nullable=False),
        sa.Column("sums", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("ipasn_sums")
