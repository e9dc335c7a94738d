"""Covariances of the elements, from the exact sums."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.ikm.moments import Moments

FloatArray = NDArray[np.float64]


def covariance(moments: Moments) -> FloatArray | None:
    """(k, k) sample covariances of the scores, divisor (sheets - 1).

    cov_ij = (p c_ij - s_ij s_ji) / (p (p - 1)), where p sheets answer both i and j. The numerator is an exact
    integer, so an element without variation has a variance of exactly 0.

    Missing data: pairwise; each covariance uses the sheets that answer both elements. None when some pair was
    answered on fewer than two sheets.
    """
    pairs = moments.pairs.astype(object)
    if moments.n < 2 or (moments.pairs < 2).any():
        return None
    sums, cross = moments.sums.astype(object), moments.cross.astype(object)
    numerator = pairs * cross - sums * sums.T
    return np.asarray(numerator / (pairs * (pairs - 1)), dtype=np.float64)
