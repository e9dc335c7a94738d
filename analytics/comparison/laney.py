"""Control limits after Laney: wide where a month has few sheets, and honest about their false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.comparison.limits import angles, around
from analytics.comparison.series import Series
from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.intervals import HIGH, Interval, on_scale
from analytics.ikm.sheets import Sheets, draw_means, pooled_sd, pooled_shape
from analytics.reason import Reason

FloatArray = NDArray[np.float64]

#: Mean absolute difference of two independent standard normal values, 2 / sqrt(pi).
_D2 = 2 / np.sqrt(np.pi)

#: Degrees of freedom that what is expected of the form is worth, as in `moderated`.
_EXPECTED_FREEDOM = 6.0

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
        sigma_z: standard deviation of the standardised points from their moving ranges, 1 at least; above 1
            when months differ by more than their samples explain.
        limits: one interval per point, multiplier * sigma_z standard errors to either side of the centre
            (`limits.around`): the longer side is the one away from the end of the scale.
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
    expected: float,
    multiplier: float = 3.0,
    draws: int = 2_000,
) -> LaneyChart:
    """Laney's limits for one segment of a series.

    centre = sum n_t y_t / sum n_t, c its position on the scale; phi = (6 expected + nu phi_within)/(6 + nu),
    phi_within = sd^2/(span^2 c (1 - c)) with sd the standard deviation of one sheet within its month, pooled
    over all months, and nu = sum (n_t - 1) min(1, 9 c (1 - c)); n_t/phi effective sheets; z_t = Anscombe's
    angle of y_t (`limits.angles`) less 2 sqrt(n_t/phi) asin sqrt(c); sigma_z = mean |z_t - z_(t-1)| / (2 /
    sqrt(pi)), but 1 at least; limits = those y with z = -+ multiplier * sigma_z. The standard error of a
    month by its own few sheets would be smallest where they happen to agree, which is what makes limits cry
    wolf, and missing where they all do. Finite population corrections are left out: the chart asks how a
    month of the same quality would have scattered.

    Args:
        segment: one run of a series, at least three points.
        sheets: those of every point, in the same order. No limits where neither sheets nor months differ.
        rng: source of the simulated series.
        expected: dispersion that the form makes likely (`moderated.expected_dispersion`).
        multiplier: of sigma, above 0; 3 by custom.
        draws: simulated series for the false-alarm rate, at least one.

    Raises:
        AnalyticsError: `series-break` for a series that has a break between its points; `series-sheets`
            unless each point has its sheets; `not-finite`; `chart-expected`; `chart-multiplier`;
            `chart-draws`.

    Source: Laney 2002, Quality Engineering 14(4), 531-537, for u and p; here with the sampling error of the
        index in place of the binomial one, pooled as for an X-bar chart of subgroups, and its angle: false
        alarms by `python -m benchmarks.limits`.
    """
    segment.require_unbroken()
    _check(segment, sheets)
    _check_settings(multiplier, draws, expected)
    if len(segment.points) < MIN_POINTS:
        return _undefined(Reason.TOO_FEW_POINTS)
    values, ns = np.array(segment.values), [s.n for s in sheets]
    low, sd = sheets[0].low, pooled_sd(sheets)
    if max(sd, float(np.ptp(values))) <= _ROUNDING:
        return _undefined(Reason.NO_VARIATION)
    y, n = (values - low) / (HIGH - low), np.array(ns, dtype=np.float64)
    phi = _dispersion((sd / (HIGH - low)) ** 2, float(y @ n / n.sum()), ns, expected)
    centres, sigmas, lows, highs = _fit(y[None, :], n / phi, n, multiplier)
    bounds = [on_scale((a, b), low) for a, b in zip(lows[0].tolist(), highs[0].tolist(), strict=True)]
    centre = low + (HIGH - low) * float(centres[0])
    shape = pooled_shape(sheets, centre, sd or float(np.std(values)))
    return LaneyChart(
        centre=centre,
        sigma_z=float(sigmas[0]),
        limits=tuple(bounds),
        outside=tuple(int(i) for i in np.flatnonzero(_outside(y, lows[0], highs[0]))),
        false_alarm=false_alarm_rate(
            ns,
            shape,
            rng,
            expected=expected,
            lowest=(len(shape) - 1) // sheets[0].levels,
            multiplier=multiplier,
            draws=draws,
        ),
    )


def false_alarm_rate(
    ns: Sequence[int],
    shape: FloatArray,
    rng: Generator,
    *,
    expected: float,
    lowest: int = 0,
    multiplier: float = 3.0,
    draws: int = 2_000,
) -> FalseAlarm:
    """Draw stable series and count the points outside their own limits.

    Every month of every series draws its `ns` sheets from the one distribution `shape`, so nothing changes
    but by chance, and the chance is that of these sheets: lopsided near the end of the scale.

    Args:
        ns: sheets of each month.
        shape: share of sheets with each sum of scores, from 0 up.
        rng: source of the series.
        expected: as of `laney`.
        lowest: sum of the lowest sheet, whose position is 0; that of the last share is 1.
        multiplier: of sigma, above 0.
        draws: series, at least one.

    Raises:
        AnalyticsError: `chart-expected`, `chart-multiplier`, `chart-draws`, `not-finite`.
    """
    _check_settings(multiplier, draws, expected)
    require_finite(ns=ns, shape=shape)
    span = len(shape) - 1 - lowest
    n, sums = np.array(ns, dtype=np.float64), [draw_means(shape, k, rng, draws) for k in ns]
    y = np.clip((np.stack(sums, axis=1) - lowest) / span, 0.0, 1.0)
    places = (np.arange(len(shape)) - lowest) / span
    mean = float(places @ shape)
    phi = _dispersion(float((places - mean) ** 2 @ shape), mean, ns, expected)
    _, _, lows, highs = _fit(y, n / phi, n, multiplier)
    out = _outside(y, lows, highs)
    return FalseAlarm(float(out.mean()), float(out.any(axis=1).mean()), draws)


def _undefined(reason: Reason) -> LaneyChart:
    return LaneyChart(centre=None, sigma_z=None, limits=None, outside=(), false_alarm=None, reason=reason)


def _dispersion(variance: float, position: float, ns: Sequence[int], expected: float) -> float:
    """phi of `laney`: what is seen, moderated by what the form makes likely. `variance` of one position."""
    room = position * (1 - position)
    freedom = sum(k - 1 for k in ns) * min(1.0, 9 * room)
    seen = variance / room if room > 0 else 0.0
    return (_EXPECTED_FREEDOM * expected + freedom * seen) / (_EXPECTED_FREEDOM + freedom)


def _fit(
    y: FloatArray, effective: FloatArray, n: FloatArray, multiplier: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Of each row of positions its centre, sigma_z, and the limits of its points."""
    centre = np.clip(y @ n / n.sum(), 0.0, 1.0)
    z = angles(y, effective) - 2 * np.sqrt(effective) * np.arcsin(np.sqrt(centre))[:, None]
    sigma = np.maximum(1.0, np.abs(np.diff(z, axis=1)).mean(axis=1) / _D2)
    low, high = around(centre[:, None], effective, multiplier * sigma[:, None])
    return centre, sigma, low, high


def _outside(y: FloatArray, low: FloatArray, high: FloatArray) -> NDArray[np.bool_]:
    return np.asarray((y < low - _ROUNDING) | (y > high + _ROUNDING))


def _check(segment: Series, sheets: Sequence[Sheets]) -> None:
    forms = {(s.levels, len(s.histogram)) for s in sheets}
    if len(sheets) != len(segment.points) or any(s.n < 1 for s in sheets) or len(forms) > 1:
        raise AnalyticsError(
            "series-sheets",
            got=[(s.n, s.levels) for s in sheets],
            expected=f"the sheets of {len(segment.points)} points, all to one questionnaire",
        )


def _check_settings(multiplier: float, draws: int, expected: float) -> None:
    require_finite(multiplier=multiplier, draws=draws, expected=expected)
    if expected <= 0:
        raise AnalyticsError("chart-expected", got=expected, expected="a dispersion above 0")
    if multiplier <= 0:
        raise AnalyticsError("chart-multiplier", got=multiplier, expected="a number above 0")
    if draws < 1:
        raise AnalyticsError("chart-draws", got=draws, expected="at least one simulated series")
