"""Keys of other programs, found by the hash of what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import api_key


@dataclass(frozen=True, kw_only=True)
class StoredKey:
    """A key; see the table."""

    id: int
    name: str
    role: str
    agency: str
    unit: str
    rights: str
    made_at: datetime
    made_by: int | None
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """What is stored of a key as it is made."""

    name: str
    token_hash: str
    role: str
    agency: str
    unit: str
    rights: str
    made_at: datetime
    made_by: int | None
    expires_at: datetime


_C = api_key.c
_ALL = sa.select(*(column for column in _C if column is not _C.token_hash))


def add(connection: Connection, new: NewKey) -> int:
    added: int = connection.execute(sa.insert(api_key).values(vars(new)).returning(api_key.c.id)).scalar_one()
    return added


def by_hash(connection: Connection, token_hash: str) -> StoredKey | None:
    return _one(connection, api_key.c.token_hash == token_hash)


def by_id(connection: Connection, key_id: int) -> StoredKey | None:
    return _one(connection, api_key.c.id == key_id)


def listed(connection: Connection) -> list[StoredKey]:
    """All of them, the newest first; those that are over too."""
    return [StoredKey(**row) for row in connection.execute(_ALL.order_by(_C.id.desc())).mappings()]


def revoke(connection: Connection, key_id: int, now: datetime) -> None:
    """End a key; one that was ended before keeps its moment."""
    mine = (_C.id == key_id) & _C.revoked_at.is_(None)
    connection.execute(sa.update(api_key).where(mine).values(revoked_at=now))


def used(connection: Connection, key_id: int, now: datetime) -> None:
    connection.execute(sa.update(api_key).where(_C.id == key_id).values(used_at=now))


def _one(connection: Connection, condition: sa.ColumnElement[bool]) -> StoredKey | None:
    row = connection.execute(_ALL.where(condition)).mappings().first()
    return None if row is None else StoredKey(**row)
