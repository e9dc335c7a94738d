"""Correlation coefficients: their intervals and the smallest one that differs from zero.

Sources: Fisher (1921) for the interval of Pearson's r; Bonett and Wright (2000), Psychometrika 65, 23-28,
for that of Spearman's; the "r table" of Indonesian reports is the t test of r = 0 turned round.
"""

from __future__ import annotations

import math

from scipy.special import ndtri, stdtrit

from analytics.finite import require_finite
from analytics.ikm.intervals import Interval, require_level

_FISHER_MINIMUM = 4  # the standard error of z is 1 / sqrt(n - 3)


def critical_r(n: int, level: float = 0.95) -> float | None:
    """Smallest |r| of `n` pairs that differs from 0: t / sqrt(n - 2 + t^2), t two-sided with n - 2 df.

    None for n < 3, where r has no degrees of freedom.

    Raises:
        AnalyticsError: `not-finite`, or `interval-level`.
    """
    _check(n, 0.0, level)
    if n < 3:
        return None
    t = float(stdtrit(n - 2, 0.5 + level / 2))
    return t / math.sqrt(n - 2 + t * t)


def fisher_interval(r: float, n: int, level: float = 0.95) -> Interval | None:
    """Interval of Pearson's r: tanh(atanh r -+ z / sqrt(n - 3)); (r, r) at |r| = 1, None for n < 4.

    Raises:
        AnalyticsError: `not-finite`, or `interval-level`.
    """
    return _interval(r, n, 1.0, level)


def bonett_wright_interval(r: float, n: int, level: float = 0.95) -> Interval | None:
    """Interval of Spearman's r: as Fisher's, with the standard error sqrt((1 + r^2 / 2) / (n - 3)).

    Raises:
        AnalyticsError: `not-finite`, or `interval-level`.
    """
    return _interval(r, n, 1 + r * r / 2, level)


def _check(n: int, r: float, level: float) -> None:
    require_finite(n=n, r=r)
    require_level(level)


def _interval(r: float, n: int, variance: float, level: float) -> Interval | None:
    _check(n, r, level)
    if n < _FISHER_MINIMUM:
        return None
    if abs(r) >= 1:
        return r, r
    half = float(ndtri(0.5 + level / 2)) * math.sqrt(variance / (n - 3))
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
