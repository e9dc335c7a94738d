"""What completed months tell about how much the people of a unit differ; filled by the next calibration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: until the first night no interval leans on earlier months, and none is narrower for it."""
    op.create_table(
        "calibration",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "unit_past",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("service_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("series", sa.String(16), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("weight", sa.SmallInteger, nullable=False),
        sa.Column("dispersion", sa.SmallInteger, nullable=False),
        sa.Column("calibration", sa.Integer, sa.ForeignKey("calibration.number"), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What was published has its own copy, and the rest is found again from the answers."""
    op.drop_table("unit_past")
    op.drop_table("calibration")
