"""What completed months tell: how much the people of a unit differ, by unit, service and questionnaire, and
where the indices of the units of a questionnaire lie.

A row holds from its month on, up to the next row of the same key; so few rows say it for years, and a month
that nobody has calibrated yet has what the one before had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import starmap
from typing import NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage import folding, rollup
from survey_app.storage.rollup import Cell
from survey_app.storage.tables import calibration, peers, unit_past

#: Unit, service (0 for the whole unit) and the name of the series of questionnaires.
Key = tuple[int, int, str]
#: From a month (yyyymm) on: weight in degrees of freedom, dispersion in hundredths.
Steps = Sequence[tuple[int, int, int]]
#: From a month (yyyymm) on: units, dispersion in hundredths, shares.
PeersSteps = Sequence[tuple[int, int, int, str]]
#: The whole unit among its services.
WHOLE = 0
#: Values a statement takes are limited, and a row has seven.
_ROWS = 100
_Value = TypeVar("_Value")


class StoredPast(NamedTuple):
    """One row; a tuple, as it is part of what a result is kept under."""

    unit_id: int
    service_id: int
    series: str
    month: int
    weight: int
    dispersion: int
    calibration: int


class StoredPeers(NamedTuple):
    """One row."""

    series: str
    month: int
    units: int
    dispersion: int
    shares: str
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


def read_peers(connection: Connection, month: int) -> list[StoredPeers]:
    """The row of each series that holds for periods that begin in `month` (yyyymm)."""
    began = (
        sa.select(peers.c.series, sa.func.max(peers.c.month).label("month"))
        .where(peers.c.month <= month)
        .group_by(peers.c.series)
        .subquery()
    )
    same = sa.and_(peers.c.series == began.c.series, peers.c.month == began.c.month)
    return list(starmap(StoredPeers, connection.execute(sa.select(peers).join(began, same))))


def newest(connection: Connection) -> tuple[int, datetime] | None:
    """Number and moment of the last calibration; None before the first."""
    query = sa.select(calibration.c.number, calibration.c.made_at).order_by(calibration.c.number.desc())
    found = connection.execute(query.limit(1)).first()
    return None if found is None else (int(found[0]), found[1])


def revise(
    connection: Connection,
    unit_id: int,
    through: int,
    find: Callable[[Sequence[Cell]], Mapping[Key, Steps]],
    made_at: datetime,
    number: int | None = None,
) -> int | None:
    """Store what `find` makes of the unit's cells where it differs from what is stored.

    Read and stored under the lock of the roll-up, so that what was found of older cells never replaces what
    was found of newer ones.

    Args:
        through: the month (yyyymm) that is not over: cells of those before it are read, and what is stored of
            later ones stays.
        find: steps by key, in the order of their months; all that the unit has.
        number: of the calibration that this is part of; None begins one with the first change.

    Returns:
        the number of the calibration; None where there is none yet.
    """
    folding.lock(connection)
    # Of whole numbers: 202600 is after the last month of 2025, and before the first of 2026.
    found = find(rollup.read(connection, [unit_id], (0, through - 1)))
    stored = _stored(connection, unit_id)
    changed = [
        StoredPast(*key, month, *value, calibration=0)
        for key in sorted({*found, *stored})
        for month, value in _changes(
            stored.get(key, {}), {m: (w, d) for m, w, d in found.get(key, ())}, through, (0, 0)
        )
    ]
    return _store(connection, unit_past, changed, made_at, number)


def revise_peers(
    connection: Connection,
    found: Mapping[str, PeersSteps],
    through: int,
    made_at: datetime,
    number: int | None = None,
) -> int | None:
    """Store what was found of each series where it differs from what is stored; otherwise as `revise`."""
    folding.lock(connection)
    stored: defaultdict[str, dict[int, tuple[int, int, str]]] = defaultdict(dict)
    for row in starmap(StoredPeers, connection.execute(sa.select(peers))):
        stored[row.series][row.month] = row.units, row.dispersion, row.shares
    changed = [
        StoredPeers(series, month, *value, calibration=0)
        for series in sorted({*found, *stored})
        for month, value in _changes(
            stored[series], {m: (u, d, s) for m, u, d, s in found.get(series, ())}, through, (0, 0, "")
        )
    ]
    return _store(connection, peers, changed, made_at, number)


def _store(
    connection: Connection,
    table: sa.Table,
    rows: Sequence[StoredPast] | Sequence[StoredPeers],
    made_at: datetime,
    number: int | None,
) -> int | None:
    """Put rows under the number, or under a new one, whatever calibration they name."""
    if not rows:
        return number
    if number is None:
        last = newest(connection)
        number = 1 if last is None else last[0] + 1
        connection.execute(sa.insert(calibration).values(number=number, made_at=made_at))
    for start in range(0, len(rows), _ROWS):
        values = [row._asdict() | {"calibration": number} for row in rows[start : start + _ROWS]]
        _put(connection, table, values)
    return number


def _stored(connection: Connection, unit_id: int) -> dict[Key, dict[int, tuple[int, int]]]:
    rows: defaultdict[Key, dict[int, tuple[int, int]]] = defaultdict(dict)
    query = sa.select(unit_past).where(unit_past.c.unit_id == unit_id)
    for row in starmap(StoredPast, connection.execute(query)):
        rows[row.unit_id, row.service_id, row.series][row.month] = row.weight, row.dispersion
    return rows


def _changes(
    stored: Mapping[int, _Value], new: Mapping[int, _Value], through: int, nothing: _Value
) -> list[tuple[int, _Value]]:
    """Rows that make what is stored say the same as `new` in every month up to `through`."""
    changes, holds = list[tuple[int, _Value]](), nothing
    for month in sorted({*new, *(m for m in stored if m <= through)}):
        holds = new.get(month, holds)
        if stored.get(month) != holds:
            changes.append((month, holds))
    return changes


def _put(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(rows)
    key = [column.name for column in table.primary_key]
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))
