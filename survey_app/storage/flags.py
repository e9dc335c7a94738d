"""Quality flags beside the responses, which themselves never change.

A flag can depend on neighbours (a burst, a repeat), so an answer that arrives late may flag an earlier one.
The flags of a unit's month are therefore one value, a function of all answers in its roll-up. They hold as
long as the month has the revision they are of, which every change of its roll-up raises, and none of its
answers is in the tail. Where folds alone have raised it, `unflagged` says which answers have come since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics.ikm import Moments, sheets_in
from survey_app.storage.parts import in_parts
from survey_app.storage.tables import flag_cell, flag_month, response_flag, tail, unflagged

#: The neighbours of an answer are another question to the database: as much as to look at so many sheets.
_SHEETS_PER_ANSWER = 30
#: Of fewer sheets a whole month is looked at as fast.
_FEW = 100


@dataclass(frozen=True)
class FlagCell:
    """Sums of the sheets of a month, service and instrument version that carry exactly `flags`.

    `timed` of them have a duration, `identified` a device and a moment of their own, `scheduled` were given
    at the counter on a day whose hours of service are known.
    """

    month: int
    service_id: int
    instrument: str
    flags: int
    moments: Moments
    timed: int
    identified: int
    scheduled: int


@dataclass(frozen=True, kw_only=True)
class FlaggedMonth:
    """The flags of a unit's month.

    Attributes:
        revision: the one of its roll-up that they are of.
        rules: names what was looked for.
        cells: all of them.
        responses: flags by row number; of all responses that carry any, or where `since` is a revision of
            those looked at again, 0 included: the others carry what they carried at that one.
    """

    unit_id: int
    month: int
    revision: int
    rules: str
    cells: tuple[FlagCell, ...]
    responses: Mapping[int, int]
    since: int | None = None


@dataclass(frozen=True, kw_only=True)
class FlagState:
    """How far the flags of a unit's month are.

    Attributes:
        revision: the one of its roll-up now.
        flagged: the one that its flags are of.
        rules: those of its flags.
        added: numbers of the responses that came into the roll-up between the two; None where that is not
            known, or it is not answers alone that came: then the flags must be found anew.
        tail: whether answers of its unit are in the tail.
    """

    revision: int
    flagged: int
    rules: str
    added: Sequence[int] | None
    tail: bool


def states(
    connection: Connection, unit_ids: Collection[int], months: Collection[int]
) -> dict[tuple[int, int], FlagState]:
    """How far they are, by (unit id, month), of those of which anything was ever in the roll-up."""
    m, u = flag_month.c, unflagged.c
    since = (u.unit_id == m.unit_id) & (u.month == m.month) & (u.revision > m.flagged)
    waits = sa.exists().where(tail.c.unit_id == m.unit_id)
    query = (
        sa.select(m.unit_id, m.month, m.revision, m.flagged, m.rules, waits, u.seqs)
        .select_from(flag_month.outerjoin(unflagged, since))
        .where(m.unit_id.in_(unit_ids), m.month.in_(months))
    )
    by_month: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        by_month[row.unit_id, row.month].append(row)
    return {key: _state(rows) for key, rows in by_month.items()}


def _state(rows: Sequence[Any]) -> FlagState:
    """Of a row for each revision that a fold made, or one without."""
    _, _, revision, flagged, rules, tail, _ = rows[0]
    taken = [json.loads(row.seqs) for row in rows if row.seqs is not None]
    # Any other change of the month would have made a revision that has no row.
    known = len(taken) == revision - flagged
    return FlagState(
        revision=revision,
        flagged=flagged,
        rules=rules,
        added=[seq for seqs in taken for seq in seqs] if known else None,
        tail=tail,
    )


def cells(connection: Connection, unit_id: int, months: Collection[int]) -> dict[int, list[FlagCell]]:
    """What is stored of a unit's months, whatever revision it is of."""
    c = flag_cell.c
    found: dict[int, list[FlagCell]] = {month: [] for month in months}
    query = sa.select(
        c.month, c.service_id, c.instrument, c.flags, c.moments, c.timed, c.identified, c.scheduled
    )
    for row in connection.execute(query.where(c.unit_id == unit_id, c.month.in_(months))):
        found[row.month].append(FlagCell(*row[:4], Moments.from_bytes(row[4]), *row[5:]))
    return found


def counts(
    connection: Connection, unit_ids: Collection[int], months: tuple[int, int]
) -> dict[tuple[int, int], int]:
    """Sheets by (unit id, their flags) in an inclusive range of months, as far as they were looked at: the
    newest answers come when they are flagged."""
    c, found = flag_cell.c, defaultdict[tuple[int, int], int](int)
    query = sa.select(c.unit_id, c.flags, c.moments).where(c.month.between(*months), c.unit_id.in_(unit_ids))
    for unit_id, mask, sums in connection.execute(query):
        found[unit_id, mask] += sheets_in(sums)
    return dict(found)


def is_less(new: int, known: int) -> bool:
    """Whether it is less work to look at new answers and their neighbours than at a month of `known`."""
    return known >= _FEW and new * _SHEETS_PER_ANSWER <= known


def revise(connection: Connection, months: Collection[tuple[int, int]]) -> None:
    """Raise the revision of these (unit id, month): other answers are in their roll-up now."""
    if months:
        rows = [{"unit_id": unit_id, "month": month} for unit_id, month in sorted(months)]
        connection.execute(_REVISE[connection.dialect.name], rows)


def leave_unflagged(connection: Connection, taken: Mapping[tuple[int, int], Sequence[int]]) -> None:
    """Note, by (unit id, month), which answers alone made the revisions that this transaction has made."""
    if taken:
        rows = [
            {"of_unit": unit_id, "of_month": month, "taken": f"[{','.join(map(str, seqs))}]"}
            for (unit_id, month), seqs in taken.items()
        ]
        connection.execute(_LEAVE, rows)


