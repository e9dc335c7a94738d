"""What every table stands on: names of constraints, moments in UTC, keys that number themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused, because its meaning is a guess."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive-datetime: got {value!r}, expected a moment with a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Placed(StrEnum):
    """Where the rows of a table would stand on several machines; each table has one as `info["placed"]`.

    Every key and unique rule of a table placed by unit holds `unit_id`, as no machine sees the rows of
    another one; foreign keys point to copied tables, which each machine has.
    """

    #: On the machine of their unit, with its answers.
    BY_UNIT = "by unit"
    #: On every machine: few rows, or seldom changed.
    COPIED = "copied"


@dataclass(frozen=True)
class AppendOnly:
    """Of a table whose rows are never deleted, as `info["append_only"]`: what may happen to its columns.

    Attributes:
        emptied: columns that may be emptied, and what then stands there where something did; None is NULL.
        redacted: those of them that may also be written anew where something stands.
    Every other column is fixed. `storage.guards` looks at what keeps it so.
    """

    emptied: Mapping[str, str | None] = field(default_factory=dict)
    redacted: Collection[str] = ()


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

#: SQLite numbers rows by itself only in an INTEGER primary key.
BIG_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
