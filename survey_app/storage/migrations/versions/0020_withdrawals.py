"""Which attempt at a file an import is, and who took it back when and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer_import", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
    op.add_column("answer_import", sa.Column("withdrawn_at", UtcDateTime))
    op.add_column("answer_import", sa.Column("withdrawn_by", sa.String(20)))
    op.add_column("answer_import", sa.Column("reason", sa.Text))


def downgrade() -> None:
    _refuse_what_counts_for_nobody()
    for column in ("reason", "withdrawn_by", "withdrawn_at", "turn"):
        op.drop_column("answer_import", column)


def _refuse_what_counts_for_nobody() -> None:
    """Without its turn such a file would not be known again: what came later would count twice, or not."""
    query = sa.text("SELECT count(*) FROM answer_import WHERE state <> 'counted'")
    if op.get_bind().execute(query).scalar_one():
        raise RuntimeError(
            "downgrade-uncounted: there are imports that are staged or withdrawn, which the schema before "
            "0020 cannot keep apart from those that come again; restore the backup made before the update "
            "instead"
        )
