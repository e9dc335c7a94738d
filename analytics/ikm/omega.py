"""Whether the elements measure one thing, for grades: omega from correlations of what lies behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.finite import require_finite
from analytics.ikm.covariance import FloatArray
from analytics.ikm.intervals import Interval
from analytics.ikm.jackknife import jackknife_interval
from analytics.ikm.moments import IntArray
from analytics.ikm.polychoric import FURTHEST, polychoric, tables
from analytics.reason import Reason

_ELEMENTS = 3
#: From as many on its interval holds the truth in .93 of samples or more, but for units of which hardly any
#: sample has one (docs/decisions/reliability.md).
FEWEST_SHEETS = 30
#: Least share of an element that is its own, as psych::fa has it: what is left where a fit asks for less.
_OWN = 0.005
_HIGHEST = (1 - _OWN) ** 0.5
#: An interval that reaches below it (one of two levels, or of very few unhappy people) tells nothing.
_LOWEST = -1.0
_ROUNDS = 2_000
_CLOSE = 1e-11
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Omega:
    """Omega of one factor behind the grades. Undefined is None; `reason` says why.

    Attributes:
        n: sheets; k: elements.
        n_effective: fewest sheets that answer any one pair of elements; n when every sheet is complete.
        omega: at most 1; the share of the variance of the sum that is not each element's own.
        loadings: correlation of each element with the factor; None with omega.
        interval: 95 % interval of omega; None where a sheet less would leave no omega, answers to two
            elements go in step, or it would reach below -1.
        reason: why omega is None, or else why its interval is.
    """

    n: int
    k: int
    n_effective: int
    omega: float | None
    loadings: tuple[float, ...] | None
    interval: Interval | None
    reason: Reason | None


def omega(sheets: IntArray, levels: int, *, fewest: int = FEWEST_SHEETS) -> Omega:
    """Omega total of one factor on polychoric correlations, with its interval.

    omega = 1 - sum u_i^2 / sum of all r_ij, with u_i^2 = 1 - l_i^2 and the loadings l of `minres`. So it is
    McDonald's omega total of the sum of what lies behind the grades, each in its standard deviations
    (ordinal omega; Gadermann, Guhn and Zumbo 2012), not of the sum of the grades. R: psych::omega of
    psych::polychoric(x, correct = 0, global = FALSE)$rho with nfactors = 1 and flip = FALSE.

    Interval: `jackknife_interval` of omega without each sheet; none where a pair of elements is answered so
    alike that its correlation lies at its end, because leaving out one sheet then shows nothing.

    Args:
        sheets: (n, k) scores 1..levels; 0 is not answered.
        levels: highest score.
        fewest: sheets that every pair of elements has to have.

    Missing data: pairwise, as `polychoric`. Undefined for fewer than three elements, too few sheets, a pair
    of which one element does not vary, and correlations whose sum is not positive.
    """
    sheets = sheets[(sheets > 0).any(axis=1)]
    n, k = sheets.shape
    counts = tables(sheets, levels)
    effective = int(counts.sum(axis=(1, 2)).min(initial=n))
    refusal = _refusal(counts, k, effective, fewest)
    if refusal is not None:
        return _undefined(n, k, effective, refusal)
    r = polychoric(counts)
    loadings = minres(_square(r, k)[None])
    value = float(_omega(_square(r, k)[None], loadings)[0])
    if np.isnan(value):
        return _undefined(n, k, effective, Reason.NO_VARIATION)
    interval = None
    if np.abs(r).max() < FURTHEST:
        interval = jackknife_interval(value, _without_each(sheets, counts, r, loadings))
    if interval is not None and interval[0] < _LOWEST:
        interval = None
    return Omega(
        n=n,
        k=k,
        n_effective=effective,
        omega=value,
        loadings=tuple(loadings[0].tolist()),
        interval=interval,
        reason=Reason.TOO_FEW if interval is None else None,
    )


def minres(r: FloatArray, start: FloatArray | None = None) -> FloatArray:
    """(m, k) loadings of one factor on each of (m, k, k) correlations, least squares off the diagonal.

    They minimise the sum over pairs of (r_ij - l_i l_j)^2, one loading after the other until none moves
    (Harman and Jones 1966), and leave each element 0.005 of its own (Harman and Fukuda 1966). Their sum is
    not negative. R: psych::fa(r, nfactors = 1, fm = "minres").

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(r=r, start=start)
    k = r.shape[1]
    off = r * (1 - np.eye(k))
    if start is None:
        values, vectors = np.linalg.eigh(r)
        start = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1:], 0))
    loadings = np.clip(np.broadcast_to(start, r.shape[:2]), -_HIGHEST, _HIGHEST).copy()
    for _ in range(_ROUNDS):
        before = loadings.copy()
        for i in range(k):
            square = (loadings**2).sum(axis=1) - loadings[:, i] ** 2
            fitted = (off[:, i] * loadings).sum(axis=1) / np.maximum(square, _TINY)
            loadings[:, i] = np.clip(fitted, -_HIGHEST, _HIGHEST)
        if np.abs(loadings - before).max() < _CLOSE:
            break
    return np.asarray(np.where(loadings.sum(axis=1, keepdims=True) < 0, -loadings, loadings))


