"""Kiosks: devices and their pairing codes. Paper: which sheet became which response."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _devices()
    op.create_table(
        "paper_sheet",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("number", sa.String(40), primary_key=True),
        sa.Column("response_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("operator", sa.String(40), nullable=False),
        sa.Column("entered_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("paper_sheet", "pairing", "device"):
        op.drop_table(table)


def _devices() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False, unique=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False, index=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("paired_at", UtcDateTime, nullable=False),
        sa.Column("last_seen", UtcDateTime, nullable=False),
        sa.Column("version", sa.String(40)),
        sa.Column("unsent", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Column("clock_offset_ms", sa.BigInteger),
        sa.Column("revoked_at", UtcDateTime),
    )
    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("device.id")),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("used_at", UtcDateTime),
    )
