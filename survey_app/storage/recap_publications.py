"""Published recaps of agencies and of the province: appended as the next version, never altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.publications import StoredPublication
from survey_app.storage.tables import publication, recap_publication

#: Two who publish at once wait for each other, so that they get two numbers.
_LOCK = 0x524B50


@dataclass(frozen=True)
class RecapHeading:
    """What a published version is of; `agency` is empty for the province."""

    agency: str
    period: str
    version: int
    published_at: datetime
    sha256: str


def append(
    connection: Connection, agency: str, period: str, published_at: datetime, snapshot: str, sha256: str
) -> StoredPublication:
    """Store `snapshot` as the next version; `agency` is empty for the province."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    c = recap_publication.c
    mine = (c.agency == agency) & (c.period == period)
    last = connection.execute(sa.select(sa.func.max(c.version)).where(mine)).scalar()
    new = StoredPublication(period, (last or 0) + 1, published_at, snapshot, sha256)
    values = {"agency": agency, **{name: getattr(new, name) for name in new.__dataclass_fields__}}
    connection.execute(sa.insert(recap_publication).values(values))
    return new


def versions(connection: Connection, agency: str, period: str) -> list[StoredPublication]:
    """What was published of one period, the oldest first."""
    c = recap_publication.c
    query = sa.select(c.period, c.version, c.published_at, c.snapshot, c.sha256)
    rows = connection.execute(query.where(c.agency == agency, c.period == period).order_by(c.version))
    return [StoredPublication(*row) for row in rows]


def all_headings(connection: Connection) -> list[RecapHeading]:
    """Every published recap, the oldest first."""
    c = recap_publication.c
    query = sa.select(c.agency, c.period, c.version, c.published_at, c.sha256).order_by(c.id)
    return [RecapHeading(*row) for row in connection.execute(query)]


def of_heading(connection: Connection, heading: RecapHeading) -> StoredPublication:
    """The published version that a heading names."""
    found = versions(connection, heading.agency, heading.period)
    return next(stored for stored in found if stored.version == heading.version)


def state(connection: Connection) -> tuple[int, int]:
    """The last publication of a unit and of a recap, 0 without any: while both stay, nothing is added."""
    last = (sa.func.coalesce(sa.func.max(table.c.id), 0) for table in (publication, recap_publication))
    units, recaps = connection.execute(sa.select(*(sa.select(n).scalar_subquery() for n in last))).one()
    return int(units), int(recaps)
