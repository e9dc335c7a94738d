"""Responses: appended once, never altered. Exactly once is the unique id, not a check before the insert."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics.ikm import IntArray
from survey_app.storage import queue_codes
from survey_app.storage.parts import in_parts
from survey_app.storage.tables import ImportState, answer_import, response, tail, unit

#: Which files' rows do not count: those that are staged or withdrawn.
UNCOUNTED = sa.select(answer_import.c.id).where(answer_import.c.state != ImportState.COUNTED)
#: An answer counts unless it came from a file whose rows do not.
COUNTS = response.c.import_id.is_(None) | response.c.import_id.not_in(UNCOUNTED)

_ANSWER = ["id", "unit_id"]
#: Rows of files, which enter no tail. Built once: building a statement costs as much as running it.
INSERT_ROWS = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(response).on_conflict_do_nothing(
        index_elements=_ANSWER
    )
    for dialect in (sqlite, postgresql)
}


@dataclass(frozen=True, kw_only=True)
class NewResponse:
    """A response that passed intake. Times are aware; `month` is yyyymm in the unit's own time zone.

    `code_hash` is the one-time code to use up with it, None where none is asked for; `consent_version` None
    where it was not recorded.
    """

    id: UUID
    unit_id: int
    service_id: int
    instrument: str
    scores: str
    channel: str
    answered_at: datetime
    received_at: datetime
    time_source: str
    month: int
    duration_ms: int | None
    import_id: int | None = None
    device_id: int | None = None
    consent_version: int | None = None
    profile: Mapping[str, str]
    comment: str | None
    client_id: str | None
    code_hash: str | None = None


@dataclass(frozen=True)
class Comment:
    """A comment; `seq` and `unit_id` are its response, `received_at` when that arrived."""

    unit_id: int
    service_id: int
    answered_at: datetime
    text: str
    seq: int
    received_at: datetime


_COLUMNS = [field.name for field in fields(NewResponse) if field.name != "code_hash"]


def _insert_into_tail() -> sa.Insert:
    """An answer and its row of the tail, if the answer is not known, in one statement."""
    given = {name: sa.bindparam(f"new_{name}", type_=response.c[name].type) for name in _COLUMNS}
    new = (
        postgresql.insert(response)
        .values(given)
        .on_conflict_do_nothing(index_elements=_ANSWER)
        .returning(response.c.unit_id, response.c.seq)
        .cte("new")
    )
    return sa.insert(tail).from_select(["unit_id", "seq"], sa.select(new.c.unit_id, new.c.seq))


# On SQLite a trigger writes the row of the tail.
_INSERT_COUNTING = {"sqlite": INSERT_ROWS["sqlite"], "postgresql": _insert_into_tail()}
_INSERT_ONE = {
    "sqlite": INSERT_ROWS["sqlite"].returning(response.c.seq),
    "postgresql": _INSERT_COUNTING["postgresql"].returning(tail.c.seq),
}


def insert(connection: Connection, new: NewResponse) -> datetime | None:
    """Append `new` unless its id is known for its unit; then return when the first was received, else None.

    Raises: Refused when its one-time code cannot be used; the caller's transaction takes the response back.
    """
    kind = connection.dialect.name
    if connection.execute(_INSERT_ONE[kind], _given(kind, new)).first() is not None:
        # After the insert: who sends a known id again uses up no second code.
        if new.code_hash is not None:
            place = new.unit_id, new.service_id
            queue_codes.redeem(connection, new.code_hash, *place, new.answered_at)
        return None
    first = received_at(connection, new.id, new.unit_id)
    assert first is not None  # the id was there a statement ago, and no response is ever deleted
    return first


def received_at(connection: Connection, response_id: UUID, unit_id: int | None = None) -> datetime | None:
    """When the response of that id, for a unit or for any, was first received; None when there is none."""
    first = sa.select(sa.func.min(response.c.received_at)).where(response.c.id == response_id)
    if unit_id is not None:
        first = first.where(response.c.unit_id == unit_id)
    received: datetime | None = connection.execute(first).scalar_one_or_none()
    return received


def unit_code_of(connection: Connection, response_id: UUID) -> str | None:
    """The code of the unit that a stored response is for; None when there is no such response."""
    query = sa.select(unit.c.code).join(response).where(response.c.id == response_id)
    found: str | None = connection.execute(query.order_by(response.c.seq)).scalars().first()
    return found


def insert_many(connection: Connection, new: Sequence[NewResponse]) -> int:
    """Append those of `new` whose id is not known for their unit; the number of rows that are new."""
    if not new:
        return 0
    kind = connection.dialect.name
    before = _count_known(connection, new)
    connection.execute(_INSERT_COUNTING[kind], [_given(kind, r) for r in new])
    return len({(r.id, r.unit_id) for r in new}) - before


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
        sa.select(c.unit_id, c.service_id, c.answered_at, c.comment, c.seq, c.received_at)
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


def comment_version(
    connection: Connection, unit_ids: Sequence[int] | None, months: tuple[int, int]
) -> tuple[tuple[int, int, int], ...]:
    """What changes with the comments of units (all by default): month, how many, the number of the last."""
    month, seq = response.c.month, response.c.seq
    query = sa.select(month, sa.func.count(), sa.func.max(seq)).where(*_commented(unit_ids, months))
    rows = connection.execute(query.group_by(month).order_by(month))
    return tuple((int(number), int(times), int(last)) for number, times, last in rows)


def decode(rows: Sequence[str]) -> IntArray:
    """(n, k) integers from n strings of k digits; (0, 0) for none."""
    if not rows:
        return np.zeros((0, 0), dtype=np.int64)
    digits = np.frombuffer("".join(rows).encode("ascii"), dtype=np.uint8)
    return (digits.reshape(len(rows), -1) - ord("0")).astype(np.int64)


def _of_unit(unit_id: int, months: tuple[int, int], service_id: int | None) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [
        response.c.unit_id == unit_id,
        response.c.month.between(*months),
        COUNTS,
    ]
    return conditions if service_id is None else [*conditions, response.c.service_id == service_id]


def _commented(unit_ids: Sequence[int] | None, months: tuple[int, int]) -> list[sa.ColumnElement[bool]]:
    meant: list[sa.ColumnElement[bool]] = [
        response.c.comment.is_not(None),
        response.c.month.between(*months),
        COUNTS,
    ]
    return meant if unit_ids is None else [*meant, response.c.unit_id.in_(unit_ids)]


def _count_known(connection: Connection, new: Sequence[NewResponse]) -> int:
    answers = {(r.id, r.unit_id) for r in new}
    known = 0
    for part in in_parts({id_ for id_, _ in answers}):
        query = sa.select(response.c.id, response.c.unit_id).where(response.c.id.in_(part))
        known += sum((row.id, row.unit_id) in answers for row in connection.execute(query))
    return known


def _given(kind: str, new: NewResponse) -> dict[str, Any]:
    values = values_of(new)
    return values if kind == "sqlite" else {f"new_{name}": value for name, value in values.items()}


def values_of(new: NewResponse) -> dict[str, Any]:
    """The columns of the table of responses that a new one fills, in the table's order."""
    profile = json.dumps(dict(new.profile), sort_keys=True, separators=(",", ":"))
    return {name: value for name, value in vars(new).items() if name != "code_hash"} | {"profile": profile}
