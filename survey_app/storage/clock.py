"""The newest moment at which an answer arrived, by the clock of then, and which do not count any more."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import clock_acceptance, response

#: Answers looked at, from the last one back: they are not stored in the order of several servers' clocks.
_LAST = 1_000


def newest(connection: Connection) -> datetime | None:
    """The newest arrival of the last answers, or when a clock was accepted since; None without either."""
    a, r = clock_acceptance.c, response.c
    accepted = connection.execute(sa.select(a.accepted_at, a.seq).order_by(a.id.desc()).limit(1)).first()
    since = 0 if accepted is None else accepted.seq
    last = sa.select(r.received_at).where(r.seq > since).order_by(r.seq.desc()).limit(_LAST).subquery()
    arrived = connection.execute(sa.select(sa.func.max(last.c.received_at))).scalar_one()
    return max((m for m in (arrived, accepted and accepted.accepted_at) if m is not None), default=None)


def accept(connection: Connection, now: datetime) -> None:
    """From now on only this moment counts, and what arrives after it."""
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(response.c.seq), 0))).scalar_one()
    connection.execute(sa.insert(clock_acceptance).values(accepted_at=now, seq=last))
