"""Accounts and the roles they have, one-time links, and failed tries to sign in.

A secret reaches these tables only as a hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage.tables import (
    account,
    account_identity,
    account_role,
    account_session,
    failed_sign_in,
    one_time_link,
    passkey,
)


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who signs in. `password_hash` is None until a link was used, and of who has other ways in alone.

    `from_provider`: comes by a provider of OpenID Connect, in no other way and with the roles it says.
    """

    id: int
    login: str
    name: str
    password_hash: str | None
    active: bool
    closed_role: str | None
    closed_agency: str | None
    demo: bool
    made_at: datetime
    last_seen: datetime | None
    has_passkey: bool
    from_provider: bool

    @property
    def has_way_in(self) -> bool:
        """Whether its owner can sign in without a one-time link."""
        return self.password_hash is not None or self.has_passkey


@dataclass(frozen=True, kw_only=True)
class AccountRole:
    """A role at one place; `agency` and `unit` are codes, both empty for the whole province."""

    id: int
    account_id: int
    role: str
    agency: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class StoredLink:
    """A one-time link that was not used yet; `account_id` is None of the first administrator."""

    kind: str
    account_id: int | None
    expires_at: datetime


_HAS_PASSKEY = sa.exists().where(passkey.c.account_id == account.c.id)
_FROM_PROVIDER = sa.exists().where(account_identity.c.account_id == account.c.id)
_ALL = sa.select(account, _HAS_PASSKEY.label("has_passkey"), _FROM_PROVIDER.label("from_provider"))

_ROLES = sa.select(account_role).order_by(account_role.c.id)


def lock(connection: Connection) -> None:
    """Let nobody else change accounts until this transaction ends; SQLite has one writer at a time anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))


def exist(connection: Connection) -> bool:
    """Whether anybody has an account; those of the demonstration are nobody's."""
    return connection.execute(sa.select(account.c.id).where(~account.c.demo).limit(1)).first() is not None


def add(
    connection: Connection, login: str, name: str, made_at: datetime, *, demo: bool = False
) -> int | None:
    """Add an account without a password, and give its id; None where the login is taken."""
    values = {"login": login, "name": name, "active": True, "demo": demo, "made_at": made_at}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = dialect.insert(account).values(values).on_conflict_do_nothing().returning(account.c.id)
    added: int | None = connection.execute(new).scalar()
    return added


def by_login(connection: Connection, login: str) -> Account | None:
    return _one(connection, account.c.login == login)


def by_id(connection: Connection, account_id: int) -> Account | None:
    return _one(connection, account.c.id == account_id)


def listed(connection: Connection) -> list[Account]:
    """All of them, by name."""
    rows = connection.execute(_ALL.order_by(account.c.name, account.c.login)).mappings()
    return [Account(**row) for row in rows]


def set_password(connection: Connection, account_id: int, password_hash: str | None) -> None:
    """Set what is kept of the password; None for an account that is entered another way."""
    _change(connection, account_id, password_hash=password_hash)


def set_name(connection: Connection, account_id: int, name: str) -> None:
    _change(connection, account_id, name=name)


def close(connection: Connection, account_id: int, role: str, agency: str) -> None:
    """Let an account in no more, and keep in which role that was done; one that is closed stays as it is."""
    change = sa.update(account).where(account.c.id == account_id, account.c.active)
    connection.execute(change.values(active=False, closed_role=role, closed_agency=agency))


def reopen(connection: Connection, account_id: int) -> None:
    _change(connection, account_id, active=True, closed_role=None, closed_agency=None)


def seen(connection: Connection, account_id: int, now: datetime) -> None:
    _change(connection, account_id, last_seen=now)


def add_role(connection: Connection, account_id: int, role: str, agency: str, unit: str) -> None:
    """Give an account a role at a place; nothing where it has it."""
    values = {"account_id": account_id, "role": role, "agency": agency, "unit": unit}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(account_role).values(values).on_conflict_do_nothing())


