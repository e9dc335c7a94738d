"""The interval of a reliability, from what it would be without each sheet."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import stdtrit

from analytics.finite import require_finite
from analytics.ikm.covariance import FloatArray
from analytics.ikm.intervals import Interval

#: A variance of pseudo-values below it is what rounding leaves.
_NOTHING = 1e-18


def jackknife(value: float, without: FloatArray | None) -> tuple[float, float] | None:
    """Standard error of log(1 - value), and its degrees of freedom.

    With l = log(1 - value) and l_i the same without sheet i, the pseudo-values n l - (n - 1) l_i have the
    variance that an estimate of l has times n, whatever the distribution of the answers (Tukey 1958). As
    many degrees of freedom as such a variance has with their kurtosis: 2 n / (kurtosis - 1), n - 1 at most.

    Args:
        value: below 1.
        without: (n,) the value without each sheet; None where it has none without one of them.

    None where a value is 1 or not known, or where no sheet makes a difference.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(value=value, without=without)
    if without is None or len(without) < 2 or value >= 1 or (without >= 1).any():
        return None
    n = len(without)
    pseudo = n * math.log1p(-value) - (n - 1) * np.log1p(-without)
    off = pseudo - pseudo.mean()
    square = float((off**2).mean())
    if square <= _NOTHING:
        return None
    kurtosis = float((off**4).mean()) / square**2
    df = min(n - 1.0, 2 * n / (kurtosis - 1)) if kurtosis > 1 else n - 1.0
    return math.sqrt(square / (n - 1)), df


def jackknife_interval(value: float, without: FloatArray | None) -> Interval | None:
    """95 % interval of a reliability: log(1 - value) -+ t standard errors, carried back.

    None where `jackknife` has none. Where a few sheets decide it the degrees of freedom are few and it is
    wide; it is not kept back then, because samples without such sheets only seem to know more.

    Raises:
        AnalyticsError: `not-finite`.
    """
    found = jackknife(value, without)
    if found is None:
        return None
    se, df = found
    half = float(stdtrit(df, 0.975)) * se
    return 1 - (1 - value) * math.exp(half), 1 - (1 - value) * math.exp(-half)
