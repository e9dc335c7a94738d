"""The roll-up: exact sums per unit, month, service and instrument version, and how they stay true.

`refresh` folds everything below a new watermark into the cells, in one transaction. A reader adds the live
tail, the responses from the watermark on, out of the same snapshot: a result is never stale, whatever the
time of the last refresh.

The watermark. On SQLite writers take turns, so row numbers commit in order and the watermark is a row
number. On PostgreSQL a smaller row number can commit after a larger one; the watermark is a transaction id
instead: below pg_snapshot_xmin every transaction has ended, so nothing can appear there later.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics.ikm import Moments, sheets_in
from survey_app import instruments
from survey_app.errors import StorageError
from survey_app.storage import flags
from survey_app.storage.responses import decode
from survey_app.storage.tables import response, rollup, rollup_state
from survey_app.text import Text

Key = tuple[int, int, int, str]
Profile = Mapping[str, Mapping[str, int]]

#: Rows folded per transaction on SQLite, where a refresh keeps the writer from its inserts.
SQLITE_BATCH = 20_000
_CHUNK = 50_000


class Cell(NamedTuple):
    """The sums of one unit, month (yyyymm), service and instrument version, in the form they are stored in.

    A tuple, as thousands of them at a time are the key of what is computed from them.

    Attributes:
        sums: `Moments.to_bytes`; equal sums are equal bytes, so these name what is computed from them.
        chosen: counts of the options chosen per profile field, as canonical JSON.
    """

    unit_id: int
    month: int
    service_id: int
    instrument: str
    sums: bytes
    chosen: str

    @classmethod
    def of(cls, key: Key, moments: Moments, profile: Profile) -> Cell:
        chosen = json.dumps(profile, sort_keys=True, separators=(",", ":"))
        return cls(*key, moments.to_bytes(), chosen)

    @property
    def key(self) -> Key:
        return self.unit_id, self.month, self.service_id, self.instrument

    @property
    def n(self) -> int:
        """Filled questionnaires."""
        return sheets_in(self.sums)

    @property
    def moments(self) -> Moments:
        return Moments.from_bytes(self.sums)

    @property
    def profile(self) -> Profile:
        """Options chosen per profile field; who chose none is `n` less their sum."""
        found: Profile = json.loads(self.chosen)
        return found

    def merge(self, other: Cell) -> Cell:
        profile = add_profiles([self.profile, other.profile])
        return Cell.of(self.key, self.moments.merge(other.moments), profile)


def add_profiles(profiles: Iterable[Profile]) -> Profile:
    """Counts added field by field and option by option."""
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        for field, counts in profile.items():
            total[field].update(counts)
    return {field: dict(counts) for field, counts in total.items()}


def read(
    connection: Connection, unit_ids: Sequence[int] | None = None, months: tuple[int, int] | None = None
) -> list[Cell]:
    """Cells with the live tail, of the given units (all by default) and inclusive range of months.

    The connection must be one snapshot (`Database.read`), so that no response is in both or in neither.
    """
    watermark = _watermark(connection)
    query = sa.select(rollup).where(*_wanted(rollup, unit_ids, months)).order_by(*rollup.primary_key)
    stored = list(starmap(Cell, connection.execute(query).all()))
    tail = [_position(connection) >= watermark, *_wanted(response, unit_ids, months)]
    return _with_tail(stored, list(_sum_rows(connection, tail)))


def _with_tail(stored: list[Cell], tail: Sequence[Cell]) -> list[Cell]:
    """Both in the order of their keys: thousands of stored cells, and few in the tail, mostly none."""
    if not tail:
        return stored
    places = {cell.key: place for place, cell in enumerate(stored)}
    for cell in tail:
        if cell.key in places:
            stored[places[cell.key]] = stored[places[cell.key]].merge(cell)
        else:
            stored.append(cell)
    return sorted(stored, key=attrgetter("key"))


def span(connection: Connection, unit_ids: Sequence[int] | None = None) -> tuple[int, int] | None:
    """First and last month (yyyymm) with answers, of the given units or of all; None without any."""
    tail = [_position(connection) >= _watermark(connection), *_wanted(response, unit_ids, None)]
    months: list[int] = []
    for column, conditions in (
        (rollup.c.month, _wanted(rollup, unit_ids, None)),
        (response.c.month, tail),
    ):
        query = sa.select(sa.func.min(column), sa.func.max(column)).where(*conditions)
        months += [month for month in connection.execute(query).one() if month is not None]
    return (min(months), max(months)) if months else None


def refresh(connection: Connection) -> bool:
    """Fold responses below a new watermark into the cells; True when more are waiting.

    On SQLite at most `SQLITE_BATCH` positions are folded at a time, so call again while it says True.
    """
    _lock_state(connection)
    old, horizon = _watermark(connection), _horizon(connection)
    new = min(horizon, old + SQLITE_BATCH) if connection.dialect.name == "sqlite" else horizon
    if new > old:
        position = _position(connection)
        touched = list(_sum_rows(connection, [position >= old, position < new]))
        for cell in touched:
            _store(connection, _merged_with_stored(connection, cell))
        flags.mark(connection, {(cell.unit_id, cell.month) for cell in touched}, new)
        _move_watermark(connection, new)
    return new < horizon


@dataclass(frozen=True)
class Rebuilt:
    """All cells computed from the responses, and the watermark up to which they hold."""

    cells: Sequence[Cell]
    watermark: int


def compute_all(connection: Connection) -> Rebuilt:
    """Compute every cell anew from the responses, in a snapshot (`Database.read`): writers go on."""
    horizon = _horizon(connection)
    return Rebuilt(list(_sum_rows(connection, [_position(connection) < horizon])), horizon)


def replace_all(connection: Connection, rebuilt: Rebuilt) -> None:
    """Put the computed cells in the place of the stored ones; what came since is in the live tail."""
    _lock_state(connection)
    connection.execute(sa.delete(rollup))
    for cell in rebuilt.cells:
        _store(connection, cell)
    flags.forget(connection)
    flags.mark(connection, {(cell.unit_id, cell.month) for cell in rebuilt.cells}, rebuilt.watermark)
    _move_watermark(connection, rebuilt.watermark)


def adopt_cluster(connection: Connection) -> None:
    """After a restore into another PostgreSQL cluster: forget transaction ids that mean nothing here."""
    if connection.dialect.name == "postgresql" and _stored_cluster(connection) not in (
        "",
        _cluster(connection),
    ):
        connection.execute(sa.update(response).values(xid=0))


def _lock_state(connection: Connection) -> None:
    """One refresh at a time; SQLite's writers take turns without it."""
    connection.execute(sa.select(rollup_state.c.watermark).with_for_update())


