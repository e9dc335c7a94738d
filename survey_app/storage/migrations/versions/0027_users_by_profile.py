"""How many of a unit's users belong to each option of a profile field, as recorded for a period."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: nobody has recorded any yet."""
    op.create_table(
        "users_by_profile",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("option", sa.Text, primary_key=True),
        sa.Column("users", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """What was recorded is lost; no official number stands on it."""
    op.drop_table("users_by_profile")
