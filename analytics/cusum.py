"""CUSUM: small lasting changes, with the false-alarm rate that was asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from analytics.errors import AnalyticsError
from analytics.finite import require_finite

_NODES = 64


@dataclass(frozen=True)
class Cusum:
    """A two-sided CUSUM.

    Attributes:
        upper, lower: the two sums after each point, 0 or more, in standard deviations.
        threshold: both alarm above it.
        alarms: positions where one of them is above it.
        reference: half the shift that is looked for, in standard deviations.
        arl_in_control: points between false alarms on average, while the baseline holds.
        arl_shifted: points until an alarm on average after a lasting shift of twice `reference`.
    """

    upper: tuple[float, ...]
    lower: tuple[float, ...]
    threshold: float
    alarms: tuple[int, ...]
    reference: float
    arl_in_control: float
    arl_shifted: float

    @property
    def false_alarm_rate(self) -> float:
        """False alarms per point while nothing changes: 1 / arl_in_control."""
        return 1 / self.arl_in_control


def cusum(
    values: Sequence[float],
    sds: Sequence[float],
    baseline: float,
    *,
    reference: float = 0.5,
    arl: float = 370.0,
) -> Cusum:
    """Two-sided tabular CUSUM of standardised values, calibrated to the in-control run length `arl`.

    z_t = (y_t - baseline) / sd_t; upper_t = max(0, upper_(t-1) + z_t - reference), lower_t likewise with
    -z_t. The threshold is the one whose average run length without change is `arl`, for independent normal
    values about a known baseline: an average over earlier months, not over the ones under watch.

    Args:
        values: in points, of one segment, in order of time.
        sds: standard deviation of each about the baseline, above 0: its standard error, times Laney's sigma_z
            when months differ by more than their samples explain.
        baseline: known level, in points.
        reference: half the shift looked for, in standard deviations.
        arl: points between false alarms, above 2; 370 is one in thirty years of months.

    Raises:
        AnalyticsError: `cusum-sd` for a standard deviation of 0; `not-finite`; as `threshold_for`.

    Source: Page 1954, Biometrika 41; Montgomery, Introduction to Statistical Quality Control, 9.1.
    """
    require_finite(values=values, sds=sds, baseline=baseline)
    if len(sds) != len(values) or any(not sd > 0 for sd in sds):
        raise AnalyticsError("cusum-sd", got=list(sds), expected=f"{len(values)} standard deviations above 0")
    z = [(y - baseline) / sd for y, sd in zip(values, sds, strict=True)]
    threshold = threshold_for(arl, reference)
    upper, lower = _sums(z, reference), _sums([-v for v in z], reference)
    alarms = tuple(i for i, pair in enumerate(zip(upper, lower, strict=True)) if max(pair) > threshold)
    shifted = average_run_length(threshold, reference, shift=2 * reference)
    return Cusum(upper, lower, threshold, alarms, reference, arl, shifted)


@lru_cache(maxsize=64)
def threshold_for(arl: float, reference: float = 0.5) -> float:
    """Threshold of a two-sided CUSUM whose average run length without change is `arl` points.

    Raises:
        AnalyticsError: `cusum-arl` below the run length of a threshold of 0; `cusum-reference` unless it is 0
            or more; `not-finite`.
    """
    require_finite(arl=arl, reference=reference)
    if reference < 0:
        raise AnalyticsError("cusum-reference", got=reference, expected="a reference of 0 or more")

    def excess(threshold: float) -> float:
        return math.log(average_run_length(threshold, reference) / arl)

    if arl <= 0 or excess(1e-6) > 0:
        raise AnalyticsError("cusum-arl", got=arl, expected="a longer run without false alarm")
    top = 1.0
    while excess(top) < 0:
        top *= 2
    return float(brentq(excess, 1e-6, top, xtol=1e-10))


def average_run_length(threshold: float, reference: float = 0.5, shift: float = 0.0) -> float:
    """Average run length, in points, of a two-sided CUSUM of independent normal values with mean `shift`.

    One side: L(u) = 1 + L(0) Phi(k - u - shift) + integral over 0..h of L(y) phi(y + k - u - shift) dy,
    solved by Gauss-Legendre quadrature; both sides: 1/L = 1/L_upper + 1/L_lower.

    Args:
        threshold: h, in standard deviations, above 0.
        reference: k.
        shift: of the mean, in standard deviations.

    Raises:
        AnalyticsError: `cusum-threshold`, or `not-finite`.

    Source: Page 1954; Brook and Evans 1972, Biometrika 59; Kemp 1961 for the two sides.
    """
    require_finite(threshold=threshold, reference=reference, shift=shift)
    if threshold <= 0:
        raise AnalyticsError("cusum-threshold", got=threshold, expected="a threshold above 0")
    sides = (_one_sided(threshold, reference, shift), _one_sided(threshold, reference, -shift))
    return 1 / sum(1 / run for run in sides)


def _one_sided(h: float, k: float, shift: float) -> float:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    y = np.append((nodes + 1) * h / 2, 0.0)
    density = np.exp(-((y[None, :-1] + k - y[:, None] - shift) ** 2) / 2) / math.sqrt(2 * math.pi)
    step = np.column_stack([density * weights * h / 2, ndtr(k - y - shift)])
    return float(np.linalg.solve(np.eye(len(y)) - step, np.ones(len(y)))[-1])


def _sums(z: Sequence[float], reference: float) -> tuple[float, ...]:
    sums, total = [], 0.0
    for value in z:
        total = max(0.0, total + value - reference)
        sums.append(total)
    return tuple(sums)
