"""Whom a session views the pages as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import account_view


@dataclass(frozen=True, kw_only=True)
class StoredView:
    """See the table; `role_id` is None once that role was taken back."""

    account_id: int
    role_id: int | None
    until: datetime


def begin(connection: Connection, session_id: str, view: StoredView) -> None:
    """View as somebody, in place of whom the session viewed as before."""
    end(connection, session_id)
    connection.execute(sa.insert(account_view).values(session_id=session_id, **vars(view)))


def find(connection: Connection, session_id: str) -> StoredView | None:
    c = account_view.c
    query = sa.select(c.account_id, c.role_id, c.until).where(c.session_id == session_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else StoredView(**row)


def end(connection: Connection, session_id: str) -> bool:
    """Whether there was one to end: of two at once only one ended it."""
    ended = sa.delete(account_view).where(account_view.c.session_id == session_id)
    return connection.execute(ended).rowcount > 0
