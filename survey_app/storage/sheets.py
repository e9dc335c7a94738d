"""Answer sheets with what is known of their making: what flags are looked for in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.parts import in_parts
from survey_app.storage.responses import COUNTS
from survey_app.storage.rollup import IN_TAIL
from survey_app.storage.tables import response, response_flag, tail


@dataclass(frozen=True)
class TracedSheet:
    """A response with what is known of its making, and the flags that are stored of it, 0 for none."""

    seq: int
    service_id: int
    instrument: str
    scores: str
    channel: str
    client_id: str | None
    answered_at: datetime
    time_source: str
    duration_ms: int | None
    flags: int


def of_month(
    connection: Connection, unit_id: int, month: int, *, with_tail: bool = True
) -> list[TracedSheet]:
    """All responses of a unit's month that count, in the order of their moments; of one moment, of their ids.

    Args:
        with_tail: also those that are not in the roll-up yet.
    """
    query = _TRACED.where(response.c.unit_id == unit_id, response.c.month == month)
    return _sheets(connection, _in_order(query, unit_id, with_tail))


def between(
    connection: Connection,
    unit_id: int,
    month: int,
    spans: Sequence[tuple[datetime, datetime]],
    *,
    with_tail: bool,
) -> list[TracedSheet]:
    """Those of `of_month` with a known device, in inclusive spans of time, in order, that do not meet."""
    c = response.c
    # Adding 0 keeps the planner from reading the whole month; written out, the index of these is seen to do.
    near = _TRACED.where(c.unit_id == unit_id, c.month + 0 == month, sa.text("response.client_id <> ''"))
    query = _in_order(near, unit_id, with_tail)
    return [sheet for s in spans for sheet in _sheets(connection, query.where(c.answered_at.between(*s)))]


def numbered(connection: Connection, unit_id: int, seqs: Sequence[int]) -> list[TracedSheet]:
    """The responses with these row numbers, in no order."""
    c = response.c
    queries = (_TRACED.where(c.unit_id == unit_id, c.seq.in_(part)) for part in in_parts(seqs))
    return [sheet for query in queries for sheet in _sheets(connection, query)]


def late(connection: Connection, unit_id: int) -> dict[int, list[int]]:
    """Row numbers of a unit's answers in the tail, by month."""
    found: dict[int, list[int]] = defaultdict(list)
    query = sa.select(response.c.month, tail.c.seq).select_from(IN_TAIL).where(tail.c.unit_id == unit_id)
    for month, seq in connection.execute(query):
        found[month].append(seq)
    return found


def _traced() -> sa.Select[Any]:
    c, f = response.c, response_flag.c
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
        sa.func.coalesce(f.flags, 0),
    ]
    own = (f.seq == c.seq) & (f.unit_id == c.unit_id)
    return sa.select(*columns).select_from(response.outerjoin(response_flag, own)).where(COUNTS)


_TRACED = _traced()


def _in_order(query: sa.Select[Any], unit_id: int, with_tail: bool) -> sa.Select[Any]:
    c = response.c
    if not with_tail:
        query = query.where(~sa.exists().where(tail.c.unit_id == unit_id, tail.c.seq == c.seq))
    return query.order_by(c.answered_at, c.id)


def _sheets(connection: Connection, query: sa.Select[Any]) -> list[TracedSheet]:
    return [TracedSheet(*row) for row in connection.execute(query)]
