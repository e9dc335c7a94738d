"""Entries on who did what: appended, read page by page, the newest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import agency, audit, unit


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What is written of a thing done or refused; see the table."""

    role: str
    action: str
    refused: bool
    agency: str
    unit: str
    what: str
    before: str | None
    who: str | None
    network: str | None


@dataclass(frozen=True, kw_only=True)
class Entry(NewEntry):
    """An entry as it stands; `at` by the clock of the database."""

    id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries are read; what is empty or None restricts nothing. `since` included, `until` not.

    What was done at a unit is of its agency too.
    """

    who: str = ""
    actions: Collection[str] = ()
    agency: str = ""
    unit: str = ""
    refused: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    #: Only older ones than the entry with this id: where the page before ended.
    below: int | None = None

    def older_than(self, entry_id: int | None) -> Wanted:
        """The same, below another entry."""
        return replace(self, below=entry_id)


_C = audit.c


def append(connection: Connection, new: NewEntry) -> None:
    connection.execute(sa.insert(audit).values(at=_now(connection), **vars(new)))


def read(connection: Connection, wanted: Wanted, limit: int | None) -> list[Entry]:
    """The newest first, `limit` at most."""
    query = sa.select(audit).where(*_conditions(wanted)).order_by(_C.id.desc()).limit(limit)
    return [Entry(**row) for row in connection.execute(query).mappings()]


def count_named(connection: Connection, before: datetime) -> int:
    """How many entries from before a moment still say who, or from where."""
    query = sa.select(sa.func.count()).select_from(audit).where(*_named(before))
    return int(connection.execute(query).scalar_one())


def forget_who(connection: Connection, before: datetime, limit: int) -> int:
    """Empty who and from where in the oldest entries from before a moment, `limit` at most; how many."""
    oldest = sa.select(_C.id).where(*_named(before)).order_by(_C.id).limit(limit)
    change = sa.update(audit).where(_C.id.in_(oldest)).values(who=None, network=None)
    return int(connection.execute(change).rowcount)


def _named(before: datetime) -> list[sa.ColumnElement[bool]]:
    return [_C.at < before, _C.who.is_not(None) | _C.network.is_not(None)]


def now(connection: Connection) -> datetime:
    """The moment by which entries are written."""
    moment: datetime = connection.execute(
        sa.select(sa.type_coerce(_now(connection), _C.at.type))
    ).scalar_one()
    return moment


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.who:
        found.append(_C.who.icontains(wanted.who, autoescape=True))
    if wanted.actions:
        found.append(_C.action.in_(list(wanted.actions)))
    if wanted.agency:
        # A change that was given the code of a unit alone is written down with that code alone.
        agencies = sa.select(agency.c.id).where(agency.c.code == wanted.agency)
        units = sa.select(unit.c.code).where(unit.c.agency_id.in_(agencies))
        found.append(sa.or_(_C.agency == wanted.agency, _C.unit.in_(units)))
    if wanted.unit:
        found.append(_C.unit == wanted.unit)
    if wanted.refused is not None:
        found.append(_C.refused == wanted.refused)
    if wanted.since is not None:
        found.append(_C.at >= wanted.since)
    if wanted.until is not None:
        found.append(_C.at < wanted.until)
    if wanted.below is not None:
        found.append(_C.id < wanted.below)
    return found


def _now(connection: Connection) -> sa.ColumnElement[datetime]:
    """The moment by the database; SQLite's own word for it has whole seconds only, so it is spelled out."""
    now = sa.func.clock_timestamp()
    if connection.dialect.name == "sqlite":
        now = sa.func.strftime("%Y-%m-%d %H:%M:%f000", "now")
    return now
