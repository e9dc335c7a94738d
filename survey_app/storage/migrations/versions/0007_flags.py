"""Quality flags: which responses carry which, their sums per unit and month, and what these stand on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "response_flag",
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("flags", sa.Integer, nullable=False),
    )
    op.create_index("ix_response_flag_unit_id_month", "response_flag", ["unit_id", "month"])
    op.create_table(
        "flag_cell",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
        sa.Column("instrument", sa.String(60), primary_key=True),
        sa.Column("flags", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("moments", sa.LargeBinary, nullable=False),
        sa.Column("timed", sa.Integer, nullable=False),
        sa.Column("identified", sa.Integer, nullable=False),
    )
    op.create_table(
        "flag_month",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("rules", sa.String(20), nullable=False),
        sa.Column("mark", sa.BigInteger, nullable=False),
    )
    # What is rolled up already waits for its flags; until then readers compute them from the answers.
    op.execute(
        "INSERT INTO flag_month (unit_id, month, n, rules, mark) "
        "SELECT DISTINCT unit_id, month, 0, '', 1 FROM rollup"
    )


def downgrade() -> None:
    op.drop_table("flag_month")
    op.drop_table("flag_cell")
    op.drop_table("response_flag")
