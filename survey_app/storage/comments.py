"""What citizens wrote, for taking out of it later what should not have been kept.

Everything else in a response is guarded by triggers; they leave the comment alone for this (migration 0001).
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from survey_app.storage.tables import response


def written_after(connection: Connection, seq: int, limit: int) -> dict[int, str]:
    """The next comments after the response of that number, by the number of theirs, `limit` at most."""
    c = response.c
    query = sa.select(c.seq, c.comment).where(c.seq > seq, c.comment.is_not(None)).order_by(c.seq)
    return {int(number): str(text) for number, text in connection.execute(query.limit(limit))}


def replace(connection: Connection, texts: Mapping[int, str]) -> None:
    """Write `texts` in the place of the comments with those numbers; SQLite overwrites what stood there."""
    overwrite(connection)
    statement = (
        sa.update(response).where(response.c.seq == sa.bindparam("of")).values(comment=sa.bindparam("new"))
    )
    connection.execute(statement, [{"of": seq, "new": text} for seq, text in texts.items()])


def overwrite(connection: Connection) -> None:
    """Have SQLite overwrite what is replaced from here on, instead of leaving it in the file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def empty_log(engine: Engine) -> None:
    """Leave nothing of what was replaced in SQLite's write-ahead log, if nobody reads from it just now."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
