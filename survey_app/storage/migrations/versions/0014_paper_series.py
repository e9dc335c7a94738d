"""Numbers of paper sheets are unique within a half-year: offices begin at 1 again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEPT = "unit_id, number, response_id, operator, entered_at"
#: Of the month of the answers: 202607 is in 2026-S2.
_SERIES = "CAST(r.month / 100 AS VARCHAR(4)) || CASE WHEN r.month % 100 > 6 THEN '-S2' ELSE '-S1' END"


def upgrade() -> None:
    _keep(
        f"SELECT {_SERIES} AS series, p.* "  # noqa: S608  # constants
        "FROM paper_sheet p JOIN response r ON r.id = p.response_id"
    )
    _create([sa.Column("series", sa.String(8), primary_key=True)], f"series, {_KEPT}")


def downgrade() -> None:
    # Of several sheets with one number the first one's; the answers themselves all stay.
    same = "q.unit_id = p.unit_id AND q.number = p.number AND q.series < p.series"
    first = f"NOT EXISTS (SELECT 1 FROM paper_sheet q WHERE {same})"  # noqa: S608  # constants
    _keep(f"SELECT * FROM paper_sheet p WHERE {first}")  # noqa: S608
    _create([], _KEPT)


def _keep(query: str) -> None:
    op.execute(f"CREATE TEMPORARY TABLE kept AS {query}")
    op.drop_table("paper_sheet")


def _create(added: list[sa.Column[str]], names: str) -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
        *added,
        sa.Column("number", sa.String(40), primary_key=True),
        sa.Column("response_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("operator", sa.String(40), nullable=False),
        sa.Column("entered_at", UtcDateTime, nullable=False),
    )
    op.execute(f"INSERT INTO paper_sheet ({names}) SELECT {names} FROM kept")  # noqa: S608  # constants
    op.drop_table("kept")
