"""IP ASN: imports and the scores they brought, kept side by side."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ipasn_import",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("ruleset", sa.String(40), nullable=False),
        sa.Column("measured_on", sa.Date, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("imported_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("year", "ruleset", "digest"),
    )
    op.create_table(
        "ipasn_score",
        sa.Column("import_id", sa.Integer, sa.ForeignKey("ipasn_import.id"), primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False, index=True),
        sa.Column("status", sa.String(4), nullable=False),
        sa.Column("penyetaraan", sa.Boolean, nullable=False),
        sa.Column("scores", sa.String(60), nullable=False),
        sa.Column("recorded", sa.String(4), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("ipasn_score")
    op.drop_table("ipasn_import")
