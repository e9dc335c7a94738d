"""Which answers are in the roll-up and not in the flags, and neighbours of an answer by their moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Months that wait for their flags get them anew once: which of their answers have none is not known."""
    op.create_table(
        "unflagged",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seqs", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_response_unit_id_answered_at",
        "response",
        ["unit_id", "answered_at"],
        sqlite_where=sa.text("client_id <> ''"),
        postgresql_where=sa.text("client_id <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_response_unit_id_answered_at", "response")
    op.drop_table("unflagged")
