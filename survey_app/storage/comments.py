"""What citizens wrote, for taking out of it later what should not have been kept.

Everything else in a response is guarded by triggers; they leave the comment alone for this (migration 0001).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from survey_app.storage.tables import response

_logger = logging.getLogger(__name__)
#: Seconds between two tries to empty the log: a page reads for less than a second, a report for some.
_PAUSES = (0.1,) * 20 + (1.0,) * 28


def written_after(connection: Connection, seq: int, limit: int) -> dict[int, str]:
    """The next comments after the response of that number, by the number of theirs, `limit` at most."""
    c = response.c
    query = sa.select(c.seq, c.comment).where(c.seq > seq, c.comment.is_not(None)).order_by(c.seq)
    return {int(number): str(text) for number, text in connection.execute(query.limit(limit))}


def replace(connection: Connection, texts: Mapping[int, str]) -> None:
    """Write `texts` in the place of the comments with those numbers."""
    statement = (
        sa.update(response).where(response.c.seq == sa.bindparam("of")).values(comment=sa.bindparam("new"))
    )
    connection.execute(statement, [{"of": seq, "new": text} for seq, text in texts.items()])


def empty_log(engine: Engine, stopping: threading.Event | None = None) -> bool:
    """Leave nothing of what was replaced in SQLite's write-ahead log; False, with a warning, where it stands.

    It must not wait inside SQLite, where whoever writes would wait as long: it tries, and tries again while
    somebody reads, until `stopping` is set.
    """
    if engine.dialect.name != "sqlite":
        return True
    stopping = stopping or threading.Event()
    for pause in _PAUSES:
        if _truncated(engine):
            return True
        if stopping.wait(pause):
            break
    _logger.warning("What was emptied still stands in the log of the database, as somebody reads from it")
    return False


def _truncated(engine: Engine) -> bool:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute("PRAGMA busy_timeout=0")
        try:
            (busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            driver.execute(f"PRAGMA busy_timeout={patience}")
    return not busy
