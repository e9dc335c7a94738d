"""The actions of many units at once: how far each is, how late, and what became of its unsur since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from analytics import Period
from analytics.comparison import adjust_p
from survey_app.services.follow_up import effect, plans
from survey_app.services.follow_up.actions import OPEN, Action, Status
from survey_app.services.follow_up.effect import Movement
from survey_app.services.follow_up.plans import Registered
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database

#: Of the movements that are called clear, this share at most is expected to be chance (Benjamini, Hochberg).
FALSE_DISCOVERY = 0.05
#: So far back a finding is compared with what was measured last; older ones only stand in the list.
_FARTHEST = 24
#: The results of units by code, in a period and so many periods of its length before it.
Measured = Callable[[Period, int], Mapping[str, UnitResult]]


class Stage(Enum):
    """Where an action stands, in the order in which somebody looks at them."""

    OVERDUE = "lewat"
    FELL = "turun"
    ROSE = "naik"
    RUNNING = "berjalan"
    PLANNED = "direncanakan"
    DONE = "selesai"
    CANCELLED = "dibatalkan"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An action of a unit.

    Attributes:
        stage: `FELL` and `ROSE` are done, and their unsur moved beyond chance since; `DONE` is done, and has
            not clearly moved or cannot be compared.
        late: days since the end of the quarter in which it was to be done; 0 for one that is not overdue.
        movement: of the unsur; None where nobody asked for it, or the finding lies too far back.
        clear: whether the movement is beyond chance, all movements of the list allowed for.
    """

    entry: UnitEntry
    registered: Registered
    stage: Stage
    late: int
    movement: Movement | None
    clear: bool

    @property
    def action(self) -> Action:
        return self.registered.action


@asked(permissions.Action.SEE_FOLLOW_UP)
def listed(
    database: Database,
    acting: Acting,
    entries: Sequence[UnitEntry],
    today: date,
    last: Period | None = None,
    measured: Measured | None = None,
) -> tuple[Listed, ...]:
    """Every action of units within one's scope as it stands, by stage, the latest and the oldest first.

    Args:
        last: the newest month with answers; None without any.
        measured: where results are found; None where values may not be told.

    Raises: Refused `role-refused`.
    """
    acting.require_action(permissions.Action.SEE_FOLLOW_UP)
    mine = [entry for entry in entries if acting.scope.covers(entry)]
    standing = plans.registered_of_units(database, mine)
    moved = [None] * len(standing) if measured is None or last is None else _moved(standing, last, measured)
    changes = [m.change for m in moved if m is not None and m.change is not None]
    family = iter(adjust_p(changes))
    found = []
    for (entry, registered), movement in zip(standing, moved, strict=True):
        clear = False
        if movement is not None and movement.change is not None:
            adjusted = next(family).bh
            clear = adjusted is not None and adjusted <= FALSE_DISCOVERY
        late = _late(registered.action, today)
        found.append(
            Listed(
                entry=entry,
                registered=registered,
                stage=_stage(registered.action, late, movement, clear=clear),
                late=late,
                movement=movement,
                clear=clear,
            )
        )
    order = list(Stage)
    return tuple(sorted(found, key=lambda one: (order.index(one.stage), -one.late, _change(one))))


def _change(one: Listed) -> float:
    """The largest fall first; what cannot be compared lies between falls and rises."""
    change = None if one.movement is None else one.movement.change
    return 0.0 if change is None or change.value is None else change.value


def by_status(found: Sequence[Listed]) -> Mapping[str, int]:
    """How many are planned, under way, overdue and done; one that is overdue counts as nothing else."""
    return Counter(_flow(one) for one in found)


def share_realised(found: Sequence[Listed], today: date) -> tuple[int, int]:
    """Of the actions whose quarter is over, not given up: how many are done, and how many there are."""
    due = [
        one
        for one in found
        if one.action.due is not None and one.action.due.end_day <= today and one.stage is not Stage.CANCELLED
    ]
    return sum(one.action.status is Status.DONE for one in due), len(due)


def _flow(one: Listed) -> str:
    if one.stage is Stage.OVERDUE:
        return Stage.OVERDUE.value
    done = one.action.status is Status.DONE
    return Stage.DONE.value if done else one.stage.value


def _stage(action: Action, late: int, movement: Movement | None, *, clear: bool) -> Stage:
    if late:
        return Stage.OVERDUE
    if action.status is Status.DONE and clear and movement is not None and movement.change is not None:
        return Stage.FELL if (movement.change.value or 0.0) < 0 else Stage.ROSE
    return {
        Status.DONE: Stage.DONE,
        Status.RUNNING: Stage.RUNNING,
        Status.CANCELLED: Stage.CANCELLED,
    }.get(action.status, Stage.PLANNED)


def _late(action: Action, today: date) -> int:
    if action.status not in OPEN or action.due is None or action.due.end_day > today:
        return 0
    # The day after the quarter is the first one that is late.
    return (today - action.due.end_day).days + 1


def _moved(
    standing: Sequence[tuple[UnitEntry, Registered]], last: Period, measured: Measured
) -> list[Movement | None]:
    """One read for each kind of period that findings are of."""
    found: dict[str, Mapping[str, UnitResult]] = {}
    for kind in sorted({registered.action.period.kind for _, registered in standing}):
        current = Period.containing(last.first_day, kind)
        back = max(_back(r.action.period, current) for _, r in standing if r.action.period.kind == kind)
        found[kind] = measured(current, min(max(back, 0), _FARTHEST))
    return [_movement(r.action, found[r.action.period.kind].get(e.unit.code)) for e, r in standing]


def _back(earlier: Period, later: Period) -> int:
    return (later.start - earlier.start) // later.months


def _movement(action: Action, result: UnitResult | None) -> Movement | None:
    if result is None:
        return None
    end = action.period.start + action.period.months
    later = [p for p in result.trend if p.moments.n and p.period.start >= end]
    return effect.within(action, result, later[-1] if later else None)
