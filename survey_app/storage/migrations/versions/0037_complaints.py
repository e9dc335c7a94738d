"""What is done about a complaint: appended and never altered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY, UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_TABLE = "complaint_step"
_REFUSAL = f"{_TABLE} is append-only"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("reply_id", sa.String(280), nullable=False),
        sa.Column("reply_en", sa.String(280), nullable=False),
        sa.Column("action", sa.Uuid),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    if _is_postgresql():
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """What was done is gone: no result and no publication is made of it."""
    op.drop_table(_TABLE)
    if _is_postgresql():
        op.execute(f"DROP FUNCTION {_TABLE}_append_only()")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _guard_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION {_TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    for name, event, each in (
        ("append_only", "DELETE OR UPDATE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_{name} BEFORE {event} ON {_TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION {_TABLE}_append_only()"
        )


def _guard_sqlite() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_no_{event.lower()} BEFORE {event} ON {_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
