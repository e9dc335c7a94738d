"""Raking: weights that meet several known margins at once (service, sex, age), from the sheets themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.moments import IntArray, Moments
from analytics.ikm.scoring import score
from analytics.ikm.unanswered import answered_by_few
from analytics.ikm.weights import Weight, normalised_weights
from analytics.reason import Reason
from analytics.sampling.borrowing import borrowed_share

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Margin:
    """A known margin: the category of every sheet, and how many users each category has."""

    name: str
    categories: Sequence[str]
    population: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Raked:
    """Raw and raked index side by side.

    Attributes:
        raw: of the sheets as they came.
        weighted: of the raked sheets; undefined, with the reason, when raking did not converge.
        weights: one per sheet, summing to the number of users of the first margin.
        iterations: passes over all margins.
        converged: whether every margin is met within `tolerance`.
        gap: largest relative distance from a known size after the last pass.
        empty: (margin, category) that users belong to and no sheet; their users are spoken for by nobody.
        design_effect: Kish's n sum(w^2) / (sum w)^2.
    """

    raw: Estimate
    weighted: Estimate
    weights: tuple[float, ...]
    iterations: int
    converged: bool
    gap: float
    empty: tuple[tuple[str, str], ...]
    design_effect: float


def rake(
    answers: ArrayLike,
    margins: Sequence[Margin],
    *,
    levels: int = 4,
    weights: Sequence[Weight] | None = None,
    max_iterations: int = 1000,
    tolerance: float = 1e-12,
) -> Raked:
    """Iterative proportional fitting of the sheets to known margins.

    Every pass multiplies the weights of each category to its known size, margin after margin. NRR_i =
    sum w a x / sum w a; the variance is the sum of (w r)^2 / (1 - h), with r the residuals of the index after
    regression on the margins and h their leverage: 1 - h is what the fit takes out of a sheet's residual, and
    with one margin 1/(1 - h) is n_g/(n_g - 1). A sheet whose categories hold fewer than ten sheets' worth of
    others (1/h) takes the pooled variance sum r^2 / (n - rank) in, one that is alone in a category has it
    (`borrowing.borrowed_share`). Interval logit-t with the degrees of freedom of that quadratic
    form for equal variances.

    R's survey has n/(n - 1) in the place of 1/(1 - h): too small for small categories, see
    `analytics.sampling.weighting.post_stratify`.

    Missing data: an unanswered unsur (0) counts in no mean; every sheet needs a category in every margin
    ("tidak diisi" is one, if its size is known). Sizes of a margin with empty categories are scaled to the
    users of the first margin that answered categories cover.

    Args:
        answers: (n, k) integers 0 to `levels`; each sheet with at least one answer.
        margins: at least one.
        levels: highest score.
        weights: of the unsur; None for equal weights.
        max_iterations: passes before giving up; giving up is a result, not an error. More than a hundred
            are often needed where few sheets leave combinations empty, as at a service of women alone.
        tolerance: largest relative distance from a known size that counts as met.

    Raises:
        AnalyticsError: `rake-sheets` for margins or sheets that do not fit together, `rake-category` for a
            sheet whose category has no known size above 0; `not-finite`.

    Source: Deming and Stephan 1940, Annals of Mathematical Statistics 11; Deville and Sarndal 1992, JASA 87
        (residuals); MacKinnon and White 1985, Journal of Econometrics 29 (HC2); Bell and McCaffrey 2002,
        Survey Methodology 28(2) (degrees of freedom); Kish 1965, 11.2C.
    """
    x = np.asarray(answers)
    moments = Moments.from_answers(x, levels)
    _check(moments, len(x), margins)
    require_finite(max_iterations=max_iterations, tolerance=tolerance)
    codes, sizes = zip(*(_coded(m) for m in margins), strict=True)
    sizes = tuple(s * (sizes[0].sum() / s.sum()) for s in sizes)
    w, iterations, gap = _fit(codes, sizes, max_iterations, tolerance)
    converged = gap <= tolerance
    weighted = (
        _index(x, w, codes, moments, weights) if converged else Estimate.undefined(Reason.NOT_CONVERGED)
    )
    return Raked(
        raw=Estimate.of(score(moments, weights=weights)),
        weighted=weighted,
        weights=tuple(w.tolist()),
        iterations=iterations,
        converged=converged,
        gap=gap,
        empty=tuple(
            (m.name, c) for m in margins for c, s in m.population.items() if s and c not in m.categories
        ),
        design_effect=float(len(w) * (w @ w) / w.sum() ** 2),
    )


def _check(moments: Moments, n: int, margins: Sequence[Margin]) -> None:
    lengths = {len(m.categories) for m in margins}
    if moments.n != n or lengths != {n}:
        raise AnalyticsError(
            "rake-sheets",
            got=(moments.n, sorted(lengths)),
            expected=f"{n} sheets with an answer, and a category for each in every margin",
        )


def _coded(margin: Margin) -> tuple[IntArray, FloatArray]:
    require_finite(**{margin.name: margin.population.values()})
    names, codes = np.unique(np.asarray(margin.categories, dtype=str), return_inverse=True)
    sizes = np.array([margin.population.get(str(name), 0.0) for name in names], dtype=np.float64)
    if not (sizes > 0).all():
        unknown = [str(name) for name, size in zip(names, sizes, strict=True) if not size > 0]
        raise AnalyticsError(
            "rake-category", got=unknown, expected=f"categories with users in margin {margin.name}"
        )
    return codes.astype(np.int64), sizes


def _fit(
    codes: Sequence[IntArray], sizes: Sequence[FloatArray], max_iterations: int, tolerance: float
) -> tuple[FloatArray, int, float]:
    # Sheets of one combination of categories always weigh the same: the passes need only the combinations.
    dims = tuple(len(size) for size in sizes)
    combined = np.ravel_multi_index(tuple(codes), dims)
    found, cell, n = np.unique(combined, return_inverse=True, return_counts=True)
    cells = np.unravel_index(found, dims)
    each = np.full(len(found), sizes[0].sum() / n.sum())
    gap, iteration = math.inf, 0
    while gap > tolerance and iteration < max_iterations:
        iteration += 1
        for c, size in zip(cells, sizes, strict=True):
            each = each * (size / np.bincount(c, n * each))[c]
        met = zip(cells, sizes, strict=True)
        gap = max(float(np.abs(np.bincount(c, n * each) / size - 1).max()) for c, size in met)
    return np.asarray(each[cell]), iteration, gap


def _index(
    x: IntArray,
    w: FloatArray,
    codes: Sequence[IntArray],
    moments: Moments,
    weights: Sequence[Weight] | None,
) -> Estimate:
    n, scale = len(w), 100 / moments.levels
    share = np.array([float(v) for v in normalised_weights(weights, moments.k)])
    if (np.array(moments.answered)[share > 0] == 0).any():
        return Estimate.undefined(Reason.UNSUR_WITHOUT_ANSWERS)
    answered = (x > 0)[:, share > 0]
    scores, share = x[:, share > 0], share[share > 0]
    base = w @ answered
    nrr = w @ scores / base
    value = min(100.0, max(scale, scale * float(share @ nrr)))
    e = scale * (answered * (scores - nrr)) @ (share / base)
    if answered_by_few(int(answered.sum(axis=0).min()), n):
        return Estimate.without_error(Fraction(value), Reason.UNSUR_BY_FEW, scale)
    return _with_error(value, w, *residuals(e, codes), codes, scale)


def _with_error(
    value: float,
    w: FloatArray,
    residual: FloatArray,
    basis: FloatArray,
    codes: Sequence[IntArray],
    scale: float,
) -> Estimate:
    leverage = np.einsum("ij,ij->i", basis, basis)
    alone, free = leverage > 1 - _ALONE, len(w) - basis.shape[1]
    still = np.abs(w * residual) <= _NOISE * scale
    if free == 0 or still.all():
        reason = Reason.NOBODY_TO_BORROW_FROM if alone.any() else Reason.NO_VARIATION
        why = Reason.ONE_RESPONDENT if len(w) == 1 else reason
        return Estimate.without_error(Fraction(value), why, scale)
    unvarying = np.logical_or.reduce([(np.bincount(c, ~still) == 0)[c] for c in codes])
    lent = _borrowed_shares(np.round(1 / leverage - 1, 6), alone, unvarying)
    d = w**2 * (1 - lent) / np.where(alone, 1.0, 1 - leverage) + w**2 @ lent / free
    variance = float(d @ residual**2)
    estimated = estimate(value, math.sqrt(variance), _degrees(d, basis, leverage), scale)
    borrowed = tuple(np.flatnonzero(alone | unvarying).tolist())
    return replace(estimated, reason=Reason.BORROWED if borrowed else None, borrowed=borrowed)


def _borrowed_shares(df: FloatArray, alone: BoolArray, unvarying: BoolArray) -> FloatArray:
    """Per sheet the weight of the pooled variance in its own, as for the strata of `borrowing`."""
    rows = zip(df.tolist(), alone.tolist(), unvarying.tolist(), strict=True)
    return np.array([borrowed_share(None if only else float(not still), own) for own, only, still in rows])


def _degrees(d: FloatArray, basis: FloatArray, leverage: FloatArray) -> float:
    """Degrees of freedom of sum d r^2: tr(MD)^2 / tr(MDMD), with M = I - basis basis'."""
    inner = (basis * d[:, None]).T @ basis
    squares = float(d**2 @ (1 - 2 * leverage)) + float((inner**2).sum())
    return float(d @ (1 - leverage)) ** 2 / squares


#: A sheet that moves the index by less than this share of the scale does not vary: it is rounding.
_NOISE = 1e-12


#: Leverage of a sheet that is alone in a category of a margin, up to rounding.
_ALONE = 1e-9


def residuals(e: FloatArray, codes: Sequence[IntArray]) -> tuple[FloatArray, FloatArray]:
    """Residuals of the least-squares fit of e on the categories of all margins, and an orthonormal basis.

    The fit is unweighted because the sheets came with equal weights; the raked weight multiplies its
    residual (Deville and Sarndal 1992, 3.4; the same in R's survey).
    """
    design = np.column_stack([c[:, None] == np.arange(c.max() + 1) for c in codes]).astype(np.float64)
    u, values, _ = np.linalg.svd(design, full_matrices=False)
    basis = np.asarray(u[:, values > 1e-9 * values[0]], dtype=np.float64)
    return np.asarray(e - basis @ (basis.T @ e), dtype=np.float64), basis
