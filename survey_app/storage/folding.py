"""How the roll-up comes to hold what counts: answers folded in, files of answers added and taken away again.

Whoever changes a cell holds the lock of the folds, and raises the revision of its unit's month.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage import flags, imports, kept_profiles
from survey_app.storage.responses import COUNTS
from survey_app.storage.rollup import IN_TAIL, Cell, Key, sum_chunk, sum_rows, summed
from survey_app.storage.tables import ImportState, response, rollup, tail

#: Answers of the tail that are added in one transaction: on SQLite nobody else writes meanwhile.
FOLDED_TOGETHER = 5_000
#: A number of our own among PostgreSQL's advisory locks.
_LOCK = 0x464F4C44
_TOGETHER = sa.bindparam("together", type_=sa.Integer)


def refresh(connection: Connection, held: Collection[int] = ()) -> bool:
    """Add up to `FOLDED_TOGETHER` answers of the tail to their cells; True when more are waiting.

    Args:
        held: ids of units whose answers stay in the tail, as they cannot be added up now.
    """
    lock(connection)
    rows = _take(connection, FOLDED_TOGETHER, tuple(held))
    cells = add(connection, list(sum_chunk(row[:-1] for row in rows)))
    flags.leave_unflagged(connection, _worth_knowing(rows, cells))
    return len(rows) == FOLDED_TOGETHER


def questionnaires_of_tail(connection: Connection) -> list[tuple[int, str]]:
    """Which units have answers in the tail, with the refs of their questionnaires."""
    query = sa.select(response.c.unit_id, response.c.instrument).select_from(IN_TAIL).distinct()
    return [(unit_id, ref) for unit_id, ref in connection.execute(query)]


def lock(connection: Connection) -> None:
    """Let changes of cells come after one another; SQLite's writers take turns without it."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def add(connection: Connection, cells: Sequence[Cell]) -> list[Cell]:
    """Add sums to the cells of the same key. Returns: these cells, as they are then."""
    stored = _stored(connection, cells)
    after = [stored[c.key].merge(c) if c.key in stored else c for c in cells]
    _store(connection, after)
    flags.revise(connection, {(c.unit_id, c.month) for c in cells})
    return after


def take_away(connection: Connection, cells: Sequence[Cell]) -> None:
    """Take sums away from the cells that hold them; a cell of no sheet is none.

    Raises: AnalyticsError `moments-negative` if they are not part of their cells.
    """
    stored = _stored(connection, cells)
    left = [stored[c.key].subtract(c) for c in cells]
    _store(connection, [c for c in left if c.n])
    for cell in left:
        if not cell.n:
            connection.execute(sa.delete(rollup).where(*_is(cell.key)))
    flags.revise(connection, {(c.unit_id, c.month) for c in cells})


def count_import(connection: Connection, import_id: int, sums: Sequence[Cell]) -> None:
    """Let the rows of a staged import count, all at once; `sums` are theirs."""
    lock(connection)
    imports.switch(connection, import_id, ImportState.STAGED, ImportState.COUNTED)
    add(connection, sums)


def withdraw_import(connection: Connection, import_id: int, sums: Sequence[Cell]) -> None:
    """Let the rows of a counted import count no more, all at once; they stay stored. `sums` are theirs."""
    lock(connection)
    imports.switch(connection, import_id, ImportState.COUNTED, ImportState.WITHDRAWN)
    # Some may still be on their way into the cells: stored before files had numbers of their own.
    late = response.c.import_id == import_id
    query = sa.select(*summed).select_from(IN_TAIL).where(late)
    waiting = {cell.key: cell for cell in sum_rows(connection, query)}
    place = tail.c.unit_id, tail.c.seq
    gone = sa.select(*place).select_from(IN_TAIL).where(late)
    connection.execute(sa.delete(tail).where(sa.tuple_(*place).in_(gone)))
    # All cells at once: months are changed in one order everywhere, so that no two wait for each other.
    folded = [c.subtract(waiting[c.key]) if c.key in waiting else c for c in sums]
    take_away(connection, [c for c in folded if c.n])


def sums_of_import(connection: Connection, import_id: int) -> list[Cell]:
    """What the rows of an import add up to, whatever its state, with what is kept of emptied ones."""
    cells = sum_rows(connection, sa.select(*summed).where(response.c.import_id == import_id))
    return kept_profiles.added(connection, cells, kept_profiles.of_import(import_id))


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """A unit's cells computed from its responses, and the revisions of its months that they are of."""

    unit_id: int
    cells: Sequence[Cell]
    revisions: Mapping[int, int]


def compute(connection: Connection, unit_id: int) -> Rebuilt:
    """Compute a unit's cells anew from its responses and from what is kept of emptied ones, in a snapshot
    (`Database.read`): writers go on."""
    waiting = sa.exists().where(tail.c.unit_id == response.c.unit_id, tail.c.seq == response.c.seq)
    query = sa.select(*summed).where(response.c.unit_id == unit_id, COUNTS, ~waiting)
    cells = kept_profiles.added(connection, sum_rows(connection, query), kept_profiles.counting(unit_id))
    return Rebuilt(unit_id=unit_id, cells=cells, revisions=flags.revisions(connection, unit_id))


