"""Targets of an index; and an index to read the newest comments by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_INDEX = "ix_response_month_answered_at_unit_id"
_COMMENTED = sa.text("comment IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "target",
        sa.Column("agency", sa.String(40), primary_key=True),
        sa.Column("unit", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("value", sa.String(6), nullable=False),
        sa.Column("set_by", sa.String(40), nullable=False),
        sa.Column("set_at", UtcDateTime, nullable=False),
    )
    op.create_index(
        _INDEX,
        "response",
        ["month", "answered_at", "unit_id"],
        sqlite_where=_COMMENTED,
        postgresql_where=_COMMENTED,
    )


def downgrade() -> None:
    op.drop_index(_INDEX, "response")
    op.drop_table("target")
