"""Names that later tables will have, and their keys: whoever needs one adds it under exactly these.

docs/decisions/record.md says what each is for; a test holds the two together, and the tables to both.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

#: The columns of the primary key, by the name of the table.
RESERVED: Mapping[str, tuple[str, ...]] = {
    "recorded_result": ("unit_id", "period", "source"),
    "account": ("id",),
    "account_session": ("id",),
    "audit": ("id",),
    "outbox": ("id",),
    "indicator": ("code",),
    "indicator_value": ("indicator", "agency", "period"),
    "leaf": ("unit_id", "seq"),
    "checkpoint": ("size",),
    "calibration": ("number",),
}
#: Columns that tables of today will have, as table.column.
RESERVED_COLUMNS = ("unit.region",)


def taken_otherwise(metadata: sa.MetaData) -> list[str]:
    """The reserved names under which stands something else than what they are for."""
    return [
        name
        for name, key in RESERVED.items()
        if name in metadata.tables and tuple(metadata.tables[name].primary_key.columns.keys()) != key
    ]