def replace(connection: Connection, rebuilt: Rebuilt) -> bool:
    """Put the computed cells in the place of the stored ones; False, and nothing is done, where those have
    changed meanwhile."""
    lock(connection)
    if flags.revisions(connection, rebuilt.unit_id) != rebuilt.revisions:
        return False
    _put(connection, rebuilt)
    return True


def rebuild(connection: Connection, unit_id: int) -> Rebuilt:
    """Compute a unit's cells anew and put them in the place of the stored ones, with folds held."""
    lock(connection)
    # Nothing else changes cells now; revisions are raised without the lock where hours of service change.
    rebuilt = compute(connection, unit_id)
    _put(connection, rebuilt)
    return rebuilt


def _put(connection: Connection, rebuilt: Rebuilt) -> None:
    connection.execute(sa.delete(rollup).where(rollup.c.unit_id == rebuilt.unit_id))
    _store(connection, rebuilt.cells)
    flags.revise_unit(connection, rebuilt.unit_id)
    flags.revise(connection, {(c.unit_id, c.month) for c in rebuilt.cells})


def _take(connection: Connection, together: int, held: tuple[int, ...]) -> list[Any]:
    """`summed` and the row number of the first answers of the tail, which are then in it no more."""
    if connection.dialect.name == "postgresql":
        return list(connection.execute(_taken(held), {"together": together}))
    look, drop = _looked_at(held)
    rows = connection.execute(look, {"together": together}).all()
    if rows:
        # Nobody else writes: what stands before the last one are exactly these.
        connection.execute(drop, {"unit": rows[-1].unit_id, "last": rows[-1].seq})
    return list(rows)


def _worth_knowing(rows: Sequence[Any], cells: Sequence[Cell]) -> dict[tuple[int, int], list[int]]:
    """Which answers were taken, by (unit id, month): where flags are found faster by that than anew."""
    taken, known = Counter((row.unit_id, row.month) for row in rows), Counter[tuple[int, int]]()
    for cell in cells:
        known[cell.unit_id, cell.month] += cell.n
    busy = {key for key, n in known.items() if flags.is_less(taken[key], n)}
    seqs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in rows if busy else ():
        if (row.unit_id, row.month) in busy:
            seqs[row.unit_id, row.month].append(row.seq)
    return seqs


# Built once: building a statement costs as much as running it. Almost always nobody is held back.
@lru_cache(maxsize=4)
def _taken(held: tuple[int, ...]) -> sa.Select[Any]:
    # Another answer may have come before these meanwhile: only what is deleted here is added. By their places
    # in the table, as the planner knows nothing of a tail that was empty a moment ago.
    place: sa.ColumnElement[Any] = sa.literal_column("tail.ctid")
    first = sa.select(place).select_from(tail).where(*_free(held))
    first = first.order_by(tail.c.unit_id, tail.c.seq).limit(_TOGETHER)
    gone = (
        sa.delete(tail)
        .where(place == sa.func.any(sa.func.array(first.scalar_subquery())))
        .returning(tail.c.unit_id, tail.c.seq)
        .cte("gone")
    )
    return sa.select(*summed, response.c.seq).join(
        gone, (gone.c.seq == response.c.seq) & (gone.c.unit_id == response.c.unit_id)
    )


@lru_cache(maxsize=4)
def _looked_at(held: tuple[int, ...]) -> tuple[sa.Select[Any], sa.Delete]:
    look = sa.select(*summed, tail.c.seq).select_from(IN_TAIL).where(*_free(held))
    up_to = sa.tuple_(tail.c.unit_id, tail.c.seq) <= sa.tuple_(sa.bindparam("unit"), sa.bindparam("last"))
    return (
        look.order_by(tail.c.unit_id, tail.c.seq).limit(_TOGETHER),
        sa.delete(tail).where(up_to, *_free(held)),
    )


def _free(held: tuple[int, ...]) -> list[sa.ColumnElement[bool]]:
    return [tail.c.unit_id.not_in(held)] if held else []


_STORE = {
    name: statement.on_conflict_do_update(
        index_elements=list(rollup.primary_key.columns),
        set_={"moments": statement.excluded.moments, "profile": statement.excluded.profile},
    )
    for name, statement in (("sqlite", sqlite.insert(rollup)), ("postgresql", postgresql.insert(rollup)))
}


def _stored(connection: Connection, cells: Sequence[Cell]) -> dict[Key, Cell]:
    """The stored cells of the same keys, by their keys."""
    keys = {cell.key for cell in cells}
    query = sa.select(rollup).where(
        rollup.c.unit_id.in_({cell.unit_id for cell in cells}),
        rollup.c.month.in_({cell.month for cell in cells}),
    )
    found = (Cell(*row) for row in connection.execute(query))
    return {cell.key: cell for cell in found if cell.key in keys}


def _store(connection: Connection, cells: Sequence[Cell]) -> None:
    if not cells:
        return
    names = [column.name for column in rollup.columns]
    connection.execute(
        _STORE[connection.dialect.name], [dict(zip(names, cell, strict=True)) for cell in cells]
    )


def _is(key: Key) -> list[sa.ColumnElement[bool]]:
    return [column == value for column, value in zip(rollup.primary_key.columns, key, strict=True)]
