"""Periodic exports: schedules, and one run for every report they asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("since", sa.String(8), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.UniqueConstraint("agency", "unit", "kind", "language"),
    )
    op.create_table(
        "report_run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("schedule_id", sa.Integer, sa.ForeignKey("schedule.id"), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("status", sa.String(6), nullable=False),
        sa.Column("not_before", UtcDateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("made_at", UtcDateTime),
        sa.Column("sha256", sa.String(64)),
        sa.Column("path", sa.String(200)),
        sa.UniqueConstraint("schedule_id", "period"),
        sa.Index("ix_report_run_status_not_before", "status", "not_before"),
    )


def downgrade() -> None:
    op.drop_table("report_run")
    op.drop_table("schedule")
