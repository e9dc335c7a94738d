"""Services (or any strata) combined into one index, each with its own variance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.ikm.bands import SKM_2017, Band
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.moments import Moments
from analytics.ikm.scoring import score
from analytics.ikm.weights import Weight
from analytics.reason import Reason
from analytics.sampling.borrowing import Part, variance


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


@dataclass(frozen=True, kw_only=True)
class StrataResult:
    """The combined index.

    Attributes:
        estimate: value, se, Satterthwaite df and 95 % interval.
        band: mutu and kinerja of the value rounded half up; None when undefined.
        shares: weight of each stratum by name, summing to 1.
        without_answers: strata that returned no sheet or left an unsur out; they carry no weight.
        unvarying: strata whose sheets all agree.
        alone: strata with one sheet.
        borrowed: strata, of these and of those with an unsur answered by few, whose variance is taken from
            all strata together because their own sheets cannot tell it.
    """

    estimate: Estimate
    band: Band | None
    shares: tuple[tuple[str, float], ...]
    without_answers: tuple[str, ...]
    unvarying: tuple[str, ...]
    alone: tuple[str, ...]
    borrowed: tuple[str, ...]


def combine(
    strata: Sequence[Stratum],
    *,
    by: By = By.USERS,
    weights: Sequence[Weight] | None = None,
    bands: Sequence[Band] = SKM_2017,
) -> StrataResult:
    """Stratified estimator of the index.

    value = sum of W_h IKM_h; variance = sum of W_h^2 se_h^2, where se_h carries its own finite population
    correction; W_h = N_h / sum N (by users) or n_h / sum n (by sheets, taken as fixed). A stratum with fewer
    than ten sheets, or whose sheets all agree, takes the pooled variance in (`borrowing.variance`).
    The interval is logit-t with Satterthwaite's degrees of freedom.

    Missing data: within a stratum as in `scoring.score`. A stratum without a defined index is left out
    and listed. Where no stratum varies the standard error is undefined.

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
        estimate=combined,
        band=combined.band(bands),
        shares=tuple(
            (s.name, float(share)) for (s, _), share in zip(known, shares, strict=sizes is not None)
        ),
        without_answers=tuple(s.name for s, e in scored if e.value is None),
        unvarying=tuple(s.name for s, e in known if e.reason is Reason.NO_VARIATION),
        alone=tuple(s.name for s, e in known if e.reason is Reason.ONE_RESPONDENT),
        borrowed=tuple(known[i][0].name for i in combined.borrowed),
    )


def weighted_by(strata: Sequence[Stratum], estimates: Sequence[Estimate], by: By) -> Estimate:
    """The estimates of strata with a value, weighted by size; undefined where a size is not known."""
    sizes = _sizes(strata, by)
    if sizes is None:
        return Estimate.undefined(Reason.VOLUME_UNKNOWN)
    return weighted_sum(estimates, [Fraction(x, sum(sizes)) for x in sizes])


def weighted_sum(parts: Sequence[Estimate], shares: Sequence[Fraction]) -> Estimate:
    """Sum of the estimates of independent samples times fixed shares that add up to 1, with its interval.

    Where a part's own sheets cannot tell its variance it has that of all parts, and the reason says so; when
    no part varies there is nothing to take it from, and no interval. Nor is there one where a part's sums are
    withheld and its error is unknown (`Reason.SUMS_WITHHELD`).
    """
    if not parts:
        return Estimate.undefined(Reason.NO_ANSWERS)
    if len(parts) == 1:
        return parts[0]
    _check_scales(parts)
    value = _sum([w * p.exact for p, w in zip(parts, shares, strict=True) if p.exact])
    if any(p.n == 0 for p in parts):
        return Estimate.without_error(value, Reason.SUMS_WITHHELD, parts[0].low)
    return with_variance(value, parts, [_part(p, float(w)) for p, w in zip(parts, shares, strict=True)])


def with_variance(value: Fraction, samples: Sequence[Estimate], parts: Sequence[Part]) -> Estimate:
    """`value` with the variance of its independent `parts`, one for each of `samples`, and its interval."""
    low = samples[0].low
    if all(e.se == 0 for e in samples):
        return estimate(value, 0.0, None, low)
    found = variance(parts)
    if found is None:
        return Estimate.without_error(value, _unknown(samples), low)
    total, df = found
    borrowed = tuple(i for i, part in enumerate(parts) if part.factor and not part.spread)
    reason = Reason.BORROWED if borrowed else None
    return replace(estimate(value, math.sqrt(total), df, low), reason=reason, borrowed=borrowed)


def _unknown(samples: Sequence[Estimate]) -> Reason:
    """Why nothing varies: each sample agrees with itself, or there is none that could lend to the others."""
    reasons = {e.reason for e in samples if e.reason is not Reason.CENSUS}
    return Reason.NO_VARIATION if reasons == {Reason.NO_VARIATION} else Reason.NOBODY_TO_BORROW_FROM


def _part(sample: Estimate, share: float) -> Part:
    if sample.n is None:
        raise AnalyticsError(
            "not-one-sample", got=sample.value, expected="the index of one sample, as Estimate.of gives it"
        )
    factor = share**2 * sample.unseen / sample.n
    if sample.reason is Reason.NO_VARIATION:
        return Part(factor, 0.0, sample.n - 1)
    if not sample.se:
        return Part(factor, None, 0)
    return Part(factor, sample.se**2 * sample.n / sample.unseen, sample.n - 1)


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
