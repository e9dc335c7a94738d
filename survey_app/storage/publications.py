"""Published snapshots: appended as the next version of their unit's period, never altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql

from survey_app.errors import StorageError
from survey_app.storage.availability import told_plainly
from survey_app.storage.tables import publication, unit
from survey_app.text import Text


@dataclass(frozen=True)
class StoredPublication:
    """One published version; `snapshot` is the text whose SHA-256 is `sha256`."""

    period: str
    version: int
    published_at: datetime
    snapshot: str
    sha256: str


@dataclass(frozen=True)
class Heading:
    """What a published version is of; its snapshot is read when it is needed."""

    unit: str
    period: str
    version: int
    published_at: datetime
    sha256: str


def append(
    connection: Connection, unit_id: int, period: str, published_at: datetime, snapshot: str, sha256: str
) -> StoredPublication:
    """Store `snapshot` as the next version; two at once get two numbers."""
    # The unit's row is the lock under which the next number is taken.
    connection.execute(sa.select(unit.c.id).where(unit.c.id == unit_id).with_for_update())
    of_period = (publication.c.unit_id == unit_id) & (publication.c.period == period)
    last = connection.execute(sa.select(sa.func.max(publication.c.version)).where(of_period)).scalar()
    new = StoredPublication(period, (last or 0) + 1, published_at, snapshot, sha256)
    values = {"unit_id": unit_id, **{name: getattr(new, name) for name in new.__dataclass_fields__}}
    connection.execute(sa.insert(publication).values(values))
    return new


def versions(connection: Connection, unit_id: int, period: str | None = None) -> list[StoredPublication]:
    """What a unit has published, in one period or in all, the oldest first."""
    c = publication.c
    query = sa.select(c.period, c.version, c.published_at, c.snapshot, c.sha256).where(c.unit_id == unit_id)
    if period is not None:
        query = query.where(c.period == period)
    rows = connection.execute(query.order_by(c.published_at, c.id))
    return [StoredPublication(*row) for row in rows]


def headings(connection: Connection, unit_code: str | None = None) -> list[Heading]:
    """What has been published, by one unit or all, the oldest first."""
    c = publication.c
    query = sa.select(unit.c.code, c.period, c.version, c.published_at, c.sha256).join(unit)
    if unit_code is not None:
        query = query.where(unit.c.code == unit_code)
    return [Heading(*row) for row in connection.execute(query.order_by(c.id))]


def of_heading(connection: Connection, heading: Heading) -> StoredPublication:
    """The published version that a heading names."""
    return StoredPublication(*connection.execute(_version(), _named(heading)).one())


def people(connection: Connection, heading: Heading) -> tuple[str, int]:
    """The questionnaire of a published version, and how many answered it.

    Raises: StorageError `snapshot-unreadable` when the stored text does not say it.
    """
    ref, n = _inside_of(connection, _people(connection.dialect.name), heading)
    return str(ref), int(n)


def files(connection: Connection, heading: Heading) -> str | None:
    """The files that a published version counts, as JSON; None where it does not say."""
    found: str | None = connection.execute(_files(connection.dialect.name), _named(heading)).scalar()
    return found


def respondents(connection: Connection, heading: Heading) -> str:
    """The counts of profiles in a published version, as JSON. Raises: as `people`."""
    (counts,) = _inside_of(connection, _respondents(connection.dialect.name), heading)
    return str(counts)


def sums(connection: Connection, heading: Heading) -> str:
    """The sums of the answers in a published version, as hexadecimal digits. Raises: as `people`."""
    (found,) = _inside_of(connection, _sums(connection.dialect.name), heading)
    return str(found)


def _inside_of(
    connection: Connection, query: sa.Select[Any, Any] | sa.Select[Any], heading: Heading
) -> tuple[Any, ...]:
    """What a query finds inside a snapshot; every value must be there."""
    try:
        # A database that is away is not a damaged snapshot.
        with told_plainly():
            found = tuple(connection.execute(query, _named(heading)).one())
    except sa.exc.DBAPIError:
        found = (None,)
    if None in found:
        text = Text(
            "Publikasi {of} tidak dapat dibaca. Hubungi admin.",
            "The publication {of} cannot be read. Ask the administrator.",
        )
        raise StorageError("snapshot-unreadable", text.format(of=f"{heading.unit} {heading.period}"))
    return found


def _named(heading: Heading) -> dict[str, str | int]:
    return {"of_unit": heading.unit, "of_period": heading.period, "of_version": heading.version}


# They are built once: the public results of a province read hundreds of versions, one by one.
@cache
def _version() -> sa.Select[str, int, datetime, str, str]:
    c = publication.c
    query = sa.select(c.period, c.version, c.published_at, c.snapshot, c.sha256)
    return query.join_from(publication, unit).where(*_name())


@cache
def _people(dialect: str) -> sa.Select[str, int]:
    n = sa.cast(_inside(dialect, _N), sa.Integer)
    query = sa.select(_inside(dialect, ("instrument", "ref")), n)
    return query.join_from(publication, unit).where(*_name())


@cache
def _files(dialect: str) -> sa.Select[str]:
    query = sa.select(_inside(dialect, ("files",)))
    return query.join_from(publication, unit).where(*_name())


@cache
def _respondents(dialect: str) -> sa.Select[str]:
    query = sa.select(_inside(dialect, ("respondents",)))
    return query.join_from(publication, unit).where(*_name())


@cache
def _sums(dialect: str) -> sa.Select[str]:
    query = sa.select(_inside(dialect, ("trend", "-1", "moments")))
    return query.join_from(publication, unit).where(*_name())


def _name() -> tuple[sa.ColumnElement[bool], ...]:
    c, given = publication.c, sa.bindparam
    return unit.c.code == given("of_unit"), c.period == given("of_period"), c.version == given("of_version")


#: Where a snapshot has its number of people: in the last period of the trend.
_N = ("trend", "-1", "official", "n")


def _inside(dialect: str, path: tuple[str, ...]) -> sa.ColumnElement[str]:
    """A value inside the snapshot's JSON, read by the database."""
    if dialect == "sqlite":
        steps = "".join("[#-1]" if step == "-1" else f".{step}" for step in path)
        return sa.func.json_extract(publication.c.snapshot, f"${steps}")
    return sa.func.jsonb_extract_path_text(sa.cast(publication.c.snapshot, postgresql.JSONB), *path)
