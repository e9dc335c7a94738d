"""What waits to be delivered: each delivery is claimed by one server at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import outbox


class State(StrEnum):
    """Where a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, kw_only=True)
class NewDelivery:
    """What is stored of a delivery as it is written; see the table."""

    kind: str
    recipient: str
    event: str
    message: str
    agency: str
    unit: str
    body: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Delivery(NewDelivery):
    """A delivery. `not_before` is the next try of one that waits."""

    id: int
    state: State
    tries: int
    not_before: datetime
    answer: str
    ended_at: datetime | None


_C = outbox.c


def add(connection: Connection, new: NewDelivery) -> None:
    """Write it down, to be sent as soon as somebody looks."""
    values = {**vars(new), "state": State.WAITING, "tries": 0, "not_before": new.made_at, "answer": ""}
    connection.execute(sa.insert(outbox).values(values))


def by_id(connection: Connection, delivery_id: int) -> Delivery | None:
    row = connection.execute(sa.select(outbox).where(_C.id == delivery_id)).mappings().first()
    return None if row is None else _delivery(row)


def newest(connection: Connection, kind: str, recipients: Collection[str], limit: int) -> list[Delivery]:
    """Of these recipients, the newest first."""
    query = sa.select(outbox).where(_C.kind == kind, _C.recipient.in_(recipients))
    query = query.order_by(_C.id.desc()).limit(limit)
    return [_delivery(row) for row in connection.execute(query).mappings()]


def is_anything_to_do(
    connection: Connection, kind: str, now: datetime, latest: datetime, ended_before: datetime
) -> bool:
    """Whether something is to be sent, by `claim`'s `latest`, or to be forgotten."""
    query = sa.select(
        sa.exists().where(_due(kind, now, latest)) | sa.exists().where(_C.ended_at < ended_before)
    )
    return bool(connection.execute(query).scalar())


def claim(
    connection: Connection,
    kind: str,
    now: datetime,
    until: datetime,
    latest: datetime,
    passed_over: Collection[str] = (),
) -> Delivery | None:
    """Take the delivery that waits longest, and hold it `until` then; None when there is none to take.

    SQLite has one writer; on PostgreSQL a row that another server is claiming is passed over.

    Args:
        latest: nothing is ever to wait longer: what does, was written by a clock that was ahead, and is due.
        passed_over: recipients that are not to be tried now.
    """
    query = sa.select(_C.id).where(_due(kind, now, latest))
    query = query.where(_C.recipient.not_in(passed_over)).order_by(_C.not_before, _C.id).limit(1)
    found = connection.execute(query.with_for_update(skip_locked=True)).scalar()
    if found is None:
        return None
    claimed = {"not_before": until, "tries": _C.tries + 1}
    statement = sa.update(outbox).where(_C.id == found).values(claimed).returning(outbox)
    return _delivery(connection.execute(statement).mappings().one())


def set_ended(connection: Connection, held: Delivery, state: State, answer: str, now: datetime) -> bool:
    """End a claim for good; False when it was lost to another server."""
    return _end(connection, held, {"state": state, "answer": answer, "ended_at": now})


def set_waiting(connection: Connection, held: Delivery, answer: str, again: datetime) -> bool:
    """End a claim until the next try; False when it was lost to another server."""
    return _end(connection, held, {"answer": answer, "not_before": again})


def send_again(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Have one that has ended sent once more, under the same message; False of one that waits."""
    values = {"state": State.WAITING, "tries": 0, "not_before": now, "ended_at": None}
    mine = (_C.id == delivery_id) & (_C.state != State.WAITING)
    return connection.execute(sa.update(outbox).where(mine).values(values)).rowcount == 1


def give_up_all(connection: Connection, kind: str, recipient: str, answer: str, now: datetime) -> None:
    """End whatever waits for somebody."""
    mine = (_C.kind == kind) & (_C.recipient == recipient) & (_C.state == State.WAITING)
    values = {"state": State.GIVEN_UP, "answer": answer, "ended_at": now}
    connection.execute(sa.update(outbox).where(mine).values(values))


def forget(connection: Connection, ended_before: datetime) -> int:
    """Delete what ended before then; how many."""
    return connection.execute(sa.delete(outbox).where(_C.ended_at < ended_before)).rowcount


def _due(kind: str, now: datetime, latest: datetime) -> sa.ColumnElement[bool]:
    mine = (_C.kind == kind) & (_C.state == State.WAITING)
    return mine & ((_C.not_before <= now) | (_C.not_before > latest))


def _end(connection: Connection, held: Delivery, values: dict[str, object]) -> bool:
    mine = (_C.id == held.id) & (_C.state == State.WAITING) & (_C.tries == held.tries)
    return connection.execute(sa.update(outbox).where(mine).values(values)).rowcount == 1


def _delivery(row: sa.RowMapping) -> Delivery:
    return Delivery(**{**row, "state": State(row["state"])})
