"""Hours of service of a unit, by the day from which they hold."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage.tables import opening_hours, unit


def put(connection: Connection, unit_id: int, valid_from: date, week: str) -> None:
    """Store the hours that hold from that day on, in the place of others from the same day."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(opening_hours).values(unit_id=unit_id, valid_from=valid_from, week=week)
    statement = statement.on_conflict_do_update(
        index_elements=["unit_id", "valid_from"], set_={"week": statement.excluded.week}
    )
    connection.execute(statement)


def remove(connection: Connection, unit_id: int, valid_from: date) -> None:
    c = opening_hours.c
    connection.execute(sa.delete(opening_hours).where(c.unit_id == unit_id, c.valid_from == valid_from))


def of_unit(connection: Connection, unit_id: int) -> tuple[str, list[tuple[date, str]]]:
    """The unit's time zone, and its hours of service by the day they hold from, the oldest first."""
    c = opening_hours.c
    query = sa.select(unit.c.time_zone, c.valid_from, c.week).outerjoin(opening_hours)
    rows = connection.execute(query.where(unit.c.id == unit_id).order_by(c.valid_from)).all()
    return rows[0].time_zone, [(row.valid_from, row.week) for row in rows if row.week is not None]
