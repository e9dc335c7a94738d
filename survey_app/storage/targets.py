"""Targets: one value per scope, index and period; a new one replaces the old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage.tables import target


@dataclass(frozen=True)
class StoredTarget:
    """`agency` and `unit` are codes, both empty for the whole province; `kind` is ikm or ip-asn."""

    agency: str
    unit: str
    kind: str
    period: str
    value: Decimal
    set_by: str
    set_at: datetime


def put(connection: Connection, new: StoredTarget) -> None:
    """Store `new` in the place of an older target of the same scope, index and period."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = asdict(new) | {"value": str(new.value)}
    key = [column.name for column in target.primary_key.columns]
    changed = {name: value for name, value in values.items() if name not in key}
    statement = dialect.insert(target).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))


def remove(connection: Connection, agency: str, unit: str, kind: str, period: str) -> None:
    """Forget a target; nothing if there is none."""
    c = target.c
    of_scope = (c.agency == agency) & (c.unit == unit)
    connection.execute(sa.delete(target).where(of_scope, c.kind == kind, c.period == period))


def of_scope(
    connection: Connection, agency: str, unit: str, kind: str, periods: Sequence[str] | None = None
) -> list[StoredTarget]:
    """Targets of a scope for an index, in the given periods or in all, by period."""
    c = target.c
    query = sa.select(target).where(c.agency == agency, c.unit == unit, c.kind == kind)
    if periods is not None:
        query = query.where(c.period.in_(periods))
    rows = connection.execute(query.order_by(c.period))
    return [replace(StoredTarget(*row), value=Decimal(row.value)) for row in rows]


def of_index(connection: Connection, kind: str, periods: Sequence[str]) -> list[StoredTarget]:
    """Targets of every scope for an index in the given periods."""
    query = sa.select(target).where(target.c.kind == kind, target.c.period.in_(periods))
    return [replace(StoredTarget(*row), value=Decimal(row.value)) for row in connection.execute(query)]
