"""Whom somebody views the pages as, who let an account in no more, and how often somebody was refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody views as anybody yet, and of accounts that are closed nobody knows any more who did it."""
    op.add_column("account", sa.Column("closed_role", sa.String(20)))
    op.add_column("account", sa.Column("closed_agency", sa.Text))
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
    op.create_table(
        "refusal_count",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Whoever views as somebody else acts in the own role again."""
    op.drop_table("refusal_count")
    op.drop_table("account_view")
    for name in ("closed_agency", "closed_role"):
        op.drop_column("account", name)
