"""Who did what: entries that are added and never changed; who it was may be emptied when its time is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_TABLE = "audit"
_FIXED = "id, at, role, action, refused, agency, unit, what, before"
_REFUSAL = f"{_TABLE} is append-only"


def upgrade() -> None:
    """Empty: what was done before is not known."""
    op.create_table(
        _TABLE,
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False, index=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("refused", sa.Boolean, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("who", sa.String(120)),
        sa.Column("network", sa.String(50)),
    )
    if _is_postgresql():
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """Who did what is gone; back it up before."""
    op.drop_table(_TABLE)
    if _is_postgresql():
        for name in ("append_only", "only_emptied"):
            op.execute(f"DROP FUNCTION {_TABLE}_{name}()")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _guard_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION {_TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        f"CREATE FUNCTION {_TABLE}_only_emptied() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT ({_only_emptied('IS NOT DISTINCT FROM')}) THEN "
        f"RAISE EXCEPTION '{_REFUSAL}'; END IF; RETURN NEW; END $$"
    )
    for name, event, each, function in (
        ("append_only", f"DELETE OR UPDATE OF {_FIXED}", "ROW", "append_only"),
        ("no_truncate", "TRUNCATE", "STATEMENT", "append_only"),
        ("only_emptied", "UPDATE", "ROW", "only_emptied"),
    ):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_{name} BEFORE {event} ON {_TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION {_TABLE}_{function}()"
        )


def _guard_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for name, event in (
        ("no_update", f"UPDATE OF {_FIXED} ON {_TABLE}"),
        ("no_delete", f"DELETE ON {_TABLE}"),
        ("only_emptied", f"UPDATE ON {_TABLE} WHEN NOT ({_only_emptied('IS')})"),
    ):
        op.execute(f"CREATE TRIGGER {_TABLE}_{name} BEFORE {event} {refuse}")


def _only_emptied(same: str) -> str:
    """That an update only empties who it was and from where; `same` is equality that knows NULL."""
    return " AND ".join(f"(NEW.{c} {same} OLD.{c} OR NEW.{c} IS NULL)" for c in ("who", "network"))
