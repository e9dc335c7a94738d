"""Responses: appended once, never altered. Exactly once is the unique id, not a check before the insert."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics.ikm import IntArray
from survey_app.storage import queue_codes
from survey_app.storage.tables import response, unit

# Built once: building a statement costs as much as running it.
INSERT_MANY = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(response).on_conflict_do_nothing(
        index_elements=["id"]
    )
    for dialect in (sqlite, postgresql)
}
_INSERT_ONE = {name: statement.returning(response.c.seq) for name, statement in INSERT_MANY.items()}


@dataclass(frozen=True, kw_only=True)
class NewResponse:
    """A response that passed intake. Times are aware; `month` is yyyymm in the unit's own time zone.

    `code_hash` is the one-time code to use up with it, None where none is asked for.
    """

    id: UUID
    unit_id: int
    service_id: int
    instrument: str
    scores: str
    profile: Mapping[str, str]
    comment: str | None
    channel: str
    client_id: str | None
    answered_at: datetime
    received_at: datetime
    time_source: str
    month: int
    duration_ms: int | None
    code_hash: str | None = None


@dataclass(frozen=True)
class Comment:
    unit_id: int
    service_id: int
    answered_at: datetime
    text: str


def insert(connection: Connection, new: NewResponse) -> datetime | None:
    """Append `new` unless its id is known; then return when the first one was received, else None.

    Raises: Refused when its one-time code cannot be used; the caller's transaction takes the response back.
    """
    statement = _INSERT_ONE[connection.dialect.name]
    if connection.execute(statement, values_of(new)).first() is not None:
        # After the insert: who sends a known id again uses up no second code.
        if new.code_hash is not None:
            queue_codes.redeem(connection, new.code_hash, new.service_id, new.answered_at)
        return None
    first = received_at(connection, new.id)
    assert first is not None  # the id was there a statement ago, and no response is ever deleted
    return first


def received_at(connection: Connection, response_id: UUID) -> datetime | None:
    """When the response of that id was first received; None when there is none."""
    first = sa.select(response.c.received_at).where(response.c.id == response_id)
    received: datetime | None = connection.execute(first).scalar_one_or_none()
    return received


def unit_code_of(connection: Connection, response_id: UUID) -> str | None:
    """The code of the unit that a stored response is for; None when there is no such response."""
    query = sa.select(unit.c.code).join(response).where(response.c.id == response_id)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def insert_many(connection: Connection, new: Sequence[NewResponse]) -> int:
    """Append those of `new` whose id is not known; the number of rows that are new."""
    if not new:
        return 0
    before = _count_known(connection, new)
    connection.execute(INSERT_MANY[connection.dialect.name], [values_of(r) for r in new])
    return len({r.id for r in new}) - before


def scores(
    connection: Connection,
    unit_id: int,
    months: tuple[int, int],
    instruments: Sequence[str],
    service_id: int | None = None,
) -> IntArray:
    """(n, k) answer sheets of a unit in an inclusive range of months, as they arrived; 0 unanswered."""
    query = sa.select(response.c.scores).where(
        *_of_unit(unit_id, months, service_id), response.c.instrument.in_(instruments)
    )
    return decode(connection.execute(query.order_by(response.c.seq)).scalars().all())


def comments(
    connection: Connection,
    unit_ids: Sequence[int] | None,
    months: tuple[int, int],
    limit: int | None = None,
) -> list[Comment]:
    """Comments of units (all by default) in an inclusive range of months, newest first, `limit` at most."""
    c = response.c
    query = (
        sa.select(c.unit_id, c.service_id, c.answered_at, c.comment)
        .where(*_commented(unit_ids, months))
        .order_by(c.month.desc(), c.answered_at.desc(), c.seq.desc())
        .limit(limit)
    )
    return [Comment(*row) for row in connection.execute(query)]


def comment_counts(
    connection: Connection, unit_ids: Sequence[int] | None, months: tuple[int, int]
) -> dict[int, int]:
    """How many comments units (all by default) have in each of the months that have any."""
    month = response.c.month
    query = sa.select(month, sa.func.count()).where(*_commented(unit_ids, months)).group_by(month)
    return {int(number): int(times) for number, times in connection.execute(query)}


def decode(rows: Sequence[str]) -> IntArray:
    """(n, k) integers from n strings of k digits; (0, 0) for none."""
    if not rows:
        return np.zeros((0, 0), dtype=np.int64)
    digits = np.frombuffer("".join(rows).encode("ascii"), dtype=np.uint8)
    return (digits.reshape(len(rows), -1) - ord("0")).astype(np.int64)


def _of_unit(unit_id: int, months: tuple[int, int], service_id: int | None) -> list[sa.ColumnElement[bool]]:
    conditions = [response.c.unit_id == unit_id, response.c.month.between(*months)]
    return conditions if service_id is None else [*conditions, response.c.service_id == service_id]


def _commented(unit_ids: Sequence[int] | None, months: tuple[int, int]) -> list[sa.ColumnElement[bool]]:
    written, meant = response.c.comment.is_not(None), response.c.month.between(*months)
    return [written, meant] if unit_ids is None else [written, meant, response.c.unit_id.in_(unit_ids)]


def _count_known(connection: Connection, new: Sequence[NewResponse]) -> int:
    ids = list({r.id for r in new})
    known = 0
    for start in range(0, len(ids), 500):
        part = sa.select(sa.func.count()).where(response.c.id.in_(ids[start : start + 500]))
        known += int(connection.execute(part).scalar_one())
    return known


def values_of(new: NewResponse) -> dict[str, Any]:
    """The columns of the table of responses that a new one fills."""
    profile = json.dumps(dict(new.profile), sort_keys=True, separators=(",", ":"))
    return {name: value for name, value in vars(new).items() if name != "code_hash"} | {"profile": profile}
