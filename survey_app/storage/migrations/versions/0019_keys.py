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
    _refuse_what_two_units_have("queue_code", "hash")
    _refuse_what_two_units_have("paper_sheet", "response_id")
    _remake("queue_code", _code(), _CODE, "kept")
    _index_codes()
    _remake("paper_sheet", _sheet(sa.UniqueConstraint("response_id")), _SHEET, "kept")


def _refuse_what_two_units_have(table: str, column: str) -> None:
    query = f"SELECT 1 FROM {table} GROUP BY {column} HAVING count(*) > 1 LIMIT 1"  # noqa: S608  # constants
    if op.get_bind().execute(sa.text(query)).first() is not None:
        raise RuntimeError(
            f"downgrade-keys: two units have the same {column} in {table}, which the schema before 0019 "
            "cannot hold; restore the backup made before the update instead"
        )


def _remake(
    table: str, columns: Sequence[SchemaItem], names: str, source: str, values: str | None = None
) -> None:
    """SQLite cannot alter a key, so that on both engines a table of the same name takes its rows."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
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
