"""A unit's values over periods, with the breaks that they must not be joined or compared across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics import Period, Reason
from analytics.comparison import Break, Point, Series, instrument_breaks, regulation_breaks
from analytics.ikm import Moments, score
from survey_app.instruments import Instrument
from survey_app.services.ikm.results import PeriodResult, UnitResult


@dataclass(frozen=True)
class Step:
    """A period of a trend. `breaks` lie between it and the last period with a value before it."""

    instrument: Instrument
    result: PeriodResult
    breaks: tuple[Break, ...] = ()


def history(result: UnitResult) -> tuple[Step, ...]:
    """The trend of the index, with periods measured by another questionnaire in their places."""
    others = {other.result.period: Step(other.instrument, other.result) for other in result.elsewhere}
    return _marked([others.get(p.period, Step(result.instrument, p)) for p in result.trend])


def unsur_history(result: UnitResult, key: str) -> tuple[Step, ...]:
    """The same of one unsur: each score is of it alone; a questionnaire without it has no answers to it."""
    return _marked([replace(step, result=_of_unsur(step, key)) for step in history(result)])


def comparable(earlier: Period, later: Period) -> bool:
    """True when no regulation that changed the index came into force between the two."""
    return not any(earlier.start < b.start.start <= later.start for b in regulation_breaks())


def incomparable(result: UnitResult, earlier: Period) -> Reason | None:
    """Why the shown value cannot be compared with the one of a period before; None when it can."""
    if not comparable(earlier, result.period):
        return Reason.RULE_CHANGED
    otherwise = any(other.result.period == earlier for other in result.elsewhere)
    return Reason.QUESTIONNAIRE_CHANGED if otherwise else None


def _of_unsur(step: Step, key: str) -> PeriodResult:
    """The index of the sheets that answer the unsur, as if they asked nothing else."""
    result, instrument = step.result, step.instrument
    if key in instrument.keys:
        answers = result.moments.alone(instrument.keys.index(key))
    else:
        answers = Moments.zero(1, instrument.levels)
    alone = score(answers, population=result.score.population, bands=instrument.bands)
    return replace(result, moments=answers, score=alone)


def _marked(steps: Sequence[Step]) -> tuple[Step, ...]:
    measured = [s for s in steps if s.result.score.ikm is not None]
    periods, forms = [s.result.period for s in measured], [_form(s, measured) for s in measured]
    points = tuple(Point(s.result.period, float(s.result.score.ikm or 0)) for s in measured)
    series = Series(points, (*regulation_breaks(), *instrument_breaks(periods, forms)))
    marks = dict(zip(periods, series.marks(), strict=True))
    return tuple(replace(s, breaks=marks.get(s.result.period, ())) for s in steps)


def _form(step: Step, steps: Sequence[Step]) -> str:
    """One name for all versions of a questionnaire whose answers can be added."""
    return next(s.instrument.ref for s in steps if s.instrument.series == step.instrument.series)
