"""Sessions of those who signed in, found by the hash of what the browser holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import account, account_role, account_session, account_view


@dataclass(frozen=True, kw_only=True)
class StoredSession:
    """A session with its account and the role it acts in; see the table."""

    token_hash: str
    account_id: int
    login: str
    name: str
    active: bool
    demo: bool
    role_id: int
    role: str
    agency: str
    unit: str
    begun_at: datetime
    seen_at: datetime
    idle_seconds: int
    ends_at: datetime
    network: str
    browser: str
    #: Whether it views the pages as somebody else; whom, `views` knows.
    viewing: bool


@dataclass(frozen=True, kw_only=True)
class NewSession:
    """What is stored of a session as it begins."""

    token_hash: str
    account_id: int
    role_id: int
    begun_at: datetime
    seen_at: datetime
    idle_seconds: int
    ends_at: datetime
    network: str
    browser: str


_S, _A, _R = account_session.c, account.c, account_role.c
_COLUMNS = {
    "token_hash": _S.id,
    "account_id": _S.account_id,
    "login": _A.login,
    "name": _A.name,
    "active": _A.active,
    "demo": _A.demo,
    "role_id": _S.role_id,
    "role": _R.role,
    "agency": _R.agency,
    "unit": _R.unit,
    "begun_at": _S.begun_at,
    "seen_at": _S.seen_at,
    "idle_seconds": _S.idle_seconds,
    "ends_at": _S.ends_at,
    "network": _S.network,
    "browser": _S.browser,
    "viewing": account_view.c.session_id.is_not(None),
}
_ALL = sa.select(*_COLUMNS.values()).select_from(
    account_session.join(account, _A.id == _S.account_id)
    .join(account_role, _R.id == _S.role_id)
    .outerjoin(account_view, account_view.c.session_id == _S.id)
)
_ONE = _ALL.where(_S.id == sa.bindparam("token_hash"))


def add(connection: Connection, new: NewSession) -> None:
    values = {"id" if name == "token_hash" else name: value for name, value in vars(new).items()}
    connection.execute(sa.insert(account_session).values(values))


def find(connection: Connection, token_hash: str) -> StoredSession | None:
    """One statement: every run of a page asks it."""
    row = connection.execute(_ONE, {"token_hash": token_hash}).first()
    return None if row is None else StoredSession(**dict(zip(_COLUMNS, row, strict=True)))


def of_account(connection: Connection, account_id: int) -> list[StoredSession]:
    """Those of an account, the one seen last first."""
    rows = connection.execute(_ALL.where(_S.account_id == account_id).order_by(_S.seen_at.desc()))
    return [StoredSession(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def viewing(connection: Connection) -> list[StoredSession]:
    """Those that view as somebody else, a few."""
    rows = connection.execute(_ALL.where(_COLUMNS["viewing"]))
    return [StoredSession(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def seen(connection: Connection, token_hash: str, now: datetime) -> None:
    change = sa.update(account_session).where(_S.id == token_hash)
    connection.execute(change.values(seen_at=now))


def act_as(connection: Connection, token_hash: str, role_id: int) -> None:
    change = sa.update(account_session).where(_S.id == token_hash)
    connection.execute(change.values(role_id=role_id))


def end(connection: Connection, token_hash: str) -> None:
    connection.execute(sa.delete(account_session).where(_S.id == token_hash))


def end_all(connection: Connection, account_id: int, but: str | None = None) -> None:
    """End every session of an account, apart from the one with the hash `but`."""
    of_account = sa.delete(account_session).where(_S.account_id == account_id)
    connection.execute(of_account if but is None else of_account.where(_S.id != but))


def forget_ended(connection: Connection, now: datetime) -> None:
    """Drop what ended by its time; what ended by idling goes with it at the latest then."""
    connection.execute(sa.delete(account_session).where(_S.ends_at < now))
