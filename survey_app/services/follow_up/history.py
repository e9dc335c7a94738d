"""What was changed about the actions of many units, the newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.services.follow_up import actions, plans
from survey_app.services.follow_up.actions import Status
from survey_app.services.follow_up.plans import Registered
from survey_app.services.places import permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import follow_up as storage
from survey_app.storage.database import Database
from survey_app.storage.follow_up import Past

#: Revisions of a page.
ROWS = 25
#: No row has a higher number: what an address asks beyond it is asked of none.
_MOST = 2**31 - 1


@dataclass(frozen=True)
class Change:
    """A revision of an action; `changed` names what differs from the one before, nothing for the first."""

    entry: UnitEntry
    registered: Registered
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """A page; `older` is where the next one begins, None at the end."""

    changes: tuple[Change, ...]
    older: int | None


@asked(permissions.Action.SEE_FOLLOW_UP)
def changes(
    database: Database,
    acting: Acting,
    entries: Sequence[UnitEntry],
    unsur: str = "",
    status: Status | None = None,
    below: int | None = None,
) -> Changes:
    """The revisions of the actions of those `entries` that lie within one's scope, the newest first.

    Args:
        unsur: only of this unsur, by its key; empty is all.
        status: only revisions that have it.
        below: begin below this row, which an earlier page named as `older`.

    Raises: Refused `role-refused`.
    """
    acting.require_action(permissions.Action.SEE_FOLLOW_UP)
    mine = {entry.unit.id: entry for entry in entries if acting.scope.covers(entry)}
    start = None if below is None else min(below, _MOST)
    wanted = Past(mine, unsur, "" if status is None else status.value, start)
    with database.read() as connection:
        # One more than is shown tells whether there is another page.
        rows = storage.past(connection, wanted, ROWS + 1)
        shown = rows[:ROWS]
        earlier = storage.before(connection, [row for row, _ in shown])
    found = []
    for _, stored in shown:
        former = earlier.get(stored.action, {}).get(stored.revision - 1)
        now = plans.from_stored(stored)
        changed = () if former is None else _changed(plans.from_stored(former), now)
        found.append(Change(mine[stored.unit_id], now, changed))
    return Changes(tuple(found), shown[-1][0] if len(rows) > ROWS else None)


def _changed(before: Registered, now: Registered) -> tuple[str, ...]:
    former = actions.as_data(before.action)
    return tuple(name for name, value in actions.as_data(now.action).items() if former[name] != value)
