"""Passkeys: public keys of devices that sign in without a password, and what they are asked to sign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: nobody has one yet."""
    op.create_table(
        "passkey",
        sa.Column("credential_id", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("used_at", UtcDateTime),
    )
    op.create_table(
        "passkey_challenge",
        sa.Column("challenge_hash", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id")),
        sa.Column("expires_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Who has nothing but passkeys needs a one-time link from the operator afterwards."""
    for table in ("passkey_challenge", "passkey"):
        op.drop_table(table)
