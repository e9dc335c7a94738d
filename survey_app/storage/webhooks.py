"""Addresses that are told what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import webhook


@dataclass(frozen=True, kw_only=True)
class NewWebhook:
    """What is stored of a webhook as it is made; see the table."""

    name: str
    address: str
    events: str
    agency: str
    unit: str
    salt: str
    secret_hash: str
    made_at: datetime
    made_by: int | None


@dataclass(frozen=True, kw_only=True)
class StoredWebhook(NewWebhook):
    """A webhook; `given_up` deliveries in a row."""

    id: int
    active: bool
    given_up: int
    ended_at: datetime | None


_C = webhook.c
_OPEN = _C.ended_at.is_(None)


def add(connection: Connection, new: NewWebhook) -> int:
    values = {**vars(new), "active": True, "given_up": 0}
    added: int = connection.execute(sa.insert(webhook).values(values).returning(_C.id)).scalar_one()
    return added


def by_id(connection: Connection, webhook_id: int) -> StoredWebhook | None:
    """Also one that was ended."""
    row = connection.execute(sa.select(webhook).where(_C.id == webhook_id)).mappings().first()
    return None if row is None else StoredWebhook(**row)


def held(connection: Connection, webhook_id: int) -> StoredWebhook | None:
    """As `by_id`, and until the transaction ends nobody else changes it."""
    query = sa.select(webhook).where(_C.id == webhook_id).with_for_update()
    row = connection.execute(query).mappings().first()
    return None if row is None else StoredWebhook(**row)


def every(connection: Connection) -> list[StoredWebhook]:
    """The newest first; those that were ended too."""
    query = sa.select(webhook).order_by(_C.id.desc())
    return [StoredWebhook(**row) for row in connection.execute(query).mappings()]


def told_of(connection: Connection, agency: str, unit: str) -> list[StoredWebhook]:
    """The active ones within whose place lies another; codes, empty ones for what is of many.

    Until the transaction ends nobody switches one of them off: what is written for it will be looked at.
    """
    query = sa.select(webhook).where(_C.active, _OPEN, _C.agency.in_({"", agency}), _C.unit.in_({"", unit}))
    query = query.order_by(_C.id).with_for_update(read=True)
    return [StoredWebhook(**row) for row in connection.execute(query).mappings()]


def set_active(connection: Connection, webhook_id: int, *, active: bool) -> None:
    """Switch it on, with nothing given up so far, or off."""
    values: dict[str, object] = {"active": active}
    if active:
        values["given_up"] = 0
    connection.execute(sa.update(webhook).where(_C.id == webhook_id, _OPEN).values(values))


def end(connection: Connection, webhook_id: int, now: datetime) -> None:
    """For good; one that was ended before keeps its moment."""
    values = {"active": False, "ended_at": now}
    connection.execute(sa.update(webhook).where(_C.id == webhook_id, _OPEN).values(values))


def count(connection: Connection, webhook_id: int, *, given_up: int) -> None:
    """Note how many deliveries in a row were given up; without a write where it is so already."""
    changed = (_C.id == webhook_id) & (_C.given_up != given_up)
    connection.execute(sa.update(webhook).where(changed).values(given_up=given_up))
