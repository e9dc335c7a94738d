"""Control limits after Laney: wide where a month has few sheets, and honest about their false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.intervals import HIGH, LOW, Interval
from analytics.reason import Reason
from analytics.series import Series

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


@dataclass(frozen=True)
class LaneyChart:
    """Limits for every point of a segment.

    Attributes:
        centre: precision-weighted mean, in points.
        sigma_z: standard deviation of the standardised points from their moving ranges; above 1 when months
            differ by more than their samples explain, below 1 when by less.
        limits: one interval per point, centre -+ multiplier * sigma_z * se, cut at 25 and 100.
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


def laney(segment: Series, rng: Generator, *, multiplier: float = 3.0, draws: int = 4_000) -> LaneyChart:
    """Laney's limits for one segment of a series.

    z_t = (y_t - centre) / se_t; sigma_z = mean |z_t - z_(t-1)| / (2 / sqrt(pi)); limits = centre -+
    multiplier * sigma_z * se_t. The false-alarm rate is simulated for this number of points, because with
    limits estimated from few points the textbook's 0.27 % for three sigma does not hold.

    Args:
        segment: one run of a series with a standard error above 0 at every point, at least three points.
        rng: source of the simulated series.
        multiplier: of sigma, 3 by custom.
        draws: simulated series for the false-alarm rate.

    Raises:
        AnalyticsError: `series-break` for a series that has a break between its points.

    Source: Laney 2002, Quality Engineering 14(4), 531-537, for u and p; here with the sampling error of the
        index in place of the binomial one.
    """
    segment.require_unbroken()
    if len(segment.points) < MIN_POINTS:
        return LaneyChart(None, None, None, (), None, Reason.TOO_FEW_POINTS)
    ses = [p.se for p in segment.points if p.se]
    if len(ses) < len(segment.points):
        return LaneyChart(None, None, None, (), None, Reason.NO_VARIATION)
    y, se = np.array(segment.values), np.array(ses)
    centre, sigma = _fit(y[None, :], se)
    half = multiplier * float(sigma[0]) * se
    outside = np.flatnonzero(np.abs(y - centre[0]) > half + _ROUNDING)
    bounds = zip(np.maximum(LOW, centre[0] - half), np.minimum(HIGH, centre[0] + half), strict=True)
    return LaneyChart(
        float(centre[0]),
        float(sigma[0]),
        tuple((float(a), float(b)) for a, b in bounds),
        tuple(int(i) for i in outside),
        false_alarm_rate(ses, rng, multiplier=multiplier, draws=draws),
    )


def false_alarm_rate(
    ses: Sequence[float], rng: Generator, *, multiplier: float = 3.0, draws: int = 4_000
) -> FalseAlarm:
    """Simulate stable series with these standard errors and count the points outside their own limits."""
    se = np.asarray(ses)
    y = rng.normal(0.0, se, (draws, len(se)))
    centre, sigma = _fit(y, se)
    out = np.abs(y - centre[:, None]) > multiplier * sigma[:, None] * se
    return FalseAlarm(float(out.mean()), float(out.any(axis=1).mean()), draws)


def _fit(y: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Centre and sigma_z of each row."""
    centre = y @ (1 / se**2) / (1 / se**2).sum()
    z = (y - centre[:, None]) / se
    return centre, np.abs(np.diff(z, axis=1)).mean(axis=1) / _D2
