"""Passkeys of accounts, and the challenges that a device answers once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import passkey, passkey_challenge


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A public key; see the table. `name` is what its owner called it."""

    credential_id: str
    account_id: int
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What was asked; `account_id` is None where somebody signs in."""

    account_id: int | None
    expires_at: datetime


def add(connection: Connection, new: Passkey) -> None:
    connection.execute(sa.insert(passkey).values(vars(new)))


def find(connection: Connection, credential_id: str) -> Passkey | None:
    row = connection.execute(sa.select(passkey).where(passkey.c.credential_id == credential_id)).mappings()
    found = row.first()
    return None if found is None else Passkey(**found)


def of_account(connection: Connection, account_id: int) -> list[Passkey]:
    """Those of an account, the oldest first."""
    query = sa.select(passkey).where(passkey.c.account_id == account_id).order_by(passkey.c.made_at)
    return [Passkey(**row) for row in connection.execute(query).mappings()]


def used(connection: Connection, credential_id: str, sign_count: int, now: datetime) -> None:
    change = sa.update(passkey).where(passkey.c.credential_id == credential_id)
    connection.execute(change.values(sign_count=sign_count, used_at=now))


def remove(connection: Connection, account_id: int, credential_ids: Iterable[str] | None = None) -> None:
    """Forget keys of an account, all by default."""
    mine = sa.delete(passkey).where(passkey.c.account_id == account_id)
    if credential_ids is not None:
        mine = mine.where(passkey.c.credential_id.in_(list(credential_ids)))
    connection.execute(mine)


def ask(connection: Connection, challenge_hash: str, challenge: Challenge) -> None:
    values = {"challenge_hash": challenge_hash, **vars(challenge)}
    connection.execute(sa.insert(passkey_challenge).values(values))


def answered(connection: Connection, challenge_hash: str) -> Challenge | None:
    """Take a challenge out, so that no answer to it counts twice; None where there is none."""
    c = passkey_challenge.c
    taken = sa.delete(passkey_challenge).where(c.challenge_hash == challenge_hash)
    row = connection.execute(taken.returning(c.account_id, c.expires_at)).mappings().first()
    return None if row is None else Challenge(**row)


def forget_unanswered(connection: Connection, now: datetime) -> None:
    """Drop the challenges whose time is over."""
    connection.execute(sa.delete(passkey_challenge).where(passkey_challenge.c.expires_at < now))
