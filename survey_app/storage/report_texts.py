"""Drafts of report texts: what a unit wrote in place of a passage, until it goes back to the data's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage.tables import report_text


@dataclass(frozen=True)
class StoredText:
    """A passage as the unit wrote it. `data` is the fingerprint of what it was written on."""

    language: str
    passage: str
    text: str
    data: str
    role: str
    changed_at: datetime


_KEY = ("unit_id", "period", "language", "passage")
_COLUMNS = tuple(report_text.c[name] for name in StoredText.__dataclass_fields__)


def put(connection: Connection, unit_id: int, period: str, new: StoredText) -> None:
    """Write a draft, over the one before."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(report_text).values(unit_id=unit_id, period=period, **vars(new))
    written = {name: statement.excluded[name] for name in ("text", "data", "role", "changed_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=written))


def remove(connection: Connection, unit_id: int, period: str, language: str, passage: str) -> None:
    """Forget a draft."""
    c = report_text.c
    mine = (c.unit_id == unit_id, c.period == period, c.language == language, c.passage == passage)
    connection.execute(sa.delete(report_text).where(*mine))


def of_period(connection: Connection, unit_id: int, period: str) -> list[StoredText]:
    """The drafts of a unit's period."""
    c = report_text.c
    query = sa.select(*_COLUMNS).where(c.unit_id == unit_id, c.period == period)
    return [StoredText(*row) for row in connection.execute(query.order_by(c.language, c.passage))]
