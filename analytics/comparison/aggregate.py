"""From units to the agency and the province: three methods, each with its interval and its coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analytics.ikm.bands import SKM_2017, Band
from analytics.ikm.estimate import Estimate
from analytics.ikm.moments import Moments
from analytics.ikm.scoring import IkmResult, score
from analytics.ikm.unanswered import answered_by_few, fewest_answers
from analytics.ikm.weights import Weight, normalised_weights
from analytics.reason import Reason
from analytics.sampling.borrowing import Part
from analytics.sampling.strata import By, Stratum, weighted_by, weighted_sum, with_variance

#: A unit that reports: its name, the sums of its sheets, and the users it served when known.
Unit = Stratum


class Method(StrEnum):
    """How unit values become one. The regulation leaves it open; the method is printed with the number."""

    MEAN_OF_UNITS = "mean-of-units"
    POOLED = "pooled-respondents"
    BY_VOLUME = "weighted-by-volume"


class Covers(StrEnum):
    """What the interval speaks about. Units that did not report are outside it, never estimated."""

    ALL_UNITS = "sampling-error-within-all-units"
    REPORTING_UNITS = "sampling-error-within-reporting-units"


@dataclass(frozen=True)
class Coverage:
    """`reporting` of `total` units have a value: "x dari y unit"."""

    reporting: int
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """An agency's or a province's index.

    Attributes:
        method: how the units were combined.
        estimate: value, se, df and 95 % interval.
        band: mutu and kinerja of the rounded value; None when undefined.
        n: sheets in the reporting units.
        coverage: units with a value, of all units.
        covers: what the interval covers.
        borrowed: units whose own sheets cannot tell their variance (one sheet, all alike, an unsur answered
            by few) and that have the pooled variance within all units instead; the reason of the estimate
            says so.
    """

    method: Method
    estimate: Estimate
    band: Band | None
    n: int
    coverage: Coverage
    covers: Covers
    borrowed: tuple[str, ...] = ()


def aggregate(
    units: Sequence[Unit],
    method: Method = Method.MEAN_OF_UNITS,
    *,
    total: int | None = None,
    weights: Sequence[Weight] | None = None,
    bands: Sequence[Band] = SKM_2017,
    scores: Sequence[IkmResult] | None = None,
) -> Aggregate:
    """One index of several units.

    mean-of-units: simple mean of the unit values, se = sqrt(sum se_u^2) / U. weighted-by-volume: unit values
    times N_u / sum N. pooled-respondents: NRR over all sheets; its variance is that of the combined ratio
    estimator with the units as strata, so differences between units, which are not sampled, do not count as
    sampling error. A unit with fewer than ten sheets, or whose sheets all agree, takes the pooled variance
    within the units in (`borrowing.variance`). Degrees of freedom by Satterthwaite, interval
    logit-t.

    Missing data: a unit without a defined index is not reporting. A unit whose sheets cannot tell its
    variance is `borrowed`; where no unit varies there is no interval, with the reason. In all three
    methods the interval covers the sampling error within the reporting units and nothing else. A unit whose
    score is given and whose sums are withheld (zero) reports: its sheets cannot be pooled, which leaves that
    method undefined, and where its own error is unknown there is no interval (`Reason.SUMS_WITHHELD`).

    Args:
        units: of the agency; those without sheets may be listed.
        method: how to combine.
        total: units the agency has, when more than are listed.
        weights: of the unsur; None for equal weights. Pooling needs the same unsur in every unit.
        bands: grading table.
        scores: `analytics.ikm.scoring.score` of every unit with its population, where it is known already.

    Raises:
        AnalyticsError: `scale-mismatch` or `moments-mismatch` for units that cannot be averaged or pooled.

    Source: Cochran 1977, Sampling Techniques, 5.1-5.6 and 6.11 (combined ratio estimator). Practice of
        provincial reports (Kalimantan Barat 2016: mean of the units reporting).
    """
    if scores is None:
        scores = [score(u.moments, weights=weights, population=u.population) for u in units]
    scored = [(u, Estimate.of(found)) for u, found in zip(units, scores, strict=True)]
    reporting = [u for u, e in scored if e.exact is not None]
    # By the scores: of a unit whose sums are withheld they alone say how many answered.
    n = sum(found.n for found in scores if found.exact is not None)
    value = _value(reporting, [e for _, e in scored if e.exact is not None], method, weights)
    missing = tuple(u.name for u, e in scored if e.exact is None)
    coverage = Coverage(len(reporting), max(len(units), total or 0), missing)
    covers = Covers.ALL_UNITS if coverage.reporting == coverage.total else Covers.REPORTING_UNITS
    return Aggregate(
        method=method,
        estimate=value,
        band=value.band(bands),
        n=n,
        coverage=coverage,
        covers=covers,
        borrowed=tuple(reporting[i].name for i in value.borrowed),
    )


def _value(
    units: Sequence[Unit],
    estimates: Sequence[Estimate],
    method: Method,
    weights: Sequence[Weight] | None,
) -> Estimate:
    if not units:
        return Estimate.undefined(Reason.NO_UNITS)
    if method is Method.BY_VOLUME:
        return weighted_by(units, estimates, By.USERS)
    if method is Method.POOLED:
        return _pooled(units, estimates, weights)
    return weighted_sum(estimates, [Fraction(1, len(units))] * len(units))


def _pooled(
    units: Sequence[Unit], estimates: Sequence[Estimate], weights: Sequence[Weight] | None
) -> Estimate:
    first = units[0].moments
    if len(units) == 1:
        return estimates[0]
    # Every unit here has a value, so it has answers: without them it would be the others' value alone.
    if any(u.moments.n == 0 for u in units):
        return Estimate.undefined(Reason.SUMS_WITHHELD)
    whole = Moments.merge_all((u.moments for u in units), first.k, first.levels)
    exact = score(whole, weights=weights).exact
    if exact is None:
        return Estimate.undefined(Reason.UNSUR_WITHOUT_ANSWERS)
    if answered_by_few(fewest_answers(whole.answered, normalised_weights(weights, whole.k)), whole.n):
        return Estimate.without_error(exact, Reason.UNSUR_BY_FEW, estimates[0].low)
    return with_variance(exact, estimates, [_part(u, whole, weights) for u in units])


#: Sums of squares below this share of what they were computed from are rounding.
_NOISE = 1e-12


def _part(unit: Unit, whole: Moments, weights: Sequence[Weight] | None) -> Part:
    """One unit's part of the pooled index: n sheets, each with a residual of the whole's index."""
    n = unit.moments.n
    factor = n * (1 - n / unit.population if unit.population else 1.0)
    if n in (unit.population, 1):
        return Part(factor, None, 0)
    total, squares, scores = _residual_sums(unit.moments, whole, weights)
    spread = squares - total**2 / n
    return Part(factor, spread / (n - 1) if spread > _NOISE * scores else 0.0, n - 1)


def _residual_sums(
    moments: Moments, whole: Moments, weights: Sequence[Weight] | None
) -> tuple[float, float, float]:
    """Sum and sum of squares, over the sheets of a cell, of the linearised residuals of the whole's index.

    The third number is what the squares would be without the NRR taken off: rounding is judged by it.

    e = 100/levels * sum_i w_i a_i (x_i - R_i) / n_i, with a = 1 for an answered unsur, R_i and n_i the
    NRR and the answers of the whole. The residuals of the whole add up to 0.

    Source: Cochran 1977, 6.4; Woodruff 1971.
    """
    used = np.diagonal(whole.pairs) > 0
    answered = np.where(used, np.diagonal(whole.pairs), 1)
    w = np.array([float(v) for v in normalised_weights(weights, whole.k)])
    c: NDArray[np.float64] = 100 / whole.levels * np.where(used, w, 0.0) / answered
    r = np.diagonal(whole.sums) / answered
    total = c @ (np.diagonal(moments.sums) - r * np.diagonal(moments.pairs))
    products = moments.cross - moments.sums * r - (moments.sums * r).T + np.outer(r, r) * moments.pairs
    squares, scores = float(c @ products @ c), float(c @ moments.cross @ c)
    # Where every sheet has the whole's index the true sum is 0; what is left of it is rounding.
    return float(total), squares if squares > _NOISE * scores else 0.0, scores
