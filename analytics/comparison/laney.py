"""Control limits after Laney: wide where a month has few sheets, and honest about their false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.comparison.series import Series
from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.intervals import HIGH, Interval
from analytics.ikm.sheets import Sheets, draw_means, pooled_sd, pooled_shape
from analytics.reason import Reason

FloatArray = NDArray[np.float64]

#: Mean absolute difference of two independent standard normal values, 2 / sqrt(pi).
_D2 = 2 / np.sqrt(np.pi)

#: Points equal to their centre must not alarm because the centre is a rounded sum.
_ROUNDING = 1e-9

#: Moving ranges need two differences at least before they estimate anything.
MIN_POINTS = 3


@dataclass(frozen=True)
class FalseAlarm:
    """How often the chart cries wolf, by simulation of `draws` stable series of the same length.

    Attributes:
        per_point: share of points outside the limits though nothing changed.
        per_chart: share of charts with at least one such point.
        draws: simulated charts.
    """

    per_point: float
    per_chart: float
    draws: int


@dataclass(frozen=True, kw_only=True)
class LaneyChart:
    """Limits for every point of a segment.

    Attributes:
        centre: mean of all sheets, in points.
        sigma_z: standard deviation of the standardised points from their moving ranges; above 1 when months
            differ by more than their samples explain, below 1 when by less.
        limits: one interval per point, centre -+ multiplier * sigma_z * sd / sqrt(n), cut at the scale.
        outside: positions of the points beyond their limits.
        false_alarm: of this procedure, with centre and sigma_z estimated from the same points.
        reason: why the rest is None.
    """

    centre: float | None
    sigma_z: float | None
    limits: tuple[Interval, ...] | None
    outside: tuple[int, ...]
    false_alarm: FalseAlarm | None
    reason: Reason | None = None


def laney(
    segment: Series,
    sheets: Sequence[Sheets],
    rng: Generator,
    *,
    multiplier: float = 3.0,
    draws: int = 2_000,
) -> LaneyChart:
    """Laney's limits for one segment of a series.

    centre = sum n_t y_t / sum n_t; se_t = sd / sqrt(n_t), with sd the standard deviation of one sheet within
    its month, pooled over all months; z_t = (y_t - centre) / se_t; sigma_z = mean |z_t - z_(t-1)| /
    (2 / sqrt(pi)); limits = centre -+ multiplier * sigma_z * se_t. The standard error of a month by its own
    few sheets would be smallest where they happen to agree, which is what makes limits cry wolf, and missing
    where they all do. Finite population corrections are left out: the chart asks how a month of the same
    quality would have scattered.

    Args:
        segment: one run of a series, at least three points.
        sheets: those of every point, in the same order. Where sheets differ in no month, but months do, the
            months' own differences give the standard deviation.
        rng: source of the simulated series.
        multiplier: of sigma, above 0; 3 by custom.
        draws: simulated series for the false-alarm rate, at least one.

    Raises:
        AnalyticsError: `series-break` for a series that has a break between its points; `series-sheets`
            unless each point has its sheets; `not-finite`; `chart-multiplier`; `chart-draws`.

    Source: Laney 2002, Quality Engineering 14(4), 531-537, for u and p; here with the sampling error of the
        index in place of the binomial one, pooled as for an X-bar chart of subgroups.
    """
    segment.require_unbroken()
    _check(segment, sheets)
    _check_settings(multiplier, draws)
    if len(segment.points) < MIN_POINTS:
        return LaneyChart(
            centre=None, sigma_z=None, limits=None, outside=(), false_alarm=None, reason=Reason.TOO_FEW_POINTS
        )
    y, n = np.array(segment.values), np.array([s.n for s in sheets], dtype=np.float64)
    sd = pooled_sd(sheets) or _between(y, n)
    if sd <= _ROUNDING:
        return LaneyChart(
            centre=None, sigma_z=None, limits=None, outside=(), false_alarm=None, reason=Reason.NO_VARIATION
        )
    (centre,), (spread,) = (found.tolist() for found in _fit(y[None, :], n))
    half = multiplier * spread / np.sqrt(n)
    bounds = zip(np.maximum(sheets[0].low, centre - half), np.minimum(HIGH, centre + half), strict=True)
    return LaneyChart(
        centre=centre,
        sigma_z=spread / sd,
        limits=tuple((float(a), float(b)) for a, b in bounds),
        outside=tuple(int(i) for i in np.flatnonzero(np.abs(y - centre) > half + _ROUNDING)),
        false_alarm=false_alarm_rate(
            [s.n for s in sheets], pooled_shape(sheets, centre, sd), rng, multiplier=multiplier, draws=draws
        ),
    )


def false_alarm_rate(
    ns: Sequence[int], shape: FloatArray, rng: Generator, *, multiplier: float = 3.0, draws: int = 2_000
) -> FalseAlarm:
    """Draw stable series and count the points outside their own limits.

    Every month of every series draws its `ns` sheets from the one distribution `shape`, so nothing changes
    but by chance, and the chance is that of these sheets: lopsided near the end of the scale. A chart is the
    same whatever the unit and the origin of its values, so sums of scores serve as well as points.

    Args:
        ns: sheets of each month.
        shape: share of sheets with each sum of scores, from 0 up.
        rng: source of the series.
        multiplier: of sigma, above 0.
        draws: series, at least one.

    Raises:
        AnalyticsError: `chart-multiplier`, `chart-draws`, `not-finite`.
    """
    _check_settings(multiplier, draws)
    require_finite(ns=ns, shape=shape)
    n, y = np.array(ns, dtype=np.float64), np.stack([draw_means(shape, k, rng, draws) for k in ns], axis=1)
    centre, spread = _fit(y, n)
    out = np.abs(y - centre[:, None]) > multiplier * spread[:, None] / np.sqrt(n) + _ROUNDING
    return FalseAlarm(float(out.mean()), float(out.any(axis=1).mean()), draws)


def _fit(y: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Centre of each row, and what one sheet's standard deviation is by the moving ranges."""
    centre = y @ n / n.sum()
    scaled = (y - centre[:, None]) * np.sqrt(n)
    return centre, np.abs(np.diff(scaled, axis=1)).mean(axis=1) / _D2


def _between(y: FloatArray, n: FloatArray) -> float:
    """Standard deviation of one sheet by the differences of the months."""
    centre = y @ n / n.sum()
    return float(np.sqrt(n @ (y - centre) ** 2 / (len(y) - 1)))


def _check(segment: Series, sheets: Sequence[Sheets]) -> None:
    forms = {(s.levels, len(s.histogram)) for s in sheets}
    if len(sheets) != len(segment.points) or any(s.n < 1 for s in sheets) or len(forms) > 1:
        raise AnalyticsError(
            "series-sheets",
            got=[(s.n, s.levels) for s in sheets],
            expected=f"the sheets of {len(segment.points)} points, all to one questionnaire",
        )


def _check_settings(multiplier: float, draws: int) -> None:
    require_finite(multiplier=multiplier, draws=draws)
    if multiplier <= 0:
        raise AnalyticsError("chart-multiplier", got=multiplier, expected="a number above 0")
    if draws < 1:
        raise AnalyticsError("chart-draws", got=draws, expected="at least one simulated series")
