"""Agencies, units, services, append-only responses, roll-up and volumes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: What a response says, and where it counts, can never be altered; a comment may be redacted later.
FIXED = "id, unit_id, service_id, instrument, scores, profile, month, answered_at, received_at"


def upgrade() -> None:
    _catalogue()
    _response()
    _rollup()
    _append_only()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER response_append_only ON response")
        op.execute("DROP TRIGGER response_no_truncate ON response")
        op.execute("DROP FUNCTION response_append_only()")
    for table in ("volume", "rollup_state", "rollup", "response", "service", "unit", "agency"):
        op.drop_table(table)


def _catalogue() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False, index=True),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("time_zone", sa.String(60), nullable=False),
        sa.Column("instrument", sa.String(60), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.UniqueConstraint("unit_id", "code"),
    )


def _response() -> None:
    xid = "pg_current_xact_id()::text::bigint" if op.get_bind().dialect.name == "postgresql" else "0"
    op.create_table(
        "response",
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), nullable=False),
        sa.Column("instrument", sa.String(60), nullable=False),
        sa.Column("scores", sa.String(40), nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("client_id", sa.String(64)),
        sa.Column("answered_at", UtcDateTime, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("time_source", sa.String(10), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("duration_ms", sa.Integer),
        sa.Column("xid", sa.BigInteger, nullable=False, server_default=sa.text(xid), index=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_response_unit_id_month", "response", ["unit_id", "month"])


def _rollup() -> None:
    op.create_table(
        "rollup",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
        sa.Column("instrument", sa.String(60), primary_key=True),
        sa.Column("moments", sa.LargeBinary, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
    )
    state = op.create_table(
        "rollup_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("watermark", sa.BigInteger, nullable=False),
        sa.Column("cluster", sa.String(40), nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "watermark": 0, "cluster": ""}])
    op.create_table(
        "volume",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("users", sa.Integer, nullable=False),
    )


def _append_only() -> None:
    refusal = "response is append-only"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION response_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER response_append_only BEFORE DELETE OR UPDATE OF {FIXED} ON response "
            "FOR EACH ROW EXECUTE FUNCTION response_append_only()"
        )
        op.execute(
            "CREATE TRIGGER response_no_truncate BEFORE TRUNCATE ON response "
            "FOR EACH STATEMENT EXECUTE FUNCTION response_append_only()"
        )
        return
    for event, name in ((f"UPDATE OF {FIXED}", "update"), ("DELETE", "delete")):
        op.execute(
            f"CREATE TRIGGER response_no_{name} BEFORE {event} ON response "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
