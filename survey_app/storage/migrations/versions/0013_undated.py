"""Where the answers without a date are, without reading the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_INDEX = "ix_response_undated"


def upgrade() -> None:
    undated = sa.text("time_source = 'period'")
    op.create_index(_INDEX, "response", ["unit_id", "month"], sqlite_where=undated, postgresql_where=undated)


def downgrade() -> None:
    op.drop_index(_INDEX, "response")
