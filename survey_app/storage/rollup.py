"""The roll-up: exact sums per unit, month, service and instrument version, and how they stay true.

An answer that counts stands in `tail` from the moment it is stored until it is in a cell. `refresh` adds
such answers to their cells and takes them out of the tail, in one transaction. A reader adds the tail to the
cells it reads, out of the same snapshot: a result is never stale, whatever the time of the last refresh. No
clock, row number or transaction id is involved, so that it holds on every kind of database, and in a copy.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from analytics.ikm import Moments, sheets_in
from survey_app import instruments
from survey_app.errors import StorageError
from survey_app.storage.responses import NewResponse, decode, values_of
from survey_app.storage.tables import response, rollup, tail
from survey_app.text import Text

Key = tuple[int, int, int, str]
Profile = Mapping[str, Mapping[str, int]]

#: What is read of a response to add it up.
summed = (
    response.c.unit_id,
    response.c.month,
    response.c.service_id,
    response.c.instrument,
    response.c.scores,
    response.c.profile,
)
#: The responses of the tail. Adding 0 tells the planner to begin with the tail, which is short: its own key
#: does not help to find a row of it from a response.
IN_TAIL = tail.join(response, (response.c.seq == tail.c.seq + 0) & (response.c.unit_id == tail.c.unit_id + 0))
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
        return cls(*key, moments.to_bytes(), written(profile))

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
        return self._replace(sums=Moments.add_bytes(self.sums, other.sums), chosen=written(profile))

    def subtract(self, other: Cell) -> Cell:
        """The sums without those of `other`, which must be part of them.

        Raises: AnalyticsError `moments-negative`.
        """
        return Cell.of(self.key, self.moments - other.moments, _without(self.profile, other.profile))


def written(profile: Profile) -> str:
    """Canonical JSON: equal counts are equal text."""
    return json.dumps(profile, sort_keys=True, separators=(",", ":"))


def _without(profile: Profile, part: Profile) -> Profile:
    left = {
        field: {option: n - part.get(field, {}).get(option, 0) for option, n in counts.items()}
        for field, counts in profile.items()
    }
    chosen = {field: {option: n for option, n in counts.items() if n} for field, counts in left.items()}
    return {field: counts for field, counts in chosen.items() if counts}


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
    """Cells with the tail, of the given units (all by default) and inclusive range of months.

    The connection must be one snapshot (`Database.read`) or hold the lock of the roll-up, so that no response
    is in both or in neither.
    """
    query = sa.select(rollup).where(*_wanted(rollup, unit_ids, months)).order_by(*rollup.primary_key)
    stored = list(starmap(Cell, connection.execute(query).all()))
    return _with_tail(stored, sum_rows(connection, _of_tail(connection, summed, unit_ids, months)))


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
    first, last = sa.func.min(rollup.c.month), sa.func.max(rollup.c.month)
    in_cells = sa.select(first, last).where(*_wanted(rollup, unit_ids, None))
    ends = sa.func.min(response.c.month), sa.func.max(response.c.month)
    found = [
        *connection.execute(in_cells).one(),
        *connection.execute(_of_tail(connection, ends, unit_ids, None)).one(),
    ]
    months = [month for month in found if month is not None]
    return (min(months), max(months)) if months else None


def _of_tail(
    connection: Connection,
    columns: Sequence[sa.ColumnElement[Any]],
    unit_ids: Sequence[int] | None,
    months: tuple[int, int] | None,
) -> sa.Select[Any]:
    """Columns of the responses of the tail, found one by one by their keys however many answers there are."""
    query, in_tail = sa.select(*columns), _wanted(tail, unit_ids, None)
    if connection.dialect.name == "sqlite":
        # Adding 0 keeps it from beginning with all answers of the unit's months to find those of the tail.
        in_months = [] if months is None else [(response.c.month + 0).between(*months)]
        return query.select_from(IN_TAIL).where(*in_tail, *in_months)
    # What PostgreSQL knows of a tail can be minutes old, from when it was long. Of an array it knows nothing.
    seqs = sa.func.array(sa.select(tail.c.seq).where(*in_tail).scalar_subquery())
    return query.where(response.c.seq == sa.func.any(seqs), *_wanted(response, unit_ids, months))


def _wanted(
    table: sa.Table, unit_ids: Sequence[int] | None, months: tuple[int, int] | None
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if unit_ids is not None:
        conditions.append(table.c.unit_id.in_(unit_ids))
    if months is not None:
        conditions.append(table.c.month.between(*months))
    return conditions


def sum_rows(connection: Connection, query: sa.Select[Any]) -> list[Cell]:
    """The sums of the responses of a query of `summed`."""
    cells: dict[Key, Cell] = {}
    # Closed also where an answer cannot be read.
    with connection.execute(query, execution_options={"yield_per": _CHUNK}) as rows:
        for chunk in rows.partitions():
            for cell in sum_chunk(chunk):
                cells[cell.key] = cells[cell.key].merge(cell) if cell.key in cells else cell
    return list(cells.values())


def sums_of(new: Iterable[NewResponse]) -> list[Cell]:
    """What responses that are not stored yet add up to."""
    values = (values_of(r) for r in new)
    return list(sum_chunk([tuple(row[column.name] for column in summed) for row in values]))


def sum_chunk(rows: Iterable[Any]) -> Iterable[Cell]:
    """The sums of some rows of `summed`.

    Raises: StorageError `answers-damaged`, naming one of the answers that are none to their questionnaire.
    """
    scores: dict[Key, list[str]] = defaultdict(list)
    profiles: dict[Key, Counter[str]] = defaultdict(Counter)
    for unit_id, month, service_id, instrument, sheet, profile in rows:
        key = (unit_id, month, service_id, instrument)
        scores[key].append(sheet)
        profiles[key][profile] += 1
    for key, sheets in scores.items():
        yield Cell.of(key, _moments(key, sheets), _profile(key, profiles[key]))


def _moments(key: Key, sheets: Sequence[str]) -> Moments:
    asked = instruments.get(key[3])
    if {len(sheet) for sheet in sheets} == {len(asked.elements)}:
        with suppress(ValueError):
            return Moments.from_answers(decode(sheets), asked.levels)
    possible = {str(score) for score in range(asked.levels + 1)}
    raise _damaged(key, (s for s in sheets if len(s) != len(asked.elements) or not possible.issuperset(s)))


def _profile(key: Key, profiles: Mapping[str, int]) -> Profile:
    try:
        return count_profiles(profiles)
    except (ValueError, AttributeError, TypeError) as error:
        raise _damaged(key, (text for text in profiles if not _is_profile(text))) from error


def _is_profile(text: str) -> bool:
    with suppress(ValueError):
        found = json.loads(text)
        return isinstance(found, dict) and all(isinstance(option, str) for option in found.values())
    return False


def _damaged(key: Key, unreadable: Iterator[str]) -> StorageError:
    text = Text(
        "Unit nomor {unit}, bulan {month}: “{found}” bukan jawaban atas {ref}. Ada yang mengubah data "
        "itu di basis data. Cari tahu siapa yang mengubahnya, lalu pulihkan cadangan: "
        "docs/panduan/cadangan.md.",
        "Unit number {unit}, month {month}: “{found}” is not an answer to {ref}. Somebody changed it in "
        "the database. Find out who, then restore a backup: docs/panduan/cadangan.md.",
    )
    unit_id, month, _, ref = key
    return StorageError(
        "answers-damaged", text.format(found=next(unreadable, "?"), ref=ref, month=month, unit=unit_id)
    )


def count_profiles(profiles: Mapping[str, int]) -> Profile:
    """Options chosen per profile field, from how often each stored profile is there."""
    chosen = (
        {field: {option: times} for field, option in json.loads(profile).items()}
        for profile, times in profiles.items()
    )
    return add_profiles(chosen)
