"""How often somebody was refused in the running hour, by the clock of the database."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage import audit
from survey_app.storage.tables import refusal_count

_FORGOTTEN_AFTER = timedelta(days=1)


def count(connection: Connection, *names: str) -> list[int]:
    """One more under each name; how many that makes in this hour. What is older than a day goes."""
    now = audit.now(connection)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    counted = []
    for name in names:
        # Hashed: a list of them would name accounts and addresses.
        key = hashlib.sha256(f"{now:%Y-%m-%d %H}\n{name}".encode()).hexdigest()
        new = dialect.insert(refusal_count).values(key=key, refusals=1, last_at=now)
        more = {"refusals": refusal_count.c.refusals + 1, "last_at": now}
        kept = new.on_conflict_do_update(index_elements=["key"], set_=more)
        counted.append(int(connection.execute(kept.returning(refusal_count.c.refusals)).scalar_one()))
    if 1 in counted:
        old = refusal_count.c.last_at < now - _FORGOTTEN_AFTER
        connection.execute(sa.delete(refusal_count).where(old))
    return counted
