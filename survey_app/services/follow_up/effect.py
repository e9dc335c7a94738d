"""What happened to an unsur since something was done about it, and what a report says of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period, Reason
from analytics.comparison import Difference, change
from analytics.ikm import Estimate, unsur_estimate
from survey_app.instruments import Instrument
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import OPEN, Action, Status
from survey_app.services.ikm import results
from survey_app.services.ikm.history import incomparable
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database


@dataclass(frozen=True, eq=False)
class Finding:
    """A period of the unit with the questionnaire it was measured by."""

    instrument: Instrument
    measured: PeriodResult

    @classmethod
    def of(cls, result: UnitResult) -> Finding:
        return cls(result.instrument, result.current)


@dataclass(frozen=True)
class Movement:
    """The NRR of an unsur before and after.

    Attributes:
        before: in the period of the finding.
        after: in the later period; None while there is none, or when its questionnaire does not ask the same.
        change: after - before in points of the NRR; None with `after`.
        until: the later period that was measured; None while there is none.
    """

    before: Estimate
    after: Estimate | None
    change: Difference | None
    until: Period | None


@dataclass(frozen=True, eq=False)
class FollowUp:
    """What a unit's report says of its register.

    Attributes:
        planned: the actions on the report's own period.
        previous: earlier ones: those of the last period before, and older ones that are not finished.
        findings: the periods that `previous` are from.
    """

    planned: tuple[Action, ...] = ()
    previous: tuple[Action, ...] = ()
    findings: tuple[Finding, ...] = ()

    def movement(self, action: Action, now: Finding) -> Movement:
        """What happened to the unsur of a previous action up to `now`."""
        finding = next(f for f in self.findings if f.measured.period == action.period)
        return movement(action, finding, now)


NOTHING = FollowUp()


def movement(action: Action, finding: Finding, now: Finding | None) -> Movement:
    """The unsur of `action` where it was found and now; `now` must begin after the finding's period ends."""
    there = _place(finding, action.unsur)
    if now is None:
        return Movement(_nrr(finding.measured, there, finding.instrument.levels), None, None, None)
    here, levels = _place(now, action.unsur), finding.instrument.levels
    if here is None or now.instrument.levels != levels:
        return Movement(_nrr(finding.measured, there, levels), None, None, now.measured.period)
    return _moved(finding.measured, there, now.measured, here, levels)


def within(action: Action, result: UnitResult, until: PeriodResult | None) -> Movement | None:
    """The unsur of `action` from its finding in the trend of `result` up to `until`, which is in it too.

    None where the trend does not hold the finding, or the two cannot be compared: other rules, or another
    questionnaire in the finding's period.
    """
    found = next((part for part in result.trend if part.period == action.period), None)
    if found is None or incomparable(result, action.period) is not None:
        return None
    now = None if until is None else Finding(result.instrument, until)
    return movement(action, Finding(result.instrument, found), now)


# By results, which are compared by identity: where they have not changed, the comparison has not.
@lru_cache(maxsize=4096)
def _moved(before: PeriodResult, there: int | None, after: PeriodResult, here: int, levels: int) -> Movement:
    """From the unsur's place in one questionnaire to that in another of as many levels."""
    first, second = _nrr(before, there, levels), _nrr(after, here, levels)
    return Movement(first, second, change(first, second), after.period)


def since(database: Database, unit_code: str, actions: Iterable[Action], last: Period) -> list[Movement]:
    """For each action, its unsur in the last measured period of the same length; `last` is a month in it.

    Raises: NotFound `unit-unknown`.
    """
    return [_since(database, unit_code, action, last) for action in actions]


def of_report(database: Database, result: UnitResult) -> FollowUp:
    """What the report of `result` says of the register; nothing in the report of one service.

    Raises: NotFound `unit-unknown`.
    """
    if result.service is not None:
        return NOTHING
    known = plans.standing_actions(database, result.entry)
    planned = tuple(a for a in known if a.period == result.period and a.status is not Status.CANCELLED)
    previous = _previous(known, result.period)
    found = [
        results.result_of(database, result.entry, None, period)
        for period in sorted({a.period for a in previous})
    ]
    return FollowUp(planned, previous, tuple(Finding.of(f) for f in found))


def _previous(known: Sequence[Action], period: Period) -> tuple[Action, ...]:
    """Actions with a plan whose period had ended; a draft that nobody filled in was never planned."""
    earlier = [a for a in known if a.plan and _end(a.period) <= period.start]
    if not earlier:
        return ()
    last = max(_end(a.period) for a in earlier)
    return tuple(a for a in earlier if _end(a.period) == last or a.status in OPEN)


def _since(database: Database, unit_code: str, action: Action, last: Period) -> Movement:
    finding = Finding.of(results.unit_result(database, unit_code, action.period, within=PROVINCE))
    current = Period.containing(last.first_day, action.period.kind)
    later = results.unit_result(database, unit_code, current, within=PROVINCE)
    measured = [p for p in later.trend if p.moments.n and p.period.start >= _end(action.period)]
    return movement(action, finding, Finding(later.instrument, measured[-1]) if measured else None)


def _end(period: Period) -> int:
    """The first month after it, as `Period.start` counts."""
    return period.start + period.months


def _place(finding: Finding, unsur: str) -> int | None:
    """Where its questionnaire asks the unsur; None where it does not."""
    return finding.instrument.keys.index(unsur) if unsur in finding.instrument.keys else None


def _nrr(measured: PeriodResult, place: int | None, levels: int) -> Estimate:
    if place is None:
        return Estimate(
            exact=None,
            se=None,
            df=None,
            interval=None,
            low=1.0,
            high=float(levels),
            reason=Reason.NO_ANSWERS,
        )
    return unsur_estimate(measured.moments, place, measured.score.population)
