"""Raking: weights that meet several known margins at once (service, sex, age), from the sheets themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.estimate import Estimate, estimate
from analytics.ikm import Weight, normalised_weights, score
from analytics.moments import IntArray, Moments
from analytics.reason import Reason

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Margin:
    """A known margin: the category of every sheet, and how many users each category has."""

    name: str
    categories: Sequence[str]
    population: Mapping[str, float]


@dataclass(frozen=True)
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
    max_iterations: int = 100,
    tolerance: float = 1e-12,
) -> Raked:
    """Iterative proportional fitting of the sheets to known margins.

    Every pass multiplies the weights of each category to its known size, margin after margin. NRR_i =
    sum w a x / sum w a; the variance is that of the residuals of the index after regression on the
    margins: n/(n-1) times the centred sum of squares of w e / sum w. Interval logit-t with
    n - 1 degrees of freedom.

    Missing data: an unanswered unsur (0) counts in no mean; every sheet needs a category in every margin
    ("tidak diisi" is one, if its size is known). Sizes of a margin with empty categories are scaled to the
    users of the first margin that answered categories cover.

    Args:
        answers: (n, k) integers 0 to `levels`; each sheet with at least one answer.
        margins: at least one.
        levels: highest score.
        weights: of the unsur; None for equal weights.
        max_iterations: passes before giving up; giving up is a result, not an error.
        tolerance: largest relative distance from a known size that counts as met.

    Raises:
        AnalyticsError: `rake-sheets` for margins or sheets that do not fit together, `rake-category` for a
            sheet whose category has no known size above 0.

    Source: Deming and Stephan 1940, Annals of Mathematical Statistics 11; Deville and Sarndal 1992, JASA 87
        (variance); Kish 1965, 11.2C.
    """
    x = np.asarray(answers)
    moments = Moments.from_answers(x, levels)
    _check(moments, len(x), margins)
    codes, sizes = zip(*(_coded(m) for m in margins), strict=True)
    sizes = tuple(s * (sizes[0].sum() / s.sum()) for s in sizes)
    w, iterations, gap = _fit(codes, sizes, max_iterations, tolerance)
    converged = gap <= tolerance
    weighted = (
        _index(x, w, codes, moments, weights) if converged else Estimate.undefined(Reason.NOT_CONVERGED)
    )
    return Raked(
        Estimate.of(score(moments, weights=weights)),
        weighted,
        tuple(w.tolist()),
        iterations,
        converged,
        gap,
        tuple((m.name, c) for m in margins for c, s in m.population.items() if s and c not in m.categories),
        float(len(w) * (w @ w) / w.sum() ** 2),
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
    w = np.full(len(codes[0]), sizes[0].sum() / len(codes[0]))
    gap, iteration = math.inf, 0
    while gap > tolerance and iteration < max_iterations:
        iteration += 1
        for c, size in zip(codes, sizes, strict=True):
            w = w * (size / np.bincount(c, w))[c]
        gap = max(float(np.abs(np.bincount(c, w) / s - 1).max()) for c, s in zip(codes, sizes, strict=True))
    return w, iteration, gap


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
    residual = w * _residual(e, codes)
    residual -= residual.mean()
    if n == 1 or np.abs(residual).max() <= _NOISE * scale:
        reason = Reason.ONE_RESPONDENT if n == 1 else Reason.NO_VARIATION
        return Estimate.without_error(Fraction(value), reason, scale)
    return estimate(value, math.sqrt(n / (n - 1) * float(residual @ residual)), n - 1, scale)


#: A sheet that moves the index by less than this share of the scale does not vary: it is rounding.
_NOISE = 1e-14


def _residual(e: FloatArray, codes: Sequence[IntArray]) -> FloatArray:
    """Residuals of the least-squares fit of e on the categories of all margins.

    The fit is unweighted because the sheets came with equal weights; the raked weight multiplies its
    residual (Deville and Sarndal 1992, 3.4; the same in R's survey).
    """
    design = np.column_stack([c[:, None] == np.arange(c.max() + 1) for c in codes]).astype(np.float64)
    return np.asarray(e - design @ np.linalg.lstsq(design, e, rcond=None)[0], dtype=np.float64)
