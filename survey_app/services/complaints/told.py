"""What the holder of a receipt is told of what became of a comment. Never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from survey_app.services.complaints import decision as decisions
from survey_app.services.complaints.decision import State
from survey_app.services.follow_up import plans
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import complaints as storage
from survey_app.storage.database import Database
from survey_app.text import Text


@dataclass(frozen=True)
class Told:
    """How far a comment is.

    Attributes:
        state: never NEW: whether there is a comment at all, nobody is told before somebody looked at it.
        on: the day of the last step, by the unit's clock.
        reply: what the office answers; None without an answer.
        mended: what was mended, where the office shows it to everybody; None otherwise.
    """

    state: State
    on: date
    reply: Text | None
    mended: Text | None


def of_receipt(database: Database, entry: UnitEntry, response_id: UUID) -> Told | None:
    """What became of the comment in a response to `entry`; None while nobody looked at it."""
    with database.look() as connection:
        step = storage.of_response(connection, entry.unit.id, response_id)
    if step is None:
        return None
    standing = decisions.read(step)
    decision, action = standing.decision, None
    # Of what turned out to be no complaint nothing was improved, whatever it had been part of.
    if decision.action is not None and decision.state is not State.NO_COMPLAINT:
        registered = plans.registered_of_units(database, [entry])
        action = next((r.action for _, r in registered if r.id == decision.action), None)
    return Told(
        state=decision.state,
        on=step.changed_at.astimezone(ZoneInfo(entry.unit.time_zone)).date(),
        reply=decision.reply if decision.reply.id else None,
        mended=action.pair.mended if action is not None and action.published else None,
    )
