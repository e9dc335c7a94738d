"""Follow-up actions as revisions that are appended and never altered, and drafts of report texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("action", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("unsur", sa.String(40), nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("responsible", sa.String(120), nullable=False),
        sa.Column("due", sa.String(8), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("realisation", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("said_id", sa.String(140), nullable=False),
        sa.Column("said_en", sa.String(140), nullable=False),
        sa.Column("mended_id", sa.String(140), nullable=False),
        sa.Column("mended_en", sa.String(140), nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("action", "revision"),
    )
    op.create_index("ix_follow_up_unit_id", "follow_up", ["unit_id"])
    _append_only()
    op.create_table(
        "report_text",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("language", sa.String(2), primary_key=True),
        sa.Column("passage", sa.String(40), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("data", sa.String(64), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("report_text")
    op.drop_table("follow_up")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION follow_up_append_only()")


def _append_only() -> None:
    refusal = "follow_up is append-only"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION follow_up_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER follow_up_append_only BEFORE DELETE OR UPDATE ON follow_up "
            "FOR EACH ROW EXECUTE FUNCTION follow_up_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER follow_up_no_{event.lower()} BEFORE {event} ON follow_up "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
