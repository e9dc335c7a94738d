"""What readers said of comments drawn for a check of how they are grouped: appended and never altered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY, UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_TABLE = "comment_judgement"
_REFUSAL = f"{_TABLE} is append-only"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("draw", sa.BigInteger, nullable=False),
        sa.Column("frame", sa.String(60), nullable=False),
        sa.Column("stratum", sa.String(60), nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("rate", sa.Float, nullable=False),
        sa.Column("unsur", sa.String(400), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("stands", sa.Boolean, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("judged_at", UtcDateTime, nullable=False),
    )
    if _is_postgresql():
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """What was judged is gone: no result and no publication is made of it."""
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
