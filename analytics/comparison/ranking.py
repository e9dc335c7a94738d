"""Ranking units without pretending to more order than the samples show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.errors import AnalyticsError
from analytics.finite import require_finite

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Shrinkage:
    """Units drawn towards their common mean by as much as their samples are uncertain.

    Attributes:
        mean, mean_se: precision-weighted mean of the units and its standard error, in points.
        tau2: variance of the true unit values, in points squared; 0 when sampling error explains all.
        values: shrunken unit values, in points.
        sds: their posterior standard deviations, in points.
        shares: how much of each unit's own deviation is kept, 0 to 1; 1 - B_i.
    """

    mean: float
    mean_se: float
    tau2: float
    values: tuple[float, ...]
    sds: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Rank:
    """Place of one unit, 1 the highest: `expected` over the simulated draws, 95 % of them in `low`..`high`.

    Of that unit alone: of many such ranges one in twenty is wrong. Those of `rank_sets` hold together.
    """

    expected: float
    low: int
    high: int


def shrink(values: Sequence[float], ses: Sequence[float]) -> Shrinkage:
    """Empirical-Bayes values: y_i - B_i (y_i - m), with B_i = (k - 3)/(k - 1) x se_i^2 / (tau^2 + se_i^2).

    m is the mean of the units weighted by 1/(se_i^2 + tau^2), and tau^2, by Paule and Mandel, solves
    sum (y_i - m)^2 / (se_i^2 + tau^2) = k - 1; it is 0 when the left side is smaller already without it.

    The variance is (1 - B_i) se_i^2 + B_i^2 var(m) + 2/(k - 3) B_i^2 (v + tau^2)/(se_i^2 + tau^2) (y_i - m)^2
    with v the mean of the se_i^2 weighted by 1/(se_i^2 + tau^2): the unit's own error, that of the mean it is
    drawn to, and that of B, because tau^2 is estimated from the same k units. Without the last term and the
    factor of B, units that hardly differ are drawn to one value with an interval far too narrow. Two or three
    units cannot tell how much they differ: they keep their values and errors.

    For ordering and screening only; the published IKM of a unit is its own.

    Args:
        values: at least two unit values, in points.
        ses: their standard errors, in points, of `dispersion.pooled_ses` for units of a few dozen
            sheets, at most one of them 0. Units without one have no place here.

    Raises:
        AnalyticsError: `not-finite`, `units-few`, `units-length` or `units-se`.

    Source: Morris 1983, Journal of the American Statistical Association 78 (parametric empirical Bayes), with
        one mean for all units; coverage measured by `python -m benchmarks.ranking`. tau^2: Paule and Mandel
        1982, Journal of Research of the National Bureau of Standards 87.
    """
    y, v = _checked(values, ses)
    k, tau2 = len(y), _solve_tau2(y, v)
    precision = 1 / np.maximum(v + tau2, _TINY)
    mean, mean_variance = float(precision @ y / precision.sum()), float(1 / precision.sum())
    drawn = max(0, k - 3) / (k - 1) * v * precision
    variance = (1 - drawn) * v + drawn**2 * mean_variance
    if k > 3:
        typical = float(precision @ v / precision.sum()) + tau2
        variance += 2 / (k - 3) * drawn**2 * typical * precision * (y - mean) ** 2
    return Shrinkage(
        mean=mean,
        mean_se=mean_variance**0.5,
        tau2=tau2,
        values=tuple((y - drawn * (y - mean)).tolist()),
        sds=tuple(np.sqrt(variance).tolist()),
        shares=tuple((1 - drawn).tolist()),
    )


def rank_intervals(
    values: Sequence[float],
    sds: Sequence[float],
    rng: Generator,
    *,
    draws: int = 10_000,
    level: float = 0.95,
) -> tuple[Rank, ...]:
    """Expected rank and rank interval of every unit by simulation.

    Each draw takes every unit from its normal distribution and ranks them, 1 the highest; the interval holds
    the middle `level` of the ranks. Each holds by itself; a table read as a whole needs `rank_sets`.

    Args:
        values, sds: unit values and standard deviations, in points; of `shrink` for a fair ranking.
        rng: source of the draws; the same state gives the same result.
        draws: number of simulated rankings, at least one.
        level: share of the draws inside the interval, between 0 and 1.

    Raises:
        AnalyticsError: `not-finite`, `units-length`; `units-sd` for a negative standard deviation;
            `rank-draws`, `rank-level`.

    Source: Goldstein and Spiegelhalter 1996, Journal of the Royal Statistical Society A 159, section 4.
    """
    _check_draws(values, sds, draws, level)
    drawn = rng.normal(np.asarray(values), np.asarray(sds), (draws, len(values)))
    ranks = np.empty(drawn.shape, dtype=np.int32)
    places = np.arange(1, len(values) + 1, dtype=np.int32)
    np.put_along_axis(ranks, np.argsort(-drawn, axis=1), np.broadcast_to(places, drawn.shape), axis=1)
    # The smallest rank that at least the share `tail` of the draws does not exceed (inverted CDF), out of a
    # unit's draws side by side: they are sorted many times faster than one from every row. 2.5 % of 10,000
    # are 250 and not a float above it.
    ordered = np.sort(np.ascontiguousarray(ranks.T), axis=1)
    low, high = (
        ordered[:, max(0, math.ceil(round(draws * tail, 6)) - 1)]
        for tail in ((1 - level) / 2, (1 + level) / 2)
    )
    return tuple(
        Rank(float(m), int(a), int(b)) for m, a, b in zip(ranks.mean(axis=0), low, high, strict=True)
    )


_TINY = 1e-300


def _checked(values: Sequence[float], ses: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    y, se = np.asarray(values, dtype=np.float64), np.asarray(ses, dtype=np.float64)
    if len(y) != len(se):
        raise AnalyticsError("units-length", got=len(se), expected=f"{len(y)} standard errors")
    if len(y) < 2:
        raise AnalyticsError("units-few", got=len(y), expected="at least two units")
    require_finite(values=y, ses=se)
    if not (se >= 0).all() or (se == 0).sum() > 1:
        raise AnalyticsError(
            "units-se",
            got=se.tolist(),
            expected="standard errors above 0",
            hint="Leave out units whose sample cannot tell its own error.",
        )
    return y, se**2


def _check_draws(values: Sequence[float], sds: Sequence[float], draws: int, level: float) -> None:
    require_finite(values=values, sds=sds, draws=draws, level=level)
    if len(values) != len(sds):
        raise AnalyticsError("units-length", got=len(sds), expected=f"{len(values)} standard deviations")
    if min(sds, default=0) < 0:
        raise AnalyticsError("units-sd", got=list(sds), expected="standard deviations of 0 or more")
    if draws < 1:
        raise AnalyticsError("rank-draws", got=draws, expected="at least one draw")
    if not 0 < level < 1:
        raise AnalyticsError("rank-level", got=level, expected="a share between 0 and 1")


def _excess(tau2: float, y: FloatArray, v: FloatArray) -> float:
    w = 1 / np.maximum(v + tau2, _TINY)
    return float(w @ (y - w @ y / w.sum()) ** 2) - (len(y) - 1)


def _solve_tau2(y: FloatArray, v: FloatArray) -> float:
    if _excess(0.0, y, v) <= 0:
        return 0.0
    # Loaded by who ranks units, and not at the start of every server of forms, of which it is a fifth.
    from scipy.optimize import brentq

    top = float(np.ptp(y) ** 2)
    return float(brentq(_excess, 0.0, top, args=(y, v), xtol=1e-300, rtol=1e-14))
