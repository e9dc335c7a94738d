"""Quality flags beside the responses, which themselves never change.

A flag can depend on neighbours (a burst, a repeat), so an answer that arrives late may flag an earlier one.
The flags of a unit's month are therefore one value: computed of all answers in its roll-up, replaced as a
whole. They hold as long as the month has the revision they are of, which every change of its roll-up raises,
and none of its answers is in the tail.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics.ikm import Moments
from survey_app.storage.responses import COUNTS
from survey_app.storage.rollup import IN_TAIL
from survey_app.storage.tables import flag_cell, flag_month, response, response_flag, tail

#: Values of one IN list.
_MANY = 500


@dataclass(frozen=True)
class TracedSheet:
    """A response with what is known of its making.

    An empty `client_id` is of a device that is known no more; `kept` are then the flags it had, else 0.
    """

    seq: int
    service_id: int
    instrument: str
    scores: str
    channel: str
    client_id: str | None
    answered_at: datetime
    time_source: str
    duration_ms: int | None
    kept: int


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
    """The flags of a unit's month: its cells, and by row number the responses that carry any.

    `rules` names what was looked for.
    """

    unit_id: int
    month: int
    rules: str
    cells: tuple[FlagCell, ...]
    responses: Mapping[int, int]


@dataclass(frozen=True)
class Waiting:
    """A unit's month whose flags are to be computed, and the revision of its roll-up."""

    unit_id: int
    month: int
    revision: int


def sheets(connection: Connection, unit_id: int, month: int, *, with_tail: bool = True) -> list[TracedSheet]:
    """All responses of a unit's month that count, in the order of their moments; of one moment, of their ids.

    Args:
        with_tail: also those that are not in the roll-up yet.
    """
    c, f = response.c, response_flag.c
    stored = sa.select(f.flags).where(f.unit_id == unit_id, f.seq == c.seq)
    columns = [
        c.seq,
        c.service_id,
        c.instrument,
        c.scores,
        c.channel,
        c.client_id,
        c.answered_at,
        c.time_source,
        c.duration_ms,
        sa.case((c.client_id == "", sa.func.coalesce(stored.scalar_subquery(), 0)), else_=0),
    ]
    query = sa.select(*columns).where(c.unit_id == unit_id, c.month == month, COUNTS)
    if not with_tail:
        query = query.where(~sa.exists().where(tail.c.unit_id == unit_id, tail.c.seq == c.seq))
    return [TracedSheet(*row) for row in connection.execute(query.order_by(c.answered_at, c.id))]


def read(
    connection: Connection, unit_id: int, months: Collection[int], rules: str
) -> dict[int, list[FlagCell]]:
    """Cells of those of a unit's months whose flags hold, by month."""
    m, c = flag_month.c, flag_cell.c
    late = sa.select(response.c.month).select_from(IN_TAIL).where(tail.c.unit_id == unit_id)
    holding = sa.select(m.month).where(
        m.unit_id == unit_id, m.rules == rules, m.flagged == m.revision, m.month.in_(months)
    )
    found: dict[int, list[FlagCell]] = {
        month: [] for month in connection.execute(holding.where(m.month.not_in(late))).scalars()
    }
    query = sa.select(
        c.month, c.service_id, c.instrument, c.flags, c.moments, c.timed, c.identified, c.scheduled
    )
    for row in connection.execute(query.where(c.unit_id == unit_id, c.month.in_(found))):
        found[row.month].append(FlagCell(*row[:4], Moments.from_bytes(row[4]), *row[5:]))
    return found


def revise(connection: Connection, months: Collection[tuple[int, int]]) -> None:
    """Raise the revision of these (unit id, month): other answers are in their roll-up now."""
    if months:
        rows = [{"unit_id": unit_id, "month": month} for unit_id, month in sorted(months)]
        connection.execute(_REVISE[connection.dialect.name], rows)


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


def waiting(connection: Connection, rules: str) -> list[Waiting]:
    """What has other answers than its flags are of, or rules that do not begin with `rules`; latest first."""
    c = flag_month.c
    query = sa.select(c.unit_id, c.month, c.revision).where(
        (c.flagged != c.revision) | ~c.rules.startswith(rules)
    )
    return [Waiting(*row) for row in connection.execute(query.order_by(c.month.desc(), c.unit_id))]


def is_waiting(connection: Connection, unit_id: int, month: int, rules: str) -> bool:
    """Whether a unit's month is one of `waiting`."""
    return any((due.unit_id, due.month) == (unit_id, month) for due in waiting(connection, rules))


def replace(connection: Connection, new: FlaggedMonth, of: int) -> bool:
    """Store `new`, computed of a revision; False where those of a later one are stored already."""
    m = flag_month.c
    update = (
        sa.update(flag_month)
        .where(m.unit_id == new.unit_id, m.month == new.month, m.flagged <= of)
        .values(flagged=of, rules=new.rules)
    )
    if connection.execute(update).rowcount == 0:
        return False
    _replace_cells(connection, new)
    _replace_responses(connection, new)
    return True


def forget(connection: Connection, unit_id: int) -> None:
    """Remove a unit's flags but those of devices that are known no more: all others are computed anew."""
    c, f = response.c, response_flag.c
    emptied = sa.exists().where(c.unit_id == unit_id, c.seq == f.seq, c.client_id == "")
    connection.execute(sa.delete(response_flag).where(f.unit_id == unit_id, ~emptied))
    connection.execute(sa.delete(flag_cell).where(flag_cell.c.unit_id == unit_id))
    revise_unit(connection, unit_id)


def _revise(dialect: ModuleType) -> Any:
    statement = dialect.insert(flag_month).values(revision=1, flagged=0, rules="")
    return statement.on_conflict_do_update(
        index_elements=["unit_id", "month"], set_={"revision": flag_month.c.revision + 1}
    )


# Built once: building a statement costs as much as running it.
_REVISE = {"sqlite": _revise(sqlite), "postgresql": _revise(postgresql)}


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
    query = sa.select(c.seq, c.flags).where(c.unit_id == new.unit_id, c.month == new.month)
    stored: dict[int, int] = {row.seq: row.flags for row in connection.execute(query)}
    changed = {seq: flags for seq, flags in new.responses.items() if stored.get(seq) != flags}
    _delete(connection, [seq for seq in stored if new.responses.get(seq) != stored[seq]])
    if changed:
        rows = [
            {"seq": seq, "unit_id": new.unit_id, "month": new.month, "flags": flags}
            for seq, flags in sorted(changed.items())
        ]
        connection.execute(sa.insert(response_flag), rows)


def _delete(connection: Connection, seqs: Sequence[int]) -> None:
    for start in range(0, len(seqs), _MANY):
        part = response_flag.c.seq.in_(seqs[start : start + _MANY])
        connection.execute(sa.delete(response_flag).where(part))
