"""Ranks of all units that hold together: which units are clearly above which, and what places that leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from analytics.comparison.ranking import FloatArray
from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.estimate import Estimate

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class RankSet:
    """The places a unit may have among all, 1 the highest: `low` to `high`, both included."""

    low: int
    high: int


def rank_sets(estimates: Sequence[Estimate], *, level: float = 0.95) -> tuple[RankSet, ...]:
    """Places of every unit, such that those of all units hold together.

    From 1 + the number of units clearly above it to K - the number of those clearly below it
    (`clearly_above`). With `level` all K ranges hold the true places at once, those of units of one true
    value in any order. No unit's range leaves out its place in the order of the values.

    Args:
        estimates: of at least two units; each of its own sample, none of which overlap.
        level: confidence that all ranges hold, between 0 and 1.

    Raises:
        AnalyticsError: as `clearly_above`.

    Source: Al Mohamad, Goeman and van Zwet 2022, Biometrics 78(1) (ranks by Tukey's comparisons); narrower
        than the joint region of Klein, Wright and Wieczorek 2020, JRSS A 183(2), which looks at intervals one
        by one. Coverage and width of both by `python -m benchmarks.rank_sets`.
    """
    above = clearly_above(estimates, level=level)
    higher, lower = above.sum(axis=0).tolist(), above.sum(axis=1).tolist()
    return tuple(RankSet(1 + a, len(estimates) - b) for a, b in zip(higher, lower, strict=True))


def indistinguishable_groups(
    estimates: Sequence[Estimate], *, level: float = 0.95
) -> tuple[tuple[int, ...], ...]:
    """Groups of units that cannot be told apart, as indices from the highest value down.

    A group is a run of neighbours in the order of the values in which none is clearly above another
    (`clearly_above`), as long as possible; groups overlap, and a unit may stand alone. Not being told apart
    is no proof of being equal.

    Args:
        estimates, level: as of `rank_sets`, whose judgement it is.

    Raises:
        AnalyticsError: as `clearly_above`.

    Source: runs of underlined means after Duncan 1955, Biometrics 11.
    """
    above = clearly_above(estimates, level=level)
    order = np.argsort([-float(e.value or 0) for e in estimates], kind="stable")
    groups: list[tuple[int, ...]] = []
    reached = 0
    for start in range(len(order)):
        end = max(reached, start + 1)
        while end < len(order) and not above[order[start:end], order[end]].any():
            end += 1
        if end > reached:
            groups.append(tuple(int(i) for i in order[start:end]))
            reached = end
    return tuple(groups)


def clearly_above(estimates: Sequence[Estimate], *, level: float = 0.95) -> BoolArray:
    """[i, j] whether unit i is clearly above unit j, judged for all pairs together.

    It is where a - b > sqrt((a - l_a)^2 + (u_b - b)^2), with the values a, b of both and the ends of their
    own intervals of the level `level_of_pairs`. So few sheets, sheets that all agree, a census and a unit's
    own past count as they do in the interval that is printed. With `level` none of all pairs is the other way
    round, or of one true value.

    Args:
        estimates: of at least two units on one scale, each with an interval.
        level: confidence of the whole family of comparisons.

    Raises:
        AnalyticsError: `units-few`; `scale-mismatch`; `units-interval` for a unit without an interval;
            `rank-level`; `not-finite`.

    Source: Tukey's simultaneous comparisons (Hochberg and Tamhane 1987, Multiple Comparison Procedures, 3.2),
        with the interval of a difference of Zou and Donner 2008, Statistics in Medicine 27 (MOVER).
    """
    values, lows, highs = _ends(estimates, level_of_pairs(len(estimates), level))
    apart = values[:, None] - values[None, :]
    least = np.hypot((values - lows)[:, None], (highs - values)[None, :])
    return np.asarray(apart > least)


@lru_cache(maxsize=256)
def level_of_pairs(units: int, level: float = 0.95) -> float:
    """The level of each unit's interval at which the comparisons of all pairs hold together with `level`.

    2 Phi(q / sqrt(2)) - 1, q the quantile of the range of `units` independent standard normal variables: of
    two units it is `level` itself, of 60 and .95 it is .99995. Degrees of freedom enter by the intervals.

    Args:
        units: at least two.
        level: between 0 and 1.

    Raises:
        AnalyticsError: `units-few`, `rank-level`, `not-finite`.

    Source: Tukey 1953, the studentized range with infinite degrees of freedom; R's `qtukey`.
    """
    require_finite(units=units, level=level)
    if units < 2:
        raise AnalyticsError("units-few", got=units, expected="at least two units")
    if not 0 < level < 1:
        raise AnalyticsError("rank-level", got=level, expected="a share between 0 and 1")
    # Loaded by who ranks units, and not at the start of every server of forms, of which it is a fifth.
    from scipy.optimize import brentq

    q = float(brentq(lambda width: _within(width, units) - level, 0.0, _WIDEST, xtol=1e-13))
    return float(2 * ndtr(q / math.sqrt(2)) - 1)


#: A range of normal variables that no number of units reaches by chance.
_WIDEST = 40.0
#: Points at which the lowest of them may lie; a sum over them is exact to the last digits.
_LOWEST = np.linspace(-40.0, 10.0, 5_001)
_DENSITY = np.exp(-(_LOWEST**2) / 2) / math.sqrt(2 * math.pi) * (_LOWEST[1] - _LOWEST[0])


def _within(width: float, units: int) -> float:
    """The chance that the range of `units` standard normal variables is at most `width`."""
    between = ndtr(_LOWEST + width) - ndtr(_LOWEST)
    return float(units * (_DENSITY @ between ** (units - 1)))


def _ends(estimates: Sequence[Estimate], level: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    first = estimates[0]
    rows = []
    for unit in estimates:
        require_finite(se=unit.se, df=unit.df, low=unit.low, high=unit.high)
        if (unit.low, unit.high) != (first.low, first.high):
            raise AnalyticsError(
                "scale-mismatch", got=(unit.low, unit.high), expected=f"{first.low} to {first.high}"
            )
        ends = unit.interval_at(level)
        if unit.value is None or ends is None:
            raise AnalyticsError(
                "units-interval",
                got=unit.reason,
                expected="a value with an interval",
                hint="Leave out units whose sample cannot tell its own error.",
            )
        rows.append((unit.value, *ends))
    values, lows, highs = np.array(rows, dtype=np.float64).T
    return values, lows, highs
