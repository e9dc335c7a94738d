"""Accounts by what a provider of OpenID Connect calls their owner, and who is awaited back from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import account_identity, oidc_request


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """Somebody who was sent to the provider; see the table."""

    nonce: str
    verifier: str
    returning_to: str
    onward: str
    expires_at: datetime


def account_of(connection: Connection, issuer: str, subject: str) -> int | None:
    """The account of somebody whom the provider calls `subject`."""
    c = account_identity.c
    query = sa.select(c.account_id).where(c.issuer == issuer, c.subject == subject)
    found: int | None = connection.execute(query).scalar()
    return found


def add(connection: Connection, issuer: str, subject: str, account_id: int) -> None:
    values = {"issuer": issuer, "subject": subject, "account_id": account_id}
    connection.execute(sa.insert(account_identity).values(values))


def await_back(connection: Connection, state_hash: str, awaited: Awaited) -> None:
    connection.execute(sa.insert(oidc_request).values(state_hash=state_hash, **vars(awaited)))


def came_back(connection: Connection, state_hash: str) -> Awaited | None:
    """Take out who was awaited, so that nobody comes back twice; None where nobody is."""
    c = oidc_request.c
    taken = sa.delete(oidc_request).where(c.state_hash == state_hash)
    row = connection.execute(taken.returning(c.nonce, c.verifier, c.returning_to, c.onward, c.expires_at))
    found = row.mappings().first()
    return None if found is None else Awaited(**found)


def forget_lost(connection: Connection, now: datetime) -> None:
    """Drop those who did not come back in time."""
    connection.execute(sa.delete(oidc_request).where(oidc_request.c.expires_at < now))
