"""Keys that hold within a unit: of paper sheets and of the codes of queue slips."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from survey_app.storage.tables import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_SHEET = "unit_id, series, number, response_id, operator, entered_at"
_CODE = "hash, batch_id, used"


def upgrade() -> None:
    _remake("paper_sheet", _sheet(sa.UniqueConstraint("response_id", "unit_id")), _SHEET, "kept")
    unit = (
        "SELECT s.unit_id FROM queue_batch b JOIN service s ON s.id = b.service_id WHERE b.id = kept.batch_id"
    )
    _remake("queue_code", _code(_unit()), f"{_CODE}, unit_id", "kept", f"{_CODE}, ({unit})")
    _index_codes()


def downgrade() -> None:
    # What one key cannot hold twice any more: of two units' the first one's.
    first = "kept WHERE NOT EXISTS (SELECT 1 FROM kept k WHERE k.{0} = kept.{0} AND k.unit_id < kept.unit_id)"
    _remake("queue_code", _code(), _CODE, first.format("hash"))
    _index_codes()
    _remake("paper_sheet", _sheet(sa.UniqueConstraint("response_id")), _SHEET, first.format("response_id"))


def _remake(
    table: str, columns: Sequence[SchemaItem], names: str, source: str, values: str | None = None
) -> None:
    """SQLite cannot alter a key, so that on both engines a table of the same name takes its rows."""
    op.execute(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table}")  # noqa: S608  # constants
    op.drop_table(table)
    op.create_table(table, *columns)
    op.execute(f"INSERT INTO {table} ({names}) SELECT {values or names} FROM {source}")  # noqa: S608
    op.drop_table("kept")


def _sheet(unique: sa.UniqueConstraint) -> list[SchemaItem]:
    return [
        _unit(),
        sa.Column("series", sa.String(8), primary_key=True),
        sa.Column("number", sa.String(40), primary_key=True),
        sa.Column("response_id", sa.Uuid, nullable=False),
        sa.Column("operator", sa.String(40), nullable=False),
        sa.Column("entered_at", UtcDateTime, nullable=False),
        unique,
    ]


def _code(*place: SchemaItem) -> list[SchemaItem]:
    return [
        sa.Column("hash", sa.String(64), primary_key=True),
        *place,
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("queue_batch.id"), nullable=False),
        sa.Column("used", sa.Boolean, nullable=False),
    ]


def _unit() -> sa.Column[int]:
    return sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True)


def _index_codes() -> None:
    op.create_index("ix_queue_code_batch_id", "queue_code", ["batch_id"])
