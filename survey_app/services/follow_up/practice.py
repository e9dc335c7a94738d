"""What was done in a unit since a period, and how the unsur moved: what others may take up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics import Period
from analytics.comparison import Difference
from survey_app.services.follow_up import effect, plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue, permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Done:
    """A finished action. `change`: of its unsur from the period it was found in to the shown one, in points
    of the NRR, whatever moved it; None where the trend has no value there or cannot be compared with it."""

    action: Action
    change: Difference | None


@asked(permissions.Action.SEE_FOLLOW_UP)
def done_since(database: Database, acting: Acting, result: UnitResult, since: Period) -> tuple[Done, ...]:
    """The actions that a unit has finished on what it found in `since` or later, largest rise first.

    Raises: NotFound `unit-unknown`, Refused `role-refused`, `scope-refused`.
    """
    code = result.entry.unit.code
    entry = catalogue.required(database, acting, code, permissions.Action.SEE_FOLLOW_UP)
    return measured(plans.standing_actions(database, entry), result, since)


def measured(actions: Iterable[Action], result: UnitResult, since: Period) -> tuple[Done, ...]:
    """The same of actions that were read."""
    done = [a for a in actions if a.status is Status.DONE and since.start <= a.period.start]
    earlier = [a for a in done if a.period.start < result.period.start]
    found = [Done(action, _moved(action, result)) for action in earlier]
    return tuple(sorted(found, key=lambda d: -(d.change.value or 0.0 if d.change else 0.0)))


def _moved(action: Action, result: UnitResult) -> Difference | None:
    moved = effect.within(action, result, result.current)
    return None if moved is None or moved.before.exact is None else moved.change
