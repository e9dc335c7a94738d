"""Intervals of a value that lives on a bounded scale.

All of them are two-sided and lie within the scale. Which one is used where, and how often each covers the
truth, is measured by `python -m benchmarks.coverage` and decided in docs/decisions/.
"""

from __future__ import annotations

import math

from scipy.special import stdtrit

from analytics.errors import AnalyticsError
from analytics.finite import require_finite

Interval = tuple[float, float]

#: The scale of the IKM: nobody can be below 25 or above 100.
LOW, HIGH = 25.0, 100.0


def logit_t(
    value: float, se: float, df: float, low: float = LOW, high: float = HIGH, level: float = 0.95
) -> Interval:
    """Student's t on the logit of the position p = (value - low) / (high - low), turned back to the scale.

    logit(p) -+ t * se / ((high - low) p (1 - p)); the standard error follows the transformation (delta
    method). Never leaves the scale. A value on either end has no logit; it gets the plain interval.

    Args:
        value: between `low` and `high`, in points.
        se: its standard error in points; 0 gives an interval without width.
        df: degrees of freedom of `se`, above 0.
        low: lowest possible value.
        high: highest possible value.
        level: confidence, between 0 and 1.

    Raises:
        AnalyticsError: `interval-value` for a value outside the scale; `interval-se` for a negative standard
            error; `interval-df`, `interval-level`; `not-finite` for anything but `df`.

    Source: Korn and Graubard 1998, Survey Methodology 24(2), section 2 (logit intervals from survey data).
    """
    _check(value, se, low, high)
    p = (value - low) / (high - low)
    if se > 0 and not 0 <= p <= 1:
        raise AnalyticsError("interval-value", got=value, expected=f"{low} to {high}")
    if se == 0 or p in (0, 1):
        return plain_t(value, se, df, low, high, level)
    centre, half = math.log(p / (1 - p)), t_quantile(df, level) * se / ((high - low) * p * (1 - p))
    return _from_logit(centre - half, low, high), _from_logit(centre + half, low, high)


def plain_t(
    value: float, se: float, df: float, low: float = LOW, high: float = HIGH, level: float = 0.95
) -> Interval:
    """value -+ t * se, cut at the ends of the scale. Source: Student 1908; the interval of every textbook.

    Raises:
        AnalyticsError: `interval-se`, `interval-df`, `interval-level`; `not-finite` for anything but `df`.
    """
    _check(value, se, low, high)
    if se == 0:
        return value, value
    half = t_quantile(df, level) * se
    return max(low, value - half), min(high, value + half)


def on_scale(ends: Interval, low: float = LOW, high: float = HIGH) -> Interval:
    """Ends given as positions, 0 to 1, in points of a scale."""
    return low + (high - low) * ends[0], low + (high - low) * ends[1]


def t_quantile(df: float, level: float) -> float:
    """The t that leaves (1 - level) / 2 above it; infinite `df` is the normal distribution.

    Raises:
        AnalyticsError: `interval-df` or `interval-level`.
    """
    if not df > 0:
        raise AnalyticsError("interval-df", got=df, expected="degrees of freedom above 0")
    require_level(level)
    return float(stdtrit(df, (1 + level) / 2))


def _check(value: float, se: float, low: float, high: float) -> None:
    require_finite(value=value, se=se, low=low, high=high)
    if se < 0:
        raise AnalyticsError("interval-se", got=se, expected="a standard error of 0 or more")


def require_level(level: float) -> None:
    """Raises: AnalyticsError `interval-level` unless `level` is a confidence between 0 and 1."""
    if not 0 < level < 1:
        raise AnalyticsError("interval-level", got=level, expected="a confidence between 0 and 1")


def _from_logit(g: float, low: float, high: float) -> float:
    p = 1 / (1 + math.exp(-g)) if g > -700 else 0.0
    return low + (high - low) * p
