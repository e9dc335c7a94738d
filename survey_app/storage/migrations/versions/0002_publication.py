"""Publications: snapshots of a unit's period, appended and never altered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published_at", UtcDateTime, nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.UniqueConstraint("unit_id", "period", "version"),
    )
    _append_only()


def downgrade() -> None:
    op.drop_table("publication")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION publication_append_only()")


def _append_only() -> None:
    refusal = "publication is append-only"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION publication_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER publication_append_only BEFORE DELETE OR UPDATE ON publication "
            "FOR EACH ROW EXECUTE FUNCTION publication_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER publication_no_{event.lower()} BEFORE {event} ON publication "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
