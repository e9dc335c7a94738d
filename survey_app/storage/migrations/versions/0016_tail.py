"""What counts, as rows: answers that wait for the roll-up stand in `tail`, flags are of a revision."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if _is_postgresql():
        # An answer that another server has on its way is then below the watermark, or seen by what follows.
        op.execute("LOCK TABLE rollup_state, response IN ACCESS EXCLUSIVE MODE")
    _create_tail()
    _revise_flags()


def downgrade() -> None:
    if _is_postgresql():
        op.execute("LOCK TABLE response, tail IN ACCESS EXCLUSIVE MODE")
    _flags_by_number()
    _create_watermark()
    if not _is_postgresql():
        op.execute("DROP TRIGGER response_counts")
    op.drop_table("tail")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


# What counts and is not in the roll-up


def _create_tail() -> None:
    op.create_table(
        "tail",
        sa.Column("unit_id", sa.Integer, primary_key=True),
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    if _is_postgresql():
        _move_tail_of_transactions()
    else:
        op.execute(
            "INSERT INTO tail (unit_id, seq) SELECT r.unit_id, r.seq FROM response r, rollup_state s "
            "WHERE r.seq >= s.watermark ORDER BY 1, 2"
        )
        op.execute(
            "CREATE TRIGGER response_counts AFTER INSERT ON response "
            "BEGIN INSERT INTO tail (unit_id, seq) VALUES (NEW.unit_id, NEW.seq); END"
        )
    op.drop_table("rollup_state")


def _move_tail_of_transactions() -> None:
    """Restored from another cluster, the watermark says nothing: then everything is added up anew."""
    cluster = "SELECT system_identifier::text FROM pg_control_system()"
    elsewhere = f"(SELECT cluster NOT IN ('', ({cluster})) FROM rollup_state)"  # noqa: S608  # constants
    op.execute(f"DELETE FROM rollup WHERE {elsewhere}")  # noqa: S608
    op.execute(
        "INSERT INTO tail (unit_id, seq) SELECT r.unit_id, r.seq FROM response r, rollup_state s "  # noqa: S608
        f"WHERE r.xid >= s.watermark OR {elsewhere}"
    )


def _create_watermark() -> None:
    """Nothing is below it: the version before adds everything up anew, and reads right until it has."""
    state = op.create_table(
        "rollup_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("watermark", sa.BigInteger, nullable=False),
        sa.Column("cluster", sa.String(40), nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "watermark": 0, "cluster": ""}])
    op.execute("DELETE FROM rollup")


# The flags


def _revise_flags() -> None:
    """All are found anew in the background; until then readers compute them from the answers."""
    _rekey_flags("seq", "unit_id")
    op.drop_table("flag_month")
    _create_months(
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("flagged", sa.Integer, nullable=False),
        sa.Column("rules", sa.String(20), nullable=False),
    )
    op.execute(
        "INSERT INTO flag_month (unit_id, month, revision, flagged, rules) "
        "SELECT DISTINCT unit_id, month, 1, 0, '' FROM rollup"
    )


def _rekey_flags(*key: str) -> None:
    if _is_postgresql():
        op.execute("ALTER TABLE response_flag DROP CONSTRAINT pk_response_flag")
        op.execute(
            f"ALTER TABLE response_flag ADD CONSTRAINT pk_response_flag PRIMARY KEY ({', '.join(key)})"
        )
        return
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT seq, unit_id, month, flags FROM response_flag")
    op.drop_table("response_flag")
    op.create_table(
        "response_flag",
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column(
            "unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key="unit_id" in key, nullable=False
        ),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("flags", sa.Integer, nullable=False),
    )
    op.create_index("ix_response_flag_unit_id_month", "response_flag", ["unit_id", "month"])
    op.execute(
        "INSERT INTO response_flag (seq, unit_id, month, flags) SELECT seq, unit_id, month, flags FROM kept"
    )
    op.drop_table("kept")


def _flags_by_number() -> None:
    _rekey_flags("seq")
    op.drop_table("flag_month")
    _create_months(
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("rules", sa.String(20), nullable=False),
        sa.Column("mark", sa.BigInteger, nullable=False),
    )
    op.execute(
        "INSERT INTO flag_month (unit_id, month, n, rules, mark) "
        "SELECT DISTINCT unit_id, month, 0, '', 1 FROM rollup"
    )


def _create_months(*columns: sa.Column[Any]) -> None:
    op.create_table(
        "flag_month",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        *columns,
    )
