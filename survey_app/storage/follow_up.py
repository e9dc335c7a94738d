"""Follow-up actions: every change is a revision, appended; the last one is how the action stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import agency as agency_table
from survey_app.storage.tables import follow_up, unit


@dataclass(frozen=True)
class StoredAction:
    """One revision of an action; the first has number 1. `role` is in which role it was written."""

    action: UUID
    revision: int
    unit_id: int
    period: str
    unsur: str
    plan: str
    responsible: str
    due: str
    status: str
    realisation: str
    evidence: str
    said_id: str
    said_en: str
    mended_id: str
    mended_en: str
    published: bool
    role: str
    changed_at: datetime


@dataclass(frozen=True)
class Past:
    """Which revisions are asked for: of these units, older than the row `below`; empty is all."""

    unit_ids: Collection[int]
    unsur: str = ""
    status: str = ""
    below: int | None = None


@dataclass(frozen=True)
class Due:
    """Actions that were to be done in a quarter before `before` (2026-TW4), and have one of `statuses`."""

    before: str
    statuses: tuple[str, ...]


_COLUMNS = tuple(follow_up.c[name] for name in StoredAction.__dataclass_fields__)


_later, _first = follow_up.alias("later"), follow_up.alias("first")
#: No other revision of the action comes after it; the numbers have an index.
_IS_LAST = ~sa.exists().where(
    _later.c.action == follow_up.c.action, _later.c.revision == follow_up.c.revision + 1
)
_FIRST = (
    sa.select(_first.c.id)
    .where(_first.c.action == follow_up.c.action, _first.c.revision == 1)
    .scalar_subquery()
    .label("first")
)


def append(connection: Connection, new: StoredAction) -> bool:
    """Append a revision; False when another one took its number meanwhile.

    The unit's row is the lock under which the number is looked up.
    """
    connection.execute(sa.select(unit.c.id).where(unit.c.id == new.unit_id).with_for_update())
    last = sa.select(sa.func.max(follow_up.c.revision)).where(follow_up.c.action == new.action)
    if (connection.execute(last).scalar() or 0) != new.revision - 1:
        return False
    connection.execute(sa.insert(follow_up).values(vars(new)))
    return True


def revisions(connection: Connection, unit_id: int) -> list[StoredAction]:
    """Every revision of a unit's actions, in the order they were written."""
    query = sa.select(*_COLUMNS).where(follow_up.c.unit_id == unit_id).order_by(follow_up.c.id)
    return [StoredAction(*row) for row in connection.execute(query)]


def past(connection: Connection, wanted: Past, limit: int) -> list[tuple[int, StoredAction]]:
    """The newest `limit` revisions that are asked for, each with the number of its row."""
    c = follow_up.c
    query = sa.select(c.id, *_COLUMNS).where(c.unit_id.in_(wanted.unit_ids))
    if wanted.unsur:
        query = query.where(c.unsur == wanted.unsur)
    if wanted.status:
        query = query.where(c.status == wanted.status)
    if wanted.below is not None:
        query = query.where(c.id < wanted.below)
    rows = connection.execute(query.order_by(c.id.desc()).limit(limit))
    return [(row[0], StoredAction(*row[1:])) for row in rows]


def before(connection: Connection, rows: Collection[int]) -> dict[UUID, dict[int, StoredAction]]:
    """The revision that came before each of these rows, by action and by its own number."""
    c, after = follow_up.c, _later.c
    query = sa.select(*_COLUMNS).where(
        after.id.in_(rows), c.action == after.action, c.revision == after.revision - 1
    )
    found: dict[UUID, dict[int, StoredAction]] = {}
    for row in connection.execute(query):
        stored = StoredAction(*row)
        found.setdefault(stored.action, {})[stored.revision] = stored
    return found


def standing(connection: Connection, unit_ids: Collection[int], due: Due | None = None) -> list[StoredAction]:
    """How the actions of these units stand: of each its last revision, in the order they were first written.

    Args:
        due: only these.
    """
    query = sa.select(*_COLUMNS, _FIRST).where(_IS_LAST, follow_up.c.unit_id.in_(unit_ids))
    if due is not None:
        query = query.where(*_due(due))
    rows = connection.execute(query.order_by(_FIRST)).all()
    return [StoredAction(*row[:-1]) for row in rows]


def count_due(connection: Connection, due: Due, agency: str | None, unit_code: str | None) -> int:
    """How many there are of the units that are meant by code; None is no restriction."""
    query = sa.select(sa.func.count()).select_from(follow_up).where(_IS_LAST, *_due(due))
    if unit_code is not None:
        meant = sa.select(unit.c.id).where(unit.c.code == unit_code)
        query = query.where(follow_up.c.unit_id.in_(meant))
    if agency is not None:
        of_agency = sa.select(unit.c.id).join(agency_table).where(agency_table.c.code == agency)
        query = query.where(follow_up.c.unit_id.in_(of_agency))
    return int(connection.execute(query).scalar_one())


def first_running(
    connection: Connection, unit_ids: Collection[int], statuses: Collection[str]
) -> dict[UUID, datetime]:
    """When each action of these units first had one of `statuses`; without those that never had."""
    c = follow_up.c
    query = sa.select(c.action, sa.func.min(c.changed_at)).where(
        c.unit_id.in_(unit_ids), c.status.in_(statuses)
    )
    return {row[0]: row[1] for row in connection.execute(query.group_by(c.action))}


def done_since(connection: Connection, unit_ids: Collection[int], status: str) -> dict[UUID, datetime]:
    """Since when each action of these units has `status` without a break; without those that have another."""
    c, last = follow_up.c, _later.c
    otherwise = sa.exists().where(last.action == c.action, last.revision > c.revision, last.status != status)
    query = sa.select(c.action, sa.func.min(c.changed_at)).where(
        c.unit_id.in_(unit_ids), c.status == status, ~otherwise
    )
    return {row[0]: row[1] for row in connection.execute(query.group_by(c.action))}


def _due(due: Due) -> tuple[sa.ColumnElement[bool], ...]:
    c = follow_up.c
    return c.due != "", c.due < due.before, c.status.in_(due.statuses)
