"""Follow-up actions: every change is a revision, appended; the last one is how the action stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

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


_COLUMNS = tuple(follow_up.c[name] for name in StoredAction.__dataclass_fields__)


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
