"""Published recaps of agencies and the province, and schedules that say what they report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEY = ("agency", "unit", "kind", "language")
_UNIQUE = "uq_schedule_agency_unit_kind_language"
_COLUMNS = ("id", *_KEY, "since", "active")


def upgrade() -> None:
    op.create_table(
        "recap_publication",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency", sa.String(40), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published_at", UtcDateTime, nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.UniqueConstraint("agency", "period", "version"),
    )
    _append_only()
    if _is_postgresql():
        op.add_column("schedule", sa.Column("report", sa.String(8), nullable=False, server_default="skm"))
        op.alter_column("schedule", "report", server_default=None)
        op.drop_constraint(_UNIQUE, "schedule", type_="unique")
        op.create_unique_constraint(None, "schedule", [*_KEY, "report"])
    else:
        _rebuild(with_report=True)


def downgrade() -> None:
    op.drop_table("recap_publication")
    others = "SELECT id FROM schedule WHERE report <> 'skm'"
    op.execute(f"DELETE FROM report_run WHERE schedule_id IN ({others})")  # noqa: S608  # a constant
    op.execute("DELETE FROM schedule WHERE report <> 'skm'")
    if _is_postgresql():
        op.execute("DROP FUNCTION recap_publication_append_only()")
        op.drop_column("schedule", "report")
        op.create_unique_constraint(_UNIQUE, "schedule", list(_KEY))
    else:
        _rebuild(with_report=False)


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _rebuild(*, with_report: bool) -> None:
    """SQLite cannot drop a constraint: the table is made anew under its name, its rows kept.

    Runs point to schedules. They are without them for a moment, so their check waits for the commit.
    """
    names = ", ".join(_COLUMNS)
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TEMPORARY TABLE kept AS SELECT {names} FROM schedule")  # noqa: S608  # constants
    op.drop_table("schedule")
    added = [sa.Column("report", sa.String(8), nullable=False)] if with_report else []
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agency", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("since", sa.String(8), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        *added,
        sa.UniqueConstraint(*_KEY, *(column.name for column in added)),
    )
    into, values = (f"{names}, report", f"{names}, 'skm'") if with_report else (names, names)
    op.execute(f"INSERT INTO schedule ({into}) SELECT {values} FROM kept")  # noqa: S608  # constants
    op.drop_table("kept")


def _append_only() -> None:
    refusal = "recap_publication is append-only"
    if _is_postgresql():
        op.execute(
            "CREATE FUNCTION recap_publication_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER recap_publication_append_only BEFORE DELETE OR UPDATE ON recap_publication "
            "FOR EACH ROW EXECUTE FUNCTION recap_publication_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER recap_publication_no_{event.lower()} BEFORE {event} ON recap_publication "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
