"""Accounts of a provider of OpenID Connect, and who was sent there and is awaited back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: no account of before is of a provider."""
    op.create_table(
        "account_identity",
        sa.Column("issuer", sa.String(500), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, unique=True),
    )
    op.create_table(
        "oidc_request",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(64), nullable=False),
        sa.Column("returning_to", sa.Text, nullable=False),
        sa.Column("onward", sa.Text, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Who came by the provider needs a one-time link from the operator afterwards, and keeps the roles."""
    for table in ("oidc_request", "account_identity"):
        op.drop_table(table)
