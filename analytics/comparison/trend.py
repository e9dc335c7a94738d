"""Is it rising? Mann-Kendall's test, for periods that resemble their neighbours, and Theil-Sen's slope.

Both look at one segment of a series.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from scipy.special import stdtr, stdtrit

from analytics.comparison.persistence import Persistence, persistence
from analytics.comparison.series import Point, Series
from analytics.errors import AnalyticsError
from analytics.ikm.intervals import Interval
from analytics.reason import Reason

#: Six points that all rise have a p of 0.058, seven one of 0.034: fewer could never be called clear.
MIN_POINTS = 7
#: Months.
_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Direction and speed of one segment.

    Attributes:
        n: points.
        s: Mann-Kendall S, concordant minus discordant pairs (within seasons for the seasonal test).
        correlation: of neighbouring periods beside the trend, 0 to 0.9.
        variance: of S without trend, corrected for ties, under that correlation.
        t: S with continuity correction over its standard deviation; 0 when nothing varies.
        df: its degrees of freedom.
        p: two-sided p-value.
        slope: Theil-Sen, points of the index per year.
        interval: 95 % interval of the slope (Sen 1968), by that variance; None when there are too few pairs.
        reason: why the rest is None.
    """

    n: int
    s: int | None
    correlation: float | None
    variance: float | None
    t: float | None
    df: float | None
    p: float | None
    slope: float | None
    interval: Interval | None
    reason: Reason | None = None


def trend(segment: Series) -> Trend:
    """Mann-Kendall test and Theil-Sen slope of one segment.

    S = sum over i < j of sign(y_j - y_i); var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18 over groups of t
    ties, times the factor by which periods that resemble their neighbours widen it (`persistence`); p from
    Student's t with continuity correction. Slope = median of (y_j - y_i) / (t_j - t_i), t in years; missing
    periods simply widen the step.

    Args:
        segment: one run of a series, e.g. `Series.latest()`; at least `MIN_POINTS` points.

    Raises:
        AnalyticsError: `series-break` for a series that has a break between its points.

    Source: Mann 1945, Econometrica 13; Kendall 1975; Hamed and Rao 1998, Journal of Hydrology 204; Theil
        1950; Sen 1968, JASA 63.
    """
    segment.require_unbroken()
    if len(segment.points) < MIN_POINTS:
        return _too_few(len(segment.points))
    s, variance = _kendall(segment.values)
    return _judged(segment, s, variance, _slopes(segment.points), _lasting(segment, None))


def seasonal_trend(segment: Series) -> Trend:
    """The same within each month, quarter or semester of the year, then added over them.

    S = sum of S_g, var S = sum of var S_g over seasons g, times the factor of `persistence`; slope = median
    of the slopes within seasons. A regular yearly pattern cancels.

    Args:
        segment: one run of a monthly, quarterly or half-yearly series; some season must have two years.

    Raises:
        AnalyticsError: `series-break` for a broken series, `series-seasons` for a yearly one.

    Source: Hirsch, Slack and Smith 1982, Water Resources Research 18.
    """
    segment.require_unbroken()
    seasons = _by_season(segment)
    if len(segment.points) < MIN_POINTS or max(map(len, seasons)) < 2:
        return _too_few(len(segment.points))
    parts = [_kendall([p.value for p in season]) for season in seasons]
    s, variance = sum(a for a, _ in parts), sum(v for _, v in parts)
    slopes = sorted(x for season in seasons for x in _slopes(season))
    return _judged(segment, s, variance, slopes, _lasting(segment, _YEAR))


def _lasting(segment: Series, season: int | None) -> Persistence | None:
    return persistence(tuple(p.period.start for p in segment.points), segment.values, season)


def _judged(
    segment: Series, s: int, independent: float, slopes: list[float], lasting: Persistence | None
) -> Trend:
    if lasting is None:
        return _too_few(len(segment.points))
    variance = independent * lasting.factor
    t = 0.0 if s == 0 or variance == 0 else (s - math.copysign(1, s)) / math.sqrt(variance)
    return Trend(
        n=len(segment.points),
        s=s,
        correlation=lasting.correlation,
        variance=variance,
        t=t,
        df=lasting.df,
        p=2 * float(stdtr(lasting.df, -abs(t))),
        slope=median(slopes),
        interval=_sen(slopes, variance, lasting.df),
    )


def _too_few(n: int) -> Trend:
    return Trend(
        n=n,
        s=None,
        correlation=None,
        variance=None,
        t=None,
        df=None,
        p=None,
        slope=None,
        interval=None,
        reason=Reason.TOO_FEW_POINTS,
    )


def _by_season(segment: Series) -> list[list[Point]]:
    if segment.points and segment.points[0].period.months == _YEAR:
        raise AnalyticsError("series-seasons", got="a yearly series", expected="periods within the year")
    seasons: dict[int, list[Point]] = {}
    for point in segment.points:
        seasons.setdefault(point.period.start % _YEAR, []).append(point)
    return list(seasons.values()) or [[]]


def _kendall(values: Sequence[float]) -> tuple[int, float]:
    y, n = np.asarray(values), len(values)
    s = int(np.sign(y[None, :] - y[:, None])[np.triu_indices(n, 1)].sum())
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    return s, (n * (n - 1) * (2 * n + 5) - ties) / 18


def _slopes(points: Sequence[Point]) -> list[float]:
    y = np.array([p.value for p in points])
    t = np.array([p.period.start for p in points]) / _YEAR
    i, j = np.triu_indices(len(points), 1)
    return [float(v) for v in np.sort((y[j] - y[i]) / (t[j] - t[i]))]


def _sen(slopes: Sequence[float], variance: float, df: float) -> Interval | None:
    """Sen's interval: the slopes at ranks (N -+ t sqrt(var S)) / 2, rounded outwards."""
    half = float(stdtrit(df, 0.975)) * math.sqrt(variance)
    low = math.floor((len(slopes) - half) / 2)
    return (slopes[low - 1], slopes[len(slopes) - low]) if low >= 1 else None
