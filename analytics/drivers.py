"""Shapley importance: how much of an overall judgement each unsur explains."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from analytics.errors import AnalyticsError
from analytics.ikm.covariance import FloatArray, covariance
from analytics.ikm.moments import Moments
from analytics.reason import Reason

_LIMIT = 14  # 2^14 regressions; one more element doubles the work
_TINY = 1e-9


@dataclass(frozen=True)
class Drivers:
    """R2 of the overall item on the others, divided among them.

    Attributes:
        r2: share of the overall item's variance explained, 0 to 1.
        shares: one per element, adding up to r2; 0 at the overall item's own position. None when undefined.
        reason: why it is undefined.
    """

    r2: float | None
    shares: tuple[float, ...] | None
    reason: Reason | None


def drivers(moments: Moments, overall: int | None) -> Drivers:
    """Shapley values of R2 (Lindeman, Merenda and Gold 1980; Groemping 2006, J. Stat. Softw. 17(1)).

    share_i = mean over all orders of entry of R2(before and i) - R2(before).

    Refused with `NO_OVERALL_ITEM` when the instrument has no overall item (`overall` None), as in the
    official form: the nine unsur explain the IKM identically, R2 = 1, so a division only repeats the weights.

    Missing data: complete sheets only (`MISSING_ANSWERS` otherwise). `TOO_FEW` unless n exceeds the number of
    elements by two; `NO_VARIATION` in the overall item; `COLLINEAR` when an element repeats others.

    Raises:
        AnalyticsError: `unsur-unknown` for a position the instrument does not have; `elements-limit`.
    """
    if overall is None:
        return Drivers(None, None, Reason.NO_OVERALL_ITEM)
    _check(moments, overall)
    c = covariance(moments)
    others = [i for i in range(moments.k) if i != overall]
    reason = _refusal(moments, c, overall, others)
    if c is None or reason is not None:
        return Drivers(None, None, reason)
    explained = _all_r2(c, overall, others)
    shares = [0.0] * moments.k
    for i in others:
        shares[i] = _share(explained, i, [j for j in others if j != i])
    return Drivers(explained[frozenset(others)], tuple(shares), None)


def _check(moments: Moments, overall: int) -> None:
    if not 0 <= overall < moments.k:
        raise AnalyticsError("unsur-unknown", got=overall, expected=f"a position from 0 to {moments.k - 1}")
    if moments.k - 1 > _LIMIT:
        raise AnalyticsError("elements-limit", got=moments.k - 1, expected=f"at most {_LIMIT} elements")


def _refusal(moments: Moments, c: FloatArray | None, overall: int, others: list[int]) -> Reason | None:
    if moments.n and not moments.complete:
        return Reason.MISSING_ANSWERS
    if c is None or moments.n < moments.k + 2 or not others:
        return Reason.TOO_FEW
    if c[overall, overall] == 0:
        return Reason.NO_VARIATION
    own = np.sqrt(np.diagonal(c)[others])
    if (own == 0).any():
        return Reason.COLLINEAR
    correlation = c[np.ix_(others, others)] / np.outer(own, own)
    return Reason.COLLINEAR if float(np.linalg.eigvalsh(correlation)[0]) < _TINY else None


def _all_r2(c: FloatArray, overall: int, others: list[int]) -> dict[frozenset[int], float]:
    explained = {frozenset[int](): 0.0}
    for size in range(1, len(others) + 1):
        for chosen in map(list, combinations(others, size)):
            with_overall = c[chosen, overall]
            solved = np.linalg.solve(c[np.ix_(chosen, chosen)], with_overall)
            explained[frozenset(chosen)] = float(with_overall @ solved / c[overall, overall])
    return explained


def _share(explained: dict[frozenset[int], float], i: int, rest: list[int]) -> float:
    p = len(rest) + 1
    return sum(
        factorial(size)
        * factorial(p - size - 1)
        / factorial(p)
        * (explained[frozenset((*before, i))] - explained[frozenset(before)])
        for size in range(p)
        for before in combinations(rest, size)
    )