def _watermark(connection: Connection) -> int:
    row = connection.execute(sa.select(rollup_state.c.watermark, rollup_state.c.cluster)).one()
    if row.cluster not in ("", _cluster(connection)):
        text = Text(
            "Basis data ini dipulihkan dari server lain; jalankan: python -m survey_app rebuild",
            "This database was restored from another server; run: python -m survey_app rebuild",
        )
        raise StorageError("rollup-other-cluster", text)
    return int(row.watermark)


def _stored_cluster(connection: Connection) -> str:
    return str(connection.execute(sa.select(rollup_state.c.cluster)).scalar_one())


def _cluster(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return ""
    query = sa.text("SELECT system_identifier::text FROM pg_control_system()")
    return str(connection.execute(query).scalar_one())


def _position(connection: Connection) -> sa.ColumnElement[int]:
    """The column that orders responses by commit."""
    return response.c.seq if connection.dialect.name == "sqlite" else response.c.xid


def _horizon(connection: Connection) -> int:
    """The lowest position at which a response may still appear."""
    if connection.dialect.name == "sqlite":
        return (
            int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(response.c.seq), 0))).scalar_one())
            + 1
        )
    query = sa.text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return int(connection.execute(query).scalar_one())


def _move_watermark(connection: Connection, watermark: int) -> None:
    connection.execute(sa.update(rollup_state).values(watermark=watermark, cluster=_cluster(connection)))


def _wanted(
    table: sa.Table, unit_ids: Sequence[int] | None, months: tuple[int, int] | None
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if unit_ids is not None:
        conditions.append(table.c.unit_id.in_(unit_ids))
    if months is not None:
        conditions.append(table.c.month.between(*months))
    return conditions


def _sum_rows(connection: Connection, conditions: Sequence[sa.ColumnElement[bool]]) -> Iterable[Cell]:
    c = response.c
    query = sa.select(c.unit_id, c.month, c.service_id, c.instrument, c.scores, c.profile).where(*conditions)
    rows = connection.execute(query, execution_options={"yield_per": _CHUNK})
    cells: dict[Key, Cell] = {}
    for chunk in rows.partitions():
        for cell in _sum_chunk(chunk):
            cells[cell.key] = cells[cell.key].merge(cell) if cell.key in cells else cell
    return cells.values()


def _sum_chunk(rows: Iterable[Any]) -> Iterable[Cell]:
    scores: dict[Key, list[str]] = defaultdict(list)
    profiles: dict[Key, Counter[str]] = defaultdict(Counter)
    for unit_id, month, service_id, instrument, sheet, profile in rows:
        key = (unit_id, month, service_id, instrument)
        scores[key].append(sheet)
        profiles[key][profile] += 1
    for key, sheets in scores.items():
        levels = instruments.get(key[3]).levels
        yield Cell.of(key, Moments.from_answers(decode(sheets), levels), _count_profiles(profiles[key]))


def _count_profiles(profiles: Mapping[str, int]) -> Profile:
    chosen = (
        {field: {option: times} for field, option in json.loads(profile).items()}
        for profile, times in profiles.items()
    )
    return add_profiles(chosen)


def _merged_with_stored(connection: Connection, cell: Cell) -> Cell:
    key = zip(rollup.primary_key.columns, cell.key, strict=True)
    row = connection.execute(sa.select(rollup).where(*(column == value for column, value in key))).first()
    return cell if row is None else Cell(*row).merge(cell)


def _store(connection: Connection, cell: Cell) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    key = dict(zip((c.name for c in rollup.primary_key.columns), cell.key, strict=True))
    content = {"moments": cell.sums, "profile": cell.chosen}
    statement = dialect.insert(rollup).values(**key, **content)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=content))