def remove_role(connection: Connection, role_id: int) -> None:
    """Take a role back; sessions that act in it end."""
    connection.execute(sa.delete(account_session).where(account_session.c.role_id == role_id))
    connection.execute(sa.delete(account_role).where(account_role.c.id == role_id))


def roles(connection: Connection) -> dict[int, list[AccountRole]]:
    """The roles of every account that has one, in the order in which they were given."""
    found: defaultdict[int, list[AccountRole]] = defaultdict(list)
    for row in connection.execute(_ROLES).mappings():
        found[row["account_id"]].append(AccountRole(**row))
    return dict(found)


def roles_of(connection: Connection, account_id: int) -> list[AccountRole]:
    """Those of one account."""
    rows = connection.execute(_ROLES.where(account_role.c.account_id == account_id)).mappings()
    return [AccountRole(**row) for row in rows]


def add_link(connection: Connection, token_hash: str, link: StoredLink) -> None:
    connection.execute(sa.insert(one_time_link).values(token_hash=token_hash, **vars(link)))


def link(connection: Connection, token_hash: str) -> StoredLink | None:
    c = one_time_link.c
    query = sa.select(c.kind, c.account_id, c.expires_at).where(c.token_hash == token_hash)
    row = connection.execute(query).mappings().first()
    return None if row is None else StoredLink(**row)


def use_link(connection: Connection, token_hash: str) -> StoredLink | None:
    """Take a link out, so that nobody uses it again; None where somebody was faster."""
    c = one_time_link.c
    used = sa.delete(one_time_link).where(c.token_hash == token_hash)
    row = connection.execute(used.returning(c.kind, c.account_id, c.expires_at)).mappings().first()
    return None if row is None else StoredLink(**row)


def drop_links(connection: Connection, account_id: int | None) -> None:
    """Let the links of an account (None: of the first administrator) lead nowhere."""
    connection.execute(sa.delete(one_time_link).where(one_time_link.c.account_id == account_id))


def forget_links(connection: Connection, now: datetime) -> None:
    """Drop the links whose time is over: they have led nowhere since."""
    connection.execute(sa.delete(one_time_link).where(one_time_link.c.expires_at < now))


def failures(connection: Connection, keys: Sequence[str]) -> Mapping[str, tuple[int, datetime]]:
    """How often, and when last, each key failed; only those that did."""
    c = failed_sign_in.c
    rows = connection.execute(sa.select(c.key, c.failures, c.last_at).where(c.key.in_(keys)))
    return {key: (count, last) for key, count, last in rows}


def count_failure(connection: Connection, key: str, failures_before: int, now: datetime) -> None:
    """Set what a key has failed to one more than `failures_before`."""
    _set_failures(connection, key, failures_before + 1, now)


def know(connection: Connection, key: str, until: datetime) -> None:
    """Keep a key that has not failed until then, as `forget_failures_before` goes."""
    _set_failures(connection, key, 0, until)


def _set_failures(connection: Connection, key: str, failures: int, last_at: datetime) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {"failures": failures, "last_at": last_at}
    new = dialect.insert(failed_sign_in).values(key=key, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=values))


def take_back_failure(connection: Connection, keys: Sequence[str]) -> None:
    """One failure less under each key: what was counted before it was known to be none."""
    c = failed_sign_in.c
    mine = c.key.in_(keys)
    connection.execute(sa.update(failed_sign_in).where(mine, c.failures > 0).values(failures=c.failures - 1))


def forget_failures(connection: Connection, key: str) -> None:
    connection.execute(sa.delete(failed_sign_in).where(failed_sign_in.c.key == key))


def forget_failures_before(connection: Connection, moment: datetime) -> None:
    connection.execute(sa.delete(failed_sign_in).where(failed_sign_in.c.last_at < moment))


def _one(connection: Connection, condition: sa.ColumnElement[bool]) -> Account | None:
    row = connection.execute(_ALL.where(condition)).mappings().first()
    return None if row is None else Account(**row)


def _change(connection: Connection, account_id: int, **values: object) -> None:
    connection.execute(sa.update(account).where(account.c.id == account_id).values(values))
