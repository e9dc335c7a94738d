"""Where a unit's index is heading: rising or falling beyond chance, and months that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.laney import LaneyChart, laney
from analytics.period import Period
from analytics.series import Point, Series
from analytics.trend import Trend, seasonal_trend, trend
from survey_app.services import results
from survey_app.services.history import history
from survey_app.services.results import UnitResult
from survey_app.storage.database import Database

#: Months that are looked at: a yearly pattern shows itself when months of several years can be compared.
MONTHS = 36
#: Fewer months than two years say nothing of the seasons.
SEASONAL_FROM = 24
#: The false-alarm rate of control limits is simulated; the same draws every time give the same words.
_SEED = 20_170_014


@dataclass(frozen=True)
class Course:
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


def course(database: Database, result: UnitResult) -> Course:
    """The course of `result` up to its period; of months further back than its own trend reaches."""
    if result.period.kind != "month":
        return _course(run(result))
    service = None if result.service is None else result.service.code
    longer = results.unit_result(database, result.entry.unit.code, result.period, service, length=MONTHS)
    return _course(run(longer))


def run(result: UnitResult) -> Series:
    """The unrounded values after the last break of the trend: no other rule or questionnaire lies between."""
    points: list[Point] = []
    for step in history(result):
        score = step.result.score
        if step.breaks:
            points.clear()
        if score.exact is not None:
            points.append(Point(step.result.period, float(score.exact), score.se))
    return Series(tuple(points))


@lru_cache(maxsize=256)
def _course(series: Series) -> Course:
    found = tuple(point.period for point in series.points)
    monthly = bool(found) and found[0].kind == "month"
    seasonal = monthly and len(found) >= SEASONAL_FROM
    return Course(
        found,
        seasonal_trend(series) if seasonal else trend(series),
        seasonal,
        laney(series, np.random.default_rng(_SEED)) if monthly else None,
    )
