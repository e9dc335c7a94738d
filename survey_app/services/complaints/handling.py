"""Deciding about complaints: looked at, taken up, answered, or no complaint after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics import Period
from survey_app import instruments
from survey_app.errors import Conflict, Problem, Refused
from survey_app.services.complaints import decision as decisions
from survey_app.services.complaints.decision import Decision, Seen, State
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import OPEN as OPEN_ACTIONS
from survey_app.services.follow_up.actions import Action
from survey_app.services.follow_up.plans import Registered
from survey_app.services.places import catalogue, permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import complaints as storage
from survey_app.storage.complaints import StoredStep
from survey_app.storage.database import Database
from survey_app.text import Text

OUTDATED = Text(
    "Keluhan ini baru saja diubah orang lain, atau sudah tidak ada; muat ulang, lalu ubah lagi.",
    "Somebody has just changed this complaint, or it is gone; reload the page and make the change again.",
)

#: All months there are.
_EVER = (0, 999_912)
UNSUR_UNKNOWN = Problem.of(
    "unsur-unknown", "unsur", "Unsur tidak dikenal.", "There is no such service element."
)


@audited(permissions.Action.CHANGE_FOLLOW_UP, "decision.state", "decision.owner")
def decide(
    database: Database,
    acting: Acting,
    unit_code: str,
    seen: Sequence[Seen],
    decision: Decision,
    now: datetime,
) -> None:
    """Decide about complaints of a unit, all of them or none. A double tap decides once.

    Raises:
        Conflict: `complaint-outdated` when one was changed since, or is gone.
        Refused: `input-refused` with everything that is wrong, `role-refused`, `scope-refused`.
        NotFound: `unit-unknown`, `follow-up-unknown`.
    """
    entry = catalogue.required(database, acting, unit_code, permissions.Action.CHANGE_FOLLOW_UP)
    tidy = decisions.checked(decision)
    if tidy.action is not None and _registered(database, entry, tidy.action) is None:
        raise plans.unknown_action()
    steps = [
        StoredStep(
            unit_id=entry.unit.id,
            seq=each.seq,
            turn=each.turn + 1,
            state=tidy.state.value,
            owner=tidy.owner,
            reply_id=tidy.reply.id,
            reply_en=tidy.reply.en,
            action=tidy.action,
            role=acting.role.value,
            changed_at=now,
        )
        for each in dict.fromkeys(seen)
    ]
    if not steps or database.write(lambda connection: storage.append(connection, entry.unit.id, steps)):
        return
    if not _stand_already(database, entry, steps):
        raise Conflict("complaint-outdated", OUTDATED)


@audited(permissions.Action.CHANGE_FOLLOW_UP, "unsur", "decision.owner")
def take_up(
    database: Database,
    acting: Acting,
    unit_code: str,
    seen: Sequence[Seen],
    unsur: str,
    decision: Decision,
    now: datetime,
) -> Registered:
    """Make a follow-up action of complaints about an unsur, and let them stand as taken up by it.

    What is under way for the unsur in this quarter is taken; else a draft is begun. Where the complaints were
    changed since, the draft stays: the next try finds it.

    Args:
        decision: with the owner and the reply; its state and action are set here.

    Raises: as `decide`.
    """
    entry = catalogue.required(database, acting, unit_code, permissions.Action.CHANGE_FOLLOW_UP)
    if unsur not in instruments.get(entry.unit.instrument).keys:
        raise Refused.entries([UNSUR_UNKNOWN])
    decisions.checked(replace(decision, state=State.TAKEN_UP))
    period = Period.containing(now.astimezone(ZoneInfo(entry.unit.time_zone)).date(), "quarter")
    registered = _under_way(database, entry, period, unsur) or _begun(
        database, acting, entry, period, unsur, now
    )
    taken = replace(decision, state=State.TAKEN_UP, action=registered.id)
    decide(database, acting, unit_code, seen, taken, now)
    return registered


def _standing(database: Database, entry: UnitEntry) -> dict[int, StoredStep]:
    """The last step of every comment of a unit that has one."""
    with database.read() as connection:
        stored = storage.standing(connection, [entry.unit.id], _EVER, ())
    return {step.seq: step for _, step in stored}


def _stand_already(database: Database, entry: UnitEntry, steps: Sequence[StoredStep]) -> bool:
    """Whether just these steps were made a moment ago, by the other tap of two."""
    known = _standing(database, entry)
    return all(
        (last := known.get(step.seq)) is not None and replace(last, changed_at=step.changed_at) == step
        for step in steps
    )


def _under_way(database: Database, entry: UnitEntry, period: Period, unsur: str) -> Registered | None:
    """The newest action on the unsur that is not finished, of this quarter's findings."""
    found = [
        r
        for _, r in plans.registered_of_units(database, [entry])
        if r.action.unsur == unsur and r.action.period == period and r.action.status in OPEN_ACTIONS
    ]
    return found[-1] if found else None


def _begun(
    database: Database, acting: Acting, entry: UnitEntry, period: Period, unsur: str, now: datetime
) -> Registered:
    """A draft, whose id follows from unit, quarter and unsur: two taps begin one. Where that one is finished
    already, another."""
    code = entry.unit.code
    try:
        return plans.accept(database, acting, code, period, unsur, now)
    except Conflict:
        other = _under_way(database, entry, period, unsur)
        return other or plans.add(database, acting, code, Action(period=period, unsur=unsur), now)


def _registered(database: Database, entry: UnitEntry, action: UUID) -> Registered | None:
    return next((r for _, r in plans.registered_of_units(database, [entry]) if r.id == action), None)
