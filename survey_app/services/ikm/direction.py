"""Where a unit's index is heading: clearly rising or falling, and months that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from analytics import Period
from analytics.comparison import LaneyChart, Point, Series, Trend, laney, seasonal_trend, trend
from analytics.ikm import Sheets, expected_dispersion
from survey_app.services.ikm import results
from survey_app.services.ikm.history import Step, history
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.storage.database import Database

#: Months that are looked at: a yearly pattern shows itself when months of several years can be compared.
MONTHS = 36
#: Fewer months than two years say nothing of the seasons.
SEASONAL_FROM = 24
#: The false-alarm rate of control limits is simulated from the sheets; the same draws every time give the
#: same words for the same answers.
_SEED = 20_170_014


@dataclass(frozen=True)
class UnitDirection:
    """The last run of periods that may be compared with each other.

    Attributes:
        periods: those with a value, oldest first.
        trend: direction and speed; with its reason when there are too few periods.
        seasonal: whether months were compared only with the same months of other years.
        control: limits for single months; None for longer periods, of which there are too few.
    """

    periods: tuple[Period, ...]
    trend: Trend
    seasonal: bool
    control: LaneyChart | None


def direction_of(database: Database, result: UnitResult) -> UnitDirection:
    """The direction_of of `result` up to its period; of months further back than its own trend reaches."""
    if result.period.kind != "month":
        return _direction(run(result), (), 0.0)
    form = result.instrument
    longer = results.result_of(database, result.entry, result.service, result.period, MONTHS)
    steps = _comparable(longer)
    sheets = tuple(_sheets(step.result, step.instrument.weights) for step in steps)
    return _direction(_series(steps), sheets, expected_dispersion(form.weights, form.levels))


def run(result: UnitResult) -> Series:
    """The unrounded values after the last break of the trend: no other rule or questionnaire lies between."""
    return _series(_comparable(result))


def _comparable(result: UnitResult) -> list[Step]:
    """The periods with a value after the last break of the trend, oldest first."""
    found: list[Step] = []
    for step in history(result):
        if step.breaks:
            found.clear()
        if step.result.score.exact is not None:
            found.append(step)
    return found


def _series(steps: Sequence[Step]) -> Series:
    scores = [(step.result.period, step.result.score) for step in steps]
    return Series(tuple(Point(period, float(score.exact or 0), score.se) for period, score in scores))


# Remembered by the result, which is compared by identity. Exact sums of sheets that lack answers take
# milliseconds a month.
@lru_cache(maxsize=4_096)
def _sheets(result: PeriodResult, weights: tuple[Fraction, ...]) -> Sheets:
    return Sheets.of(result.moments, weights)


@lru_cache(maxsize=256)
def _direction(series: Series, sheets: tuple[Sheets, ...], expected: float) -> UnitDirection:
    """The direction_of of a monthly series with its sheets, or of a series of longer periods without any."""
    found = tuple(point.period for point in series.points)
    seasonal = bool(sheets) and len(found) >= SEASONAL_FROM
    return UnitDirection(
        found,
        seasonal_trend(series) if seasonal else trend(series),
        seasonal,
        laney(series, sheets, np.random.default_rng(_SEED), expected=expected) if sheets else None,
    )
