"""One index of several units in one of their periods: what is in it, how it is graded, or why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from analytics import Reason
from analytics.comparison import Aggregate, Coverage, Covers, Method, aggregate
from analytics.ikm import Band, Estimate
from analytics.sampling import Stratum
from survey_app import instruments
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.province.grading import grading


def counts(unit: UnitResult, part: PeriodResult) -> bool:
    """Whether a unit is one of those asked for in a period: it is in use, or has answers there."""
    return unit.entry.unit.active or part.score.n > 0


#: A unit's code, the questionnaire it is measured by, and its period.
Part = tuple[str, str, PeriodResult]


def parts(units: Sequence[UnitResult], place: int) -> tuple[Part, ...]:
    """What counts in the period at that place of the trends."""
    return tuple(
        (u.entry.unit.code, u.instrument.ref, u.trend[place]) for u in units if counts(u, u.trend[place])
    )


# It stands on results that are equal to themselves alone: the same answers and users, the same result.
@lru_cache(maxsize=512)
def index_of(units: tuple[Part, ...], method: Method, table: tuple[Band, ...] | None) -> Aggregate:
    """The index of what `parts` gives, with its interval and coverage; without a value it says why.

    Args:
        table: what grades the value; None for the one table of the questionnaires, if they have but one.
    """
    strata = [Stratum(code, part.moments, part.score.population) for code, _, part in units]
    scores = [part.score for _, _, part in units]
    forms = [
        instruments.get(ref) for ref in sorted({ref for _, ref, p in units if p.score.exact is not None})
    ]
    if not forms:
        return aggregate(strata, method, scores=scores)
    if len({form.levels for form in forms}) > 1:
        return _without_value(units, method, Reason.DIFFERENT_SCALES)
    if method is Method.POOLED and len({form.measures for form in forms}) > 1:
        return _without_value(units, method, Reason.DIFFERENT_UNSUR)
    graded = table or grading(forms).bands
    pooled = aggregate(
        strata, method, scores=scores, weights=forms[0].weights, bands=graded or forms[0].bands
    )
    return pooled if graded else replace(pooled, band=None)


def _without_value(units: Sequence[Part], method: Method, why: Reason) -> Aggregate:
    """What reports, where its values cannot be put together."""
    reporting = [part.score.n for _, _, part in units if part.score.exact is not None]
    missing = tuple(code for code, _, part in units if part.score.exact is None)
    covers = Covers.REPORTING_UNITS if missing else Covers.ALL_UNITS
    coverage = Coverage(len(reporting), len(units), missing)
    return Aggregate(
        method=method,
        estimate=Estimate.undefined(why),
        band=None,
        n=sum(reporting),
        coverage=coverage,
        covers=covers,
    )