def _omega(r: FloatArray, loadings: FloatArray) -> FloatArray:
    """Not a number where the correlations have no positive sum."""
    total = r.sum(axis=(1, 2))
    own = (1 - loadings**2).sum(axis=1)
    return np.asarray(np.where(total > _TINY, 1 - own / np.where(total > _TINY, total, 1), np.nan))


def _square(r: FloatArray, k: int) -> FloatArray:
    """(..., k, k) matrices of (..., pairs)."""
    full = np.broadcast_to(np.eye(k), (*r.shape[:-1], k, k)).copy()
    first, second = np.triu_indices(k, 1)
    full[..., first, second] = full[..., second, first] = r
    return full


def _varies(counts: FloatArray) -> bool:
    return bool(all((counts.sum(axis=axis) > 0).sum(axis=1).min() > 1 for axis in (1, 2)))


def _refusal(counts: FloatArray, k: int, effective: int, fewest: int) -> Reason | None:
    if k < _ELEMENTS:
        return Reason.FEWER_THAN_THREE
    if effective < max(fewest, _ELEMENTS):
        return Reason.TOO_FEW
    return None if _varies(counts) else Reason.UNSUR_WITHOUT_VARIATION


def _undefined(n: int, k: int, effective: int, reason: Reason) -> Omega:
    return Omega(n=n, k=k, n_effective=effective, omega=None, loadings=None, interval=None, reason=reason)


def _without_each(
    sheets: IntArray, counts: FloatArray, r: FloatArray, loadings: FloatArray
) -> FloatArray | None:
    """(n,) omega without each sheet; None where it has none without one of them.

    A sheet is one in a cell of each table, so there are as many other correlations as cells with sheets, and
    not as many as sheets; and sheets that are alike have one omega.
    """
    pair, row, column = np.nonzero(counts)
    fewer = counts[pair].copy()
    fewer[np.arange(len(pair)), row, column] -= 1
    if not _varies(fewer):
        return None
    moved = np.broadcast_to(r[:, None, None], (len(r), counts.shape[1] + 1, counts.shape[2] + 1)).copy()
    moved[pair, row + 1, column + 1] = polychoric(fewer, r[pair])
    kinds, which = np.unique(sheets, axis=0, return_inverse=True)
    first, second = np.triu_indices(sheets.shape[1], 1)
    without = _square(moved[np.arange(len(r)), kinds[:, first], kinds[:, second]], sheets.shape[1])
    found = _omega(without, minres(without, loadings))
    return None if np.isnan(found).any() else found[which.ravel()]
