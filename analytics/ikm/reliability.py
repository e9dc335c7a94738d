"""Reliability of the questionnaire: do its elements measure one thing?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from analytics.ikm.correlation import critical_r
from analytics.ikm.covariance import FloatArray, covariance
from analytics.ikm.intervals import Interval
from analytics.ikm.moments import Moments
from analytics.reason import Reason

_MINIMUM = 3
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Cronbach's alpha and what each element contributes. Undefined is None; `reason` says why.

    Attributes:
        n: sheets; k: elements.
        n_effective: fewest sheets that answer any one pair of elements; n when every sheet is complete.
        alpha: at most 1; practice in Indonesian reports asks for more than 0.6.
        interval: 95 % interval of alpha (Feldt).
        alpha_if_dropped: alpha of the other elements, per element.
        item_rest: correlation of each element with the sum of the others (corrected item-total).
        r_critical: entry of the "r table" for n_effective (two-sided 5 %): below it an item is not valid.
        reason: why alpha is None. A None within a tuple means that element does not vary.
    """

    n: int
    k: int
    n_effective: int
    alpha: float | None
    interval: Interval | None
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
    """Cronbach's alpha, its interval, alpha if dropped and item-rest correlations.

    alpha = k / (k - 1) x (1 - sum of variances / variance of the sum) (Cronbach 1951); interval
    1 - (1 - alpha) F with n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt, Woodruff and Salih 1987).

    Missing data: pairwise covariances, as R's psych::alpha; n is then the fewest sheets of any pair, which
    makes interval and critical value cautious. If the pairs contradict each other (a variance of the sum that
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
            interval=None,
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
        interval=None if alpha is None else _feldt(alpha, n, moments.k),
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


def _feldt(alpha: float, n: int, k: int) -> Interval:
    low, high = (float(fdtri(n - 1, (n - 1) * (k - 1), p)) for p in (0.025, 0.975))
    return 1 - (1 - alpha) * high, 1 - (1 - alpha) * low
