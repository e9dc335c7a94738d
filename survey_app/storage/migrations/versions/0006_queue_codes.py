"""One-time codes on queue slips: batches, codes, and the services that ask for one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "service", sa.Column("codes_required", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "queue_batch",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), nullable=False, index=True),
        sa.Column("issued_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime),
    )
    op.create_table(
        "queue_code",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("queue_batch.id"), nullable=False, index=True),
        sa.Column("used", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("queue_code")
    op.drop_table("queue_batch")
    op.drop_column("service", "codes_required")
