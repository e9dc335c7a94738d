"""Quality flags beside the responses, which themselves never change.

A flag can depend on neighbours (a burst, a repeat), so an answer that arrives late may flag an earlier one.
The flags of a unit's month are therefore one value: computed of all its answers, replaced as a whole. `n`
says of how many. Answers are only ever added, so whoever sees the same number sees the same answers, and
reading needs no other proof that what is stored still holds. Marks only say where work is waiting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics.ikm import Moments
from survey_app.storage.tables import flag_cell, flag_month, response, response_flag

#: Values of one IN list.
_MANY = 500


@dataclass(frozen=True)
class TracedSheet:
    """A response with what is known of its making."""

    seq: int
    service_id: int
    instrument: str
    scores: str
    channel: str
    client_id: str | None
    answered_at: datetime
    time_source: str
    duration_ms: int | None


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

    `n` is the number of filled sheets, `rules` names what was looked for.
    """

    unit_id: int
    month: int
    n: int
    rules: str
    cells: tuple[FlagCell, ...]
    responses: Mapping[int, int]


@dataclass(frozen=True)
class Waiting:
    """A unit's month whose flags are to be computed, and the mark that said so."""

    unit_id: int
    month: int
    mark: int


def sheets(connection: Connection, unit_id: int, month: int) -> list[TracedSheet]:
    """All responses of a unit's month, in the order of their moments; of one moment, of their ids."""
    c = response.c
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
    ]
    query = sa.select(*columns).where(c.unit_id == unit_id, c.month == month).order_by(c.answered_at, c.id)
    return [TracedSheet(*row) for row in connection.execute(query)]


def read(connection: Connection, unit_id: int, answered: Mapping[int, int], rules: str) -> list[FlagCell]:
    """Cells of the months whose flags hold for what `answered` says: filled sheets by month."""
    m, c = flag_month.c, flag_cell.c
    flagged = sa.select(m.month, m.n).where(m.unit_id == unit_id, m.rules == rules, m.month.in_(answered))
    holding = [month for month, n in connection.execute(flagged) if n == answered[month]]
    query = sa.select(
        c.month, c.service_id, c.instrument, c.flags, c.moments, c.timed, c.identified, c.scheduled
    )
    rows = connection.execute(query.where(c.unit_id == unit_id, c.month.in_(holding)))
    return [FlagCell(*row[:4], Moments.from_bytes(row[4]), *row[5:]) for row in rows]


def mark(connection: Connection, months: Collection[tuple[int, int]], position: int) -> None:
    """Have the flags of these (unit id, month) computed; `position` tells this mark from earlier ones."""
    if not months:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(flag_month)
    statement = statement.on_conflict_do_update(
        index_elements=["unit_id", "month"], set_={"mark": statement.excluded.mark}
    )
    rows = [
        {"unit_id": unit_id, "month": month, "n": 0, "rules": "", "mark": position}
        for unit_id, month in sorted(months)
    ]
    connection.execute(statement, rows)


def mark_unit(connection: Connection, unit_id: int) -> None:
    """Have the flags of all months of a unit computed anew: what they are told has changed."""
    c = flag_month.c
    connection.execute(sa.update(flag_month).where(c.unit_id == unit_id).values(mark=c.mark + 1))


def waiting(connection: Connection, rules: str) -> list[Waiting]:
    """What is marked or was flagged by rules that do not begin with `rules`, the latest months first."""
    c = flag_month.c
    query = sa.select(c.unit_id, c.month, c.mark).where((c.mark > 0) | ~c.rules.startswith(rules))
    return [Waiting(*row) for row in connection.execute(query.order_by(c.month.desc(), c.unit_id))]


def replace(connection: Connection, new: FlaggedMonth, mark: int) -> bool:
    """Store `new` unless flags of more answers are stored already; then it is False.

    The mark is taken away if it is still the one seen: a fold since then has put another.
    """
    m = flag_month.c
    update = (
        sa.update(flag_month)
        .where(m.unit_id == new.unit_id, m.month == new.month, m.n <= new.n)
        .values(n=new.n, rules=new.rules, mark=sa.case((m.mark == mark, 0), else_=m.mark))
    )
    if connection.execute(update).rowcount == 0:
        return False
    _replace_cells(connection, new)
    _replace_responses(connection, new)
    return True


def forget(connection: Connection) -> None:
    """Remove every flag and mark; nothing is lost, because all of it is computed from the responses."""
    for table in (response_flag, flag_cell, flag_month):
        connection.execute(sa.delete(table))


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
