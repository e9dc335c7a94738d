"""How far from a centre the mean of some sheets may lie by chance, also near the end of the scale."""

from __future__ import annotations

import numpy as np

from analytics.comparison.ranking import FloatArray
from analytics.finite import require_finite

#: Of a mean position, Anscombe's shift towards the middle: 3/8 of 3/4 effective sheets.
_SHIFT, _WEIGHT = 0.375, 0.75


def angles(positions: FloatArray, effective: FloatArray) -> FloatArray:
    """2 sqrt(n) asin sqrt((m n + 3/8)/(n + 3/4)): of standard deviation one, wherever on the scale m lies.

    Args:
        positions: means m, 0 to 1.
        effective: n, as many sheets as would tell as much if their positions were 0 and 1 only; above 0.

    Raises:
        AnalyticsError: `not-finite`.

    Source: Anscombe 1948, Biometrika 35.
    """
    require_finite(positions=positions, effective=effective)
    shifted = (positions * effective + _SHIFT) / (effective + _WEIGHT)
    return np.asarray(2 * np.sqrt(effective) * np.arcsin(np.sqrt(shifted)))


def around(centre: FloatArray, effective: FloatArray, sigmas: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mean positions whose `angles` lie `sigmas` below and above 2 sqrt(n) asin sqrt(centre).

    Cut at 0 and 1, and never beyond the centre: near the end of the scale the side towards it ends there,
    and the other is the longer.

    Args:
        centre: true position, 0 to 1.
        effective: as of `angles`.
        sigmas: 0 or more.

    Raises:
        AnalyticsError: `not-finite`.

    Source: as of `angles`; false alarms by `python -m benchmarks.limits`.
    """
    require_finite(centre=centre, effective=effective, sigmas=sigmas)
    middle, half = np.arcsin(np.sqrt(centre)), sigmas / (2 * np.sqrt(effective))
    ends = np.sin(np.maximum(middle - half, 0.0)) ** 2, np.sin(np.minimum(middle + half, np.pi / 2)) ** 2
    low, high = (((effective + _WEIGHT) * end - _SHIFT) / effective for end in ends)
    return np.minimum(np.maximum(low, 0.0), centre), np.maximum(np.minimum(high, 1.0), centre)
