"""Whom a list of units leaves out, and why: what is counted elsewhere must not vanish from it unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analytics import Period, Reason
from analytics.disclosure import MINIMUM
from survey_app.services.ikm.history import incomparable
from survey_app.services.ikm.insight import lowest
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.comparison import Comparison, on_the_scale
from survey_app.services.province.small_areas import Estimated
from survey_app.services.province.summary import Summary


class Why(StrEnum):
    """Why a unit with a value is not in a list."""

    FEW = "fewer-respondents-than-the-list-asks"
    OTHER_SCALE = "answers-on-another-scale"
    NO_ERROR = "its-sampling-error-is-not-known"
    ALONE = "no-other-unit-to-compare-with"
    NOT_BEFORE = "no-value-in-the-period-before"
    OTHER_FORM = "another-questionnaire-in-the-period-before"
    ALL_ALIKE = "no-unsur-is-lower-than-the-others"


@dataclass(frozen=True)
class LeftOut:
    """Units a list leaves out for one reason, in the order in which they were given."""

    why: Why
    units: tuple[UnitResult, ...]


def of_lowest(summary: Summary, fewest: int) -> tuple[LeftOut, ...]:
    """Of `Summary.lowest`, the lowest first."""
    few = [(e, u) for u in summary.units if u.score.n < fewest and (e := u.score.exact) is not None]
    return _grouped((Why.FEW, unit) for _, unit in sorted(few, key=lambda pair: pair[0]))


def of_estimates(summary: Summary, estimates: Mapping[int, Estimated]) -> tuple[LeftOut, ...]:
    """Of the units of the summary that have an estimate."""

    def why(unit: UnitResult) -> Why:
        if not on_the_scale(unit):
            return Why.OTHER_SCALE
        return Why.FEW if unit.score.n < MINIMUM else Why.NO_ERROR

    without = [u for u in summary.units if u.score.exact is not None and u.entry.unit.id not in estimates]
    return _grouped((why(unit), unit) for unit in without)


def of_changes(summary: Summary) -> tuple[LeftOut, ...]:
    """Of `Summary.changes` that are tested: units that have a value and none to set beside it."""
    if summary.change.reason is Reason.RULE_CHANGED:
        return ()  # nobody is compared, and that is said of all
    before = summary.trend[-2][0]
    tested = {id(c.result): c.adjusted.bh is not None for c in summary.changes}
    return _grouped(
        (_why_not_compared(u, before, id(u) in tested), u)
        for u in summary.units
        if u.score.exact is not None and not tested.get(id(u), False)
    )


def of_ranking(comparison: Comparison) -> tuple[LeftOut, ...]:
    """Of the places and the funnel of a comparison."""

    def why(unit: UnitResult) -> Why:
        if not on_the_scale(unit):
            return Why.OTHER_SCALE
        if unit.score.n < comparison.minimum:
            return Why.FEW
        return Why.ALONE if unit.score.se else Why.NO_ERROR

    return _grouped((why(unit), unit) for unit in comparison.unranked)


def of_priorities(units: Sequence[UnitResult]) -> tuple[LeftOut, ...]:
    """Of the lowest unsur of each unit: few people, or no unsur lower than the others."""
    valued = [u for u in units if u.score.exact is not None]
    few = [(Why.FEW, u) for u in valued if u.score.n < MINIMUM]
    enough = [u for u in valued if u.score.n >= MINIMUM]
    return _grouped([*few, *((Why.ALL_ALIKE, u) for u in enough if not lowest(u))])


def _why_not_compared(unit: UnitResult, before: Period, in_both: bool) -> Why:
    if in_both:
        return Why.NO_ERROR
    return Why.NOT_BEFORE if incomparable(unit, before) is None else Why.OTHER_FORM


def _grouped(pairs: Iterable[tuple[Why, UnitResult]]) -> tuple[LeftOut, ...]:
    groups: dict[Why, list[UnitResult]] = {}
    for why, unit in pairs:
        groups.setdefault(why, []).append(unit)
    return tuple(LeftOut(why, tuple(groups[why])) for why in Why if why in groups)