def revise_unit(connection: Connection, unit_id: int) -> None:
    """Have the flags of all months of a unit computed anew: what they are told has changed."""
    c = flag_month.c
    # In the order in which everybody else changes them, so that no two wait for each other.
    connection.execute(
        sa.select(c.month).where(c.unit_id == unit_id).order_by(c.month).with_for_update()
    ).all()
    connection.execute(sa.update(flag_month).where(c.unit_id == unit_id).values(revision=c.revision + 1))


def revisions(connection: Connection, unit_id: int) -> dict[int, int]:
    """The revision of each of a unit's months."""
    c = flag_month.c
    rows = connection.execute(sa.select(c.month, c.revision).where(c.unit_id == unit_id))
    return {int(month): int(revision) for month, revision in rows}


def revision(connection: Connection, unit_id: int, month: int) -> int:
    """The revision of a unit's month; 0 while nothing of it is in the roll-up."""
    return revisions(connection, unit_id).get(month, 0)


def waiting(connection: Connection, rules: str) -> list[tuple[int, int]]:
    """(unit id, month) with other answers than its flags are of, or rules that do not begin with `rules`;
    latest first."""
    c = flag_month.c
    rows = connection.execute(_waiting(rules).order_by(c.month.desc(), c.unit_id))
    return [(int(unit_id), int(month)) for unit_id, month in rows]


def is_waiting(connection: Connection, unit_id: int, month: int, rules: str) -> bool:
    """Whether a unit's month is one of `waiting`."""
    c = flag_month.c
    mine = _waiting(rules).where(c.unit_id == unit_id, c.month == month)
    return connection.execute(mine).first() is not None


def _waiting(rules: str) -> sa.Select[Any]:
    c = flag_month.c
    return sa.select(c.unit_id, c.month).where((c.flagged != c.revision) | ~c.rules.startswith(rules))


def store(connection: Connection, new: FlaggedMonth) -> bool:
    """Store `new`; False, and nothing is done, where it is not of the latest that is known.

    That is where flags of a later revision are stored, or, if `new` is a change, not those that it changes.
    """
    m = flag_month.c
    update = sa.update(flag_month).where(m.unit_id == new.unit_id, m.month == new.month)
    if new.since is None:
        update = update.where(m.flagged <= new.revision)
    else:
        update = update.where(m.flagged == new.since, m.rules == new.rules)
    if connection.execute(update.values(flagged=new.revision, rules=new.rules)).rowcount == 0:
        return False
    _replace_cells(connection, new)
    _replace_responses(connection, new)
    connection.execute(_FORGET, {"of_unit": new.unit_id, "of_month": new.month, "up_to": new.revision})
    return True


def _revise(dialect: ModuleType) -> Any:
    statement = dialect.insert(flag_month).values(revision=1, flagged=0, rules="")
    return statement.on_conflict_do_update(
        index_elements=["unit_id", "month"], set_={"revision": flag_month.c.revision + 1}
    )


# Built once: building a statement costs as much as running it.
_REVISE = {"sqlite": _revise(sqlite), "postgresql": _revise(postgresql)}
_LEAVE = sa.insert(unflagged).from_select(
    ["unit_id", "month", "revision", "seqs"],
    sa.select(
        flag_month.c.unit_id,
        flag_month.c.month,
        flag_month.c.revision,
        sa.bindparam("taken", type_=sa.Text),
    ).where(flag_month.c.unit_id == sa.bindparam("of_unit"), flag_month.c.month == sa.bindparam("of_month")),
)

_FORGET = sa.delete(unflagged).where(
    unflagged.c.unit_id == sa.bindparam("of_unit"),
    unflagged.c.month == sa.bindparam("of_month"),
    unflagged.c.revision <= sa.bindparam("up_to"),
)


def _replace_cells(connection: Connection, new: FlaggedMonth) -> None:
    c = flag_cell.c
    connection.execute(sa.delete(flag_cell).where(c.unit_id == new.unit_id, c.month == new.month))
    if new.cells:
        rows = [
            {**vars(cell), "unit_id": new.unit_id, "moments": cell.moments.to_bytes()} for cell in new.cells
        ]
        connection.execute(sa.insert(flag_cell), rows)


def _replace_responses(connection: Connection, new: FlaggedMonth) -> None:
    """Only what differs is written: of a busy month few rows change at a time."""
    c = response_flag.c
    query = sa.select(c.seq, c.flags).where(c.unit_id == new.unit_id)
    if new.since is None:
        before = _flags_by_seq(connection, [query.where(c.month == new.month)])
    else:
        before = _flags_by_seq(connection, (query.where(c.seq.in_(part)) for part in in_parts(new.responses)))
    changed = {seq: flags for seq, flags in new.responses.items() if before.get(seq, 0) != flags}
    _delete(connection, new.unit_id, [seq for seq in before if new.responses.get(seq) != before[seq]])
    rows = [
        {"seq": seq, "unit_id": new.unit_id, "month": new.month, "flags": flags}
        for seq, flags in sorted(changed.items())
        if flags
    ]
    if rows:
        connection.execute(sa.insert(response_flag), rows)


def _flags_by_seq(connection: Connection, queries: Iterable[sa.Select[Any]]) -> dict[int, int]:
    return {seq: flags for query in queries for seq, flags in connection.execute(query)}


def _delete(connection: Connection, unit_id: int, seqs: Sequence[int]) -> None:
    c = response_flag.c
    for part in in_parts(seqs):
        connection.execute(sa.delete(response_flag).where(c.unit_id == unit_id, c.seq.in_(part)))
