"""What never changes in a response and what may only be emptied; no table of the record is swept away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

#: What an answer says, where it counts and what is known of its making.
_FIXED = (
    "seq, id, unit_id, service_id, instrument, scores, channel, answered_at, received_at, time_source, "
    "month, duration_ms, import_id, device_id, page_at"
)
_FIXED_BEFORE = "id, unit_id, service_id, instrument, scores, profile, month, answered_at, received_at"
_REFUSAL = "response is append-only"
#: Guarded before against everything but TRUNCATE.
_SWEPT = ("publication", "recap_publication", "follow_up")


def upgrade() -> None:
    op.create_table(
        "kept_profile",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
        sa.Column("instrument", sa.String(60), primary_key=True),
        sa.Column("import_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("profile", sa.Text, nullable=False),
    )
    if _is_postgresql():
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    _refuse_what_was_emptied()
    op.drop_table("kept_profile")
    if _is_postgresql():
        for table in _SWEPT:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute("DROP TRIGGER response_only_emptied ON response")
        op.execute("DROP FUNCTION response_only_emptied()")
        _fix_postgresql(_FIXED_BEFORE)
    else:
        op.execute("DROP TRIGGER response_only_emptied")
        _fix_sqlite(_FIXED_BEFORE)


def _refuse_what_was_emptied() -> None:
    """The version before computes everything from the answers, which no longer say all of it."""
    for query in ("SELECT 1 FROM kept_profile", "SELECT 1 FROM response WHERE client_id = ''"):
        if op.get_bind().execute(sa.text(f"{query} LIMIT 1")).first() is not None:
            raise RuntimeError(
                "downgrade-emptied: profiles or devices were emptied, and the schema before 0018 does not "
                "know that; restore the backup made before the update instead"
            )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _guard_postgresql() -> None:
    _fix_postgresql(_FIXED)
    # The condition is in a function, whose text the server keeps as it is: it can be compared.
    op.execute(
        "CREATE FUNCTION response_only_emptied() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT ({_only_emptied('IS NOT DISTINCT FROM')}) "
        f"THEN RAISE EXCEPTION '{_REFUSAL}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER response_only_emptied BEFORE UPDATE ON response "
        "FOR EACH ROW EXECUTE FUNCTION response_only_emptied()"
    )
    # Databases of the first days were made without it.
    op.execute("DROP TRIGGER IF EXISTS response_no_truncate ON response")
    op.execute(
        "CREATE TRIGGER response_no_truncate BEFORE TRUNCATE ON response "
        "FOR EACH STATEMENT EXECUTE FUNCTION response_append_only()"
    )
    for table in _SWEPT:
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
        )


def _fix_postgresql(columns: str) -> None:
    op.execute("DROP TRIGGER response_append_only ON response")
    op.execute(
        f"CREATE TRIGGER response_append_only BEFORE DELETE OR UPDATE OF {columns} ON response "
        "FOR EACH ROW EXECUTE FUNCTION response_append_only()"
    )


def _guard_sqlite() -> None:
    _fix_sqlite(_FIXED)
    op.execute(
        f"CREATE TRIGGER response_only_emptied BEFORE UPDATE ON response WHEN NOT ({_only_emptied('IS')}) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )


def _fix_sqlite(columns: str) -> None:
    op.execute("DROP TRIGGER response_no_update")
    op.execute(
        f"CREATE TRIGGER response_no_update BEFORE UPDATE OF {columns} ON response "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )


def _only_emptied(same: str) -> str:
    """A comment may also be redacted; of a client it stays known that there was one. Never NULL itself."""
    profile = f"NEW.profile {same} '{{}}' AND OLD.profile IS NOT NULL"
    client = f"NEW.client_id {same} '' AND OLD.client_id IS NOT NULL"
    return " AND ".join(
        (
            f"(NEW.profile {same} OLD.profile OR ({profile}))",
            "(NEW.comment IS NULL OR OLD.comment IS NOT NULL)",
            f"(NEW.client_id {same} OLD.client_id OR ({client}))",
            f"(NEW.network {same} OLD.network OR NEW.network IS NULL)",
        )
    )
