"""What is known of answers that came from files: whose they are, and which of them have no date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import response, unit

#: Written out, as only then the databases see that the index of undated answers has them all.
_UNDATED = response.c.time_source == sa.literal_column("'period'")
#: The first 48 bits of a UUIDv7: its moment in milliseconds. SQLite keeps ids without hyphens.
_ID_MOMENT = sa.func.substr(sa.func.replace(sa.cast(response.c.id, sa.String), "-", ""), 1, 12)
#: Ids asked for at a time; a statement takes only so many values.
_TOGETHER = 500


@dataclass(frozen=True)
class UndatedRows:
    """Rows of one file without a date: the moment their ids begin with, and the month they lie in."""

    client: str | None
    milliseconds: int
    month: int
    n: int


@dataclass(frozen=True)
class ImportedSheet:
    """A sheet that came from a file; `undated` when it stands in the last month of a period."""

    client: str | None
    answered_at: datetime
    undated: bool
    instrument: str
    scores: str
    comment: str | None


@dataclass(frozen=True)
class UndatedCell:
    """Answers without a date of a service's month, to one questionnaire."""

    month: int
    service_id: int
    instrument: str
    n: int


def lock(connection: Connection, unit_id: int) -> None:
    """Let imports for one unit come after one another; answers of its citizens do not wait."""
    row = sa.select(unit.c.id).where(unit.c.id == unit_id)
    connection.execute(row.with_for_update(key_share=True))


def undated_rows(connection: Connection, unit_id: int) -> list[UndatedRows]:
    """All of a unit's undated rows, counted by file, moment of their ids and month."""
    c = response.c
    keys = c.client_id, _ID_MOMENT.label("moment"), c.month
    query = sa.select(*keys, sa.func.count()).where(c.unit_id == unit_id, _UNDATED).group_by(*keys)
    return [
        UndatedRows(client, int(moment, 16), int(month), int(n))
        for client, moment, month, n in connection.execute(query)
    ]


def undated_cells(connection: Connection, unit_id: int, months: tuple[int, int]) -> list[UndatedCell]:
    """How many answers of a unit have no date, in an inclusive range of months."""
    c = response.c
    keys = c.month, c.service_id, c.instrument
    query = sa.select(*keys, sa.func.count()).where(c.unit_id == unit_id, c.month.between(*months), _UNDATED)
    return [UndatedCell(*row) for row in connection.execute(query.group_by(*keys))]


def stored_scores(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Instrument and scores of those of `ids` that are stored."""
    c, found = response.c, dict[UUID, tuple[str, str]]()
    for start in range(0, len(ids), _TOGETHER):
        part = sa.select(c.id, c.instrument, c.scores).where(c.id.in_(ids[start : start + _TOGETHER]))
        found.update({row.id: (row.instrument, row.scores) for row in connection.execute(part)})
    return found


def clients(
    connection: Connection, unit_id: int, months: tuple[int, int], channel: str
) -> Mapping[str | None, int]:
    """Responses of a unit in an inclusive range of months that came by `channel`, by client."""
    c = response.c
    query = (
        sa.select(c.client_id, sa.func.count())
        .where(c.unit_id == unit_id, c.month.between(*months), c.channel == channel)
        .group_by(c.client_id)
    )
    return {client: int(times) for client, times in connection.execute(query)}


def sheets(
    connection: Connection, unit_id: int, months: Collection[int], channel: str, but: str
) -> list[ImportedSheet]:
    """A unit's sheets that stand in `months` and came by `channel`, from other clients than `but`."""
    c = response.c
    columns = c.client_id, c.answered_at, _UNDATED, c.instrument, c.scores, c.comment
    query = sa.select(*columns).where(
        c.unit_id == unit_id, c.month.in_(months), c.channel == channel, c.client_id != but
    )
    return [ImportedSheet(*row) for row in connection.execute(query)]


@dataclass(frozen=True)
class Mark:
    """A place in the order of what is stored, and how much of a unit's imports already stood behind it."""

    place: int
    behind: int


def mark(connection: Connection, unit_id: int, channel: str) -> Mark:
    """What `is_unchanged` compares with: to be taken in the snapshot that a decision is made on."""
    newest = "SELECT coalesce(max(seq), 0) FROM response"
    # On PostgreSQL rows can commit out of order: below this transaction every one has ended.
    ended = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    on_sqlite = connection.dialect.name == "sqlite"
    place = int(connection.execute(sa.text(newest if on_sqlite else ended)).scalar_one())
    return Mark(place, _behind(connection, unit_id, channel, place))


def is_unchanged(connection: Connection, unit_id: int, channel: str, before: Mark) -> bool:
    """Whether nothing came for the unit by `channel` since `before`, which needs no reading of all of it."""
    return _behind(connection, unit_id, channel, before.place) == before.behind


def _behind(connection: Connection, unit_id: int, channel: str, place: int) -> int:
    c = response.c
    later = c.seq > place if connection.dialect.name == "sqlite" else c.xid >= place
    query = sa.select(sa.func.count()).where(later, c.unit_id == unit_id, c.channel == channel)
    return int(connection.execute(query).scalar_one())
