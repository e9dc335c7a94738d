"""Whom somebody views the pages as, to help: beside the session, until a moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0034"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty: nobody views as anybody yet."""
    op.create_table(
        "account_view",
        sa.Column(
            "session_id",
            sa.String(64),
            sa.ForeignKey("account_session.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("role_id", sa.Integer, sa.ForeignKey("account_role.id", ondelete="SET NULL")),
        sa.Column("until", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Whoever views as somebody else acts in the own role again."""
    op.drop_table("account_view")
