"""Services (or any strata) combined into one index, each with its own variance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analytics.bands import SKM_2017, Band
from analytics.errors import AnalyticsError
from analytics.estimate import Estimate, estimate, satterthwaite
from analytics.ikm import Weight, score
from analytics.moments import Moments
from analytics.reason import Reason


class By(StrEnum):
    """What a stratum weighs: the people it served, or the sheets it returned."""

    USERS = "users"
    SHEETS = "sheets"


@dataclass(frozen=True)
class Stratum:
    """A service: its name, the sums of its sheets, and the users it served when known."""

    name: str
    moments: Moments
    population: int | None = None


@dataclass(frozen=True)
class StrataResult:
    """The combined index.

    Attributes:
        estimate: value, se, Satterthwaite df and 95 % interval.
        band: mutu and kinerja of the value rounded half up; None when undefined.
        shares: weight of each stratum by name, summing to 1.
        without_answers: strata that returned no sheet or left an unsur out; they carry no weight.
        unvarying: strata whose sheets all agree; they add no variance, as in any stratified estimator.
        alone: strata with one sheet, whose variance is unknown and makes that of the whole unknown.
    """

    estimate: Estimate
    band: Band | None
    shares: tuple[tuple[str, float], ...]
    without_answers: tuple[str, ...]
    unvarying: tuple[str, ...]
    alone: tuple[str, ...]


def combine(
    strata: Sequence[Stratum],
    *,
    by: By = By.USERS,
    weights: Sequence[Weight] | None = None,
    bands: Sequence[Band] = SKM_2017,
) -> StrataResult:
    """Stratified estimator of the index.

    value = sum of W_h IKM_h; variance = sum of W_h^2 se_h^2, where se_h carries its own finite population
    correction; W_h = N_h / sum N (by users) or n_h / sum n (by sheets, taken as fixed). The interval is
    logit-t with Satterthwaite's degrees of freedom.

    Missing data: within a stratum as in `analytics.ikm.score`. A stratum without a defined index is left out
    and listed. One stratum with a single sheet leaves the standard error undefined.

    Args:
        strata: one per service; all on the same instrument.
        by: what a stratum weighs.
        weights: of the unsur, one per element; None for equal weights.
        bands: grading table.

    Weighting by users needs the users of every stratum with answers; without them the result is undefined.

    Raises:
        AnalyticsError: `scale-mismatch` for strata on different scales.

    Source: Cochran 1977, Sampling Techniques, 5.1-5.6 (stratified mean, 5.4 degrees of freedom).
    """
    scored = [(s, Estimate.of(score(s.moments, weights=weights, population=s.population))) for s in strata]
    known = [(s, e) for s, e in scored if e.value is not None]
    sizes = _sizes([s for s, _ in known], by)
    shares = [Fraction(x, sum(sizes)) for x in sizes] if sizes else []
    combined = weighted_by([s for s, _ in known], [e for _, e in known], by)
    return StrataResult(
        combined,
        combined.band(bands),
        tuple((s.name, float(share)) for (s, _), share in zip(known, shares, strict=sizes is not None)),
        tuple(s.name for s, e in scored if e.value is None),
        tuple(s.name for s, e in known if e.reason is Reason.NO_VARIATION),
        tuple(s.name for s, e in known if e.reason is Reason.ONE_RESPONDENT),
    )


def weighted_by(strata: Sequence[Stratum], estimates: Sequence[Estimate], by: By) -> Estimate:
    """The estimates of strata with a value, weighted by size; undefined where a size is not known."""
    sizes = _sizes(strata, by)
    if sizes is None:
        return Estimate.undefined(Reason.VOLUME_UNKNOWN)
    return weighted_sum(estimates, [Fraction(x, sum(sizes)) for x in sizes])


def weighted_sum(parts: Sequence[Estimate], shares: Sequence[Fraction]) -> Estimate:
    """Sum of independent estimates times fixed shares that add up to 1, with its interval.

    A part without variation adds no variance; one respondent alone makes the variance unknown; when no part
    varies, the reason of the parts is that of the whole.
    """
    if not parts:
        return Estimate.undefined(Reason.NO_ANSWERS)
    _check_scales(parts)
    value = _sum([w * p.exact for p, w in zip(parts, shares, strict=True) if p.exact])
    low = parts[0].low
    if any(p.reason is Reason.ONE_RESPONDENT for p in parts):
        return Estimate.without_error(value, Reason.ONE_RESPONDENT, low)
    variances = [((float(w) * (p.se or 0.0)) ** 2, p.df or 1.0) for p, w in zip(parts, shares, strict=True)]
    df = satterthwaite(variances)
    if df is None and any(p.reason is Reason.NO_VARIATION for p in parts):
        return Estimate.without_error(value, Reason.NO_VARIATION, low)
    return estimate(value, math.sqrt(sum(v for v, _ in variances)), df, low)


def _sum(terms: Sequence[Fraction]) -> Fraction:
    """The sum over one common denominator: of hundreds of terms many times faster than one by one."""
    common = math.lcm(*(term.denominator for term in terms))
    return Fraction(sum(term.numerator * (common // term.denominator) for term in terms), common)


def _sizes(strata: Sequence[Stratum], by: By) -> list[int] | None:
    if by is By.SHEETS:
        return [s.moments.n for s in strata]
    users = [s.population for s in strata if s.population is not None]
    return users if len(users) == len(strata) else None


def _check_scales(parts: Sequence[Estimate]) -> None:
    scales = {(p.low, p.high) for p in parts}
    if len(scales) > 1:
        raise AnalyticsError(
            "scale-mismatch",
            got=sorted(scales),
            expected="one scale",
            hint="Indices of instruments with different scales cannot be averaged.",
        )
