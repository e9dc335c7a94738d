"""What completed months tell about how much people differ, by unit, service and questionnaire.

A row holds from its month on, up to the next row of the same key; so few rows say it for years, and a month
that nobody has calibrated yet has what the one before had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import starmap
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage import folding
from survey_app.storage.parts import in_parts
from survey_app.storage.tables import calibration, unit_past

#: Unit, service (0 for the whole unit) and the name of the series of questionnaires.
Key = tuple[int, int, str]
#: From a month (yyyymm) on: weight in degrees of freedom, dispersion in hundredths.
Steps = Sequence[tuple[int, int, int]]
#: The whole unit among its services.
WHOLE = 0
#: Values a statement takes are limited, and a row has seven.
_ROWS = 100


class StoredPast(NamedTuple):
    """One row; a tuple, as it is part of what a result is kept under."""

    unit_id: int
    service_id: int
    series: str
    month: int
    weight: int
    dispersion: int
    calibration: int


def read(
    connection: Connection,
    unit_ids: Sequence[int] | None,
    months: tuple[int, int],
    service_id: int = WHOLE,
) -> list[StoredPast]:
    """Rows of the units (None: of all) that hold in an inclusive range of months (yyyymm), in their order.

    Those that begin in it, and of each key the last that began before.
    """
    first, last = months
    wanted = [unit_past.c.service_id == service_id, unit_past.c.month <= last]
    if unit_ids is not None:
        wanted.append(unit_past.c.unit_id.in_(unit_ids))
    key = ("unit_id", "series")
    began = (
        sa.select(*(unit_past.c[name] for name in key), sa.func.max(unit_past.c.month).label("month"))
        .where(*wanted, unit_past.c.month <= first)
        .group_by(*(unit_past.c[name] for name in key))
        .subquery()
    )
    same = sa.and_(*(began.c[name] == unit_past.c[name] for name in key))
    query = sa.select(unit_past).outerjoin(began, same).order_by(*unit_past.primary_key)
    holding = unit_past.c.month >= sa.func.coalesce(began.c.month, 0)
    return list(starmap(StoredPast, connection.execute(query.where(*wanted, holding))))


def newest(connection: Connection) -> tuple[int, datetime] | None:
    """Number and moment of the last calibration; None before the first."""
    query = sa.select(calibration.c.number, calibration.c.made_at).order_by(calibration.c.number.desc())
    found = connection.execute(query.limit(1)).first()
    return None if found is None else (int(found[0]), found[1])


def store(
    connection: Connection,
    unit_ids: Sequence[int],
    found: Mapping[Key, Steps],
    until: int,
    made_at: datetime,
) -> int | None:
    """Store what differs from what is stored, under one new number; None where nothing does.

    Args:
        unit_ids: those that were looked at.
        found: all of them by key: its steps, in the order of their months.
        until: the last month (yyyymm) that was looked at: what is stored of later ones stays.
    """
    folding.lock(connection)
    stored = _stored(connection, unit_ids)
    changed = [
        (*key, month, *value)
        for key in sorted({*found, *stored})
        for month, value in _changes(stored.get(key, {}), found.get(key, ()), until)
    ]
    if not changed:
        return None
    last = newest(connection)
    number = 1 if last is None else last[0] + 1
    connection.execute(sa.insert(calibration).values(number=number, made_at=made_at))
    for start in range(0, len(changed), _ROWS):
        _put(connection, [StoredPast(*row, number) for row in changed[start : start + _ROWS]])
    return number


def _stored(connection: Connection, unit_ids: Sequence[int]) -> dict[Key, dict[int, tuple[int, int]]]:
    rows: defaultdict[Key, dict[int, tuple[int, int]]] = defaultdict(dict)
    for part in in_parts(unit_ids):
        query = sa.select(unit_past).where(unit_past.c.unit_id.in_(part))
        for row in starmap(StoredPast, connection.execute(query)):
            rows[row.unit_id, row.service_id, row.series][row.month] = row.weight, row.dispersion
    return rows


def _changes(
    stored: Mapping[int, tuple[int, int]], steps: Steps, until: int
) -> list[tuple[int, tuple[int, int]]]:
    """Rows that make what is stored say the same as `steps` in every month up to `until`."""
    new = {month: (weight, dispersion) for month, weight, dispersion in steps}
    changes, holds = list[tuple[int, tuple[int, int]]](), (0, 0)
    for month in sorted({*new, *(m for m in stored if m <= until)}):
        holds = new.get(month, holds)
        if stored.get(month) != holds:
            changes.append((month, holds))
    return changes


def _put(connection: Connection, rows: Sequence[StoredPast]) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(unit_past).values([row._asdict() for row in rows])
    changed = {name: statement.excluded[name] for name in ("weight", "dispersion", "calibration")}
    key = [column.name for column in unit_past.primary_key]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))
