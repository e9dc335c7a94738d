"""Where news is sent, and what waits to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY, UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: nobody has asked to be told."""
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("events", sa.String(200), nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("made_by", sa.Integer),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("given_up", sa.Integer, nullable=False),
        sa.Column("ended_at", UtcDateTime),
    )
    op.create_table(
        "outbox",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False, index=True),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("message", sa.String(64), nullable=False, unique=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("not_before", UtcDateTime, nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("ended_at", UtcDateTime, index=True),
    )
    op.create_index("ix_outbox_state_not_before", "outbox", ["state", "not_before"])


def downgrade() -> None:
    """What waited is not sent any more."""
    op.drop_table("outbox")
    op.drop_table("webhook")
