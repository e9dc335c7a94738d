"""Reliability of the questionnaire: do its elements measure one thing?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analytics.ikm.correlation import critical_r
from analytics.ikm.covariance import FloatArray, covariance
from analytics.ikm.intervals import Interval
from analytics.ikm.jackknife import jackknife_interval
from analytics.ikm.moments import IntArray, Moments
from analytics.reason import Reason

_MINIMUM = 3
_TINY = 1e-9
#: Sheets left out in one go, so that the memory it takes does not grow with the sheets.
_AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Cronbach's alpha and what each element contributes. Undefined is None; `reason` says why.

    Attributes:
        n: sheets; k: elements.
        n_effective: fewest sheets that answer any one pair of elements; n when every sheet is complete.
        alpha: at most 1; practice in Indonesian reports asks for more than 0.6.
        alpha_if_dropped: alpha of the other elements, per element.
        item_rest: correlation of each element with the sum of the others (corrected item-total).
        r_critical: entry of the "r table" for n_effective (two-sided 5 %): below it an item is not valid.
        reason: why alpha is None. A None within a tuple means that element does not vary.
    """

    n: int
    k: int
    n_effective: int
    alpha: float | None
    alpha_if_dropped: tuple[float | None, ...]
    item_rest: tuple[float | None, ...]
    r_critical: float | None
    reason: Reason | None

    @property
    def pairwise(self) -> bool:
        """True when answers are missing, so that the covariances come from different sets of sheets."""
        return self.n_effective < self.n

    @property
    def valid(self) -> tuple[bool | None, ...]:
        """Per element: item-rest correlation above the r-table value; None where either is undefined."""
        return tuple(
            None if r is None or self.r_critical is None else r > self.r_critical for r in self.item_rest
        )


def reliability(moments: Moments) -> Reliability:
    """Cronbach's alpha, alpha if dropped and item-rest correlations; its interval is `alpha_interval`.

    alpha = k / (k - 1) x (1 - sum of variances / variance of the sum) (Cronbach 1951).

    Missing data: pairwise covariances, as R's psych::alpha; n is then the fewest sheets of any pair, which
    makes the critical value cautious. If the pairs contradict each other (a variance of the sum that
    is not positive while elements vary, or a covariance matrix that is no covariance matrix), undefined.
    Undefined also for n < 3, fewer than two elements, or no variation.
    """
    n = int(moments.pairs.min()) if moments.n else 0
    c = covariance(moments)
    reason = _refusal(n, moments.k, c)
    if c is None or reason is not None:
        nothing = (None,) * moments.k
        return Reliability(
            n=moments.n,
            k=moments.k,
            n_effective=n,
            alpha=None,
            alpha_if_dropped=nothing,
            item_rest=nothing,
            r_critical=critical_r(n),
            reason=reason,
        )
    alpha = _alpha(c)
    return Reliability(
        n=moments.n,
        k=moments.k,
        n_effective=n,
        alpha=alpha,
        alpha_if_dropped=tuple(_alpha(np.delete(np.delete(c, i, 0), i, 1)) for i in range(moments.k)),
        item_rest=item_rest(c),
        r_critical=critical_r(n),
        reason=None,
    )


def item_rest(c: FloatArray) -> tuple[float | None, ...]:
    """Correlation of each element with the sum of the others, from their (k, k) covariances.

    None for an element that does not vary, or whose others do not vary in sum.
    """
    own, with_all, total = np.diagonal(c), c.sum(axis=1), float(c.sum())
    rest = total - 2 * with_all + own
    return tuple(
        float((t - v) / math.sqrt(v * q)) if v > 0 and q > _TINY * total else None
        for v, t, q in zip(own.tolist(), with_all.tolist(), rest.tolist(), strict=True)
    )


def _refusal(n: int, k: int, c: FloatArray | None) -> Reason | None:
    if k < 2:
        return Reason.ONE_ELEMENT
    if n < _MINIMUM or c is None:
        return Reason.TOO_FEW
    if not np.diagonal(c).any():
        return Reason.NO_VARIATION
    smallest = float(np.linalg.eigvalsh(c)[0])
    if smallest < -_TINY * float(np.trace(c)):
        return Reason.INCONSISTENT_PAIRS
    return Reason.NO_VARIATION if c.sum() <= _TINY * np.trace(c) else None


def _alpha(c: FloatArray) -> float | None:
    k, trace, total = len(c), float(np.trace(c)), float(c.sum())
    if k < 2 or total <= _TINY * trace or trace == 0:
        return None
    return k / (k - 1) * (1 - trace / total)


def alpha_interval(sheets: IntArray, levels: int = 4) -> Interval | None:
    """95 % interval of Cronbach's alpha, from the sheets: `jackknife_interval` of alpha without each.

    Feldt's, which needs no sheets, takes answers to be normal: with people who give every element one score
    it holds the truth far too seldom (docs/decisions/reliability.md).

    Args:
        sheets: (n, k) scores 1..levels; 0 is not answered.
        levels: highest score.

    Missing data: pairwise, as `reliability`. None where alpha is, where it would be without some sheet, and
    where no sheet makes a difference.
    """
    moments = Moments.from_answers(sheets, levels)
    alpha = reliability(moments).alpha
    if alpha is None:
        return None
    kinds, which = np.unique(sheets[(sheets > 0).any(axis=1)], axis=0, return_inverse=True)
    found = [_alpha_without(moments, kinds[i : i + _AT_ONCE]) for i in range(0, len(kinds), _AT_ONCE)]
    without = np.concatenate(found)[which.ravel()]
    return jackknife_interval(alpha, None if np.isnan(without).any() else without)


def _alpha_without(moments: Moments, sheets: IntArray) -> FloatArray:
    """Alpha without each of these (m, k) sheets; not a number where it is undefined."""
    x, there = sheets.astype(np.float64), (sheets > 0).astype(np.float64)
    pairs = moments.pairs - there[:, :, None] * there[:, None, :]
    sums = moments.sums - x[:, :, None] * there[:, None, :]
    cross = moments.cross - x[:, :, None] * x[:, None, :]
    enough = (pairs > 1).all(axis=(1, 2))
    pairs = np.maximum(pairs, 2)
    c = (pairs * cross - sums * sums.transpose(0, 2, 1)) / (pairs * (pairs - 1))
    trace, total = np.trace(c, axis1=1, axis2=2), c.sum(axis=(1, 2))
    defined = enough & (trace > 0) & (total > _TINY * trace)
    k = moments.k
    return np.asarray(np.where(defined, k / (k - 1) * (1 - trace / np.where(defined, total, 1)), np.nan))
