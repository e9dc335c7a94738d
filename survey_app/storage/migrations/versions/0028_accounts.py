"""Accounts, their roles and sessions, one-time links, and failed tries to sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: nobody has an account yet, and the server opens a one-time link for the first."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.String(100), nullable=False, unique=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("last_seen", UtcDateTime),
    )
    op.create_table(
        "account_role",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.UniqueConstraint("account_id", "role", "agency", "unit"),
    )
    op.create_table(
        "account_session",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column(
            "role_id", sa.Integer, sa.ForeignKey("account_role.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("begun_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.Column("idle_seconds", sa.Integer, nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False),
        sa.Column("network", sa.String(50), nullable=False),
        sa.Column("browser", sa.String(60), nullable=False),
    )
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("expires_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Whoever reaches the server acts as its administrator again."""
    for table in ("failed_sign_in", "one_time_link", "account_session", "account_role", "account"):
        op.drop_table(table)
