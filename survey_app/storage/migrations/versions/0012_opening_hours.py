"""Hours of service, and how many answers could be checked against them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opening_hours",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("week", sa.String(80), nullable=False),
    )
    op.add_column("flag_cell", sa.Column("scheduled", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("flag_cell", "scheduled")
    op.drop_table("opening_hours")
