"""The IKM of a set of answer sheets: exactly the regulation's number, with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from analytics import conventions
from analytics.bands import SKM_2017, Band, classify
from analytics.errors import AnalyticsError
from analytics.intervals import Interval, logit_t, plain_t, unanimous
from analytics.moments import Moments
from analytics.reason import Reason as Reason
from analytics.rounding import half_up

Weight = Fraction | int | float | Decimal | str


@dataclass(frozen=True)
class UnsurResult:
    """One unsur: `n` who answered it, their `total`, NRR = total / n, weight and weighted NRR, grade."""

    n: int
    total: int
    weight: Fraction
    exact: Fraction | None
    ikm: Decimal | None
    band: Band | None

    @property
    def nrr(self) -> float | None:
        """Nilai rata-rata, 1 to levels; None when nobody answered."""
        return None if self.exact is None else float(self.exact)

    @property
    def weighted(self) -> Fraction | None:
        """NRR tertimbang: weight x NRR."""
        return None if self.exact is None else self.weight * self.exact

    @property
    def mutu(self) -> str | None:
        return None if self.band is None else self.band.mutu


@dataclass(frozen=True)
class IkmResult:
    """The IKM and what it stands on. Undefined is None, and `reasons` says why by field name.

    Attributes:
        n: filled questionnaires.
        population: service users in the period, when known; else None.
        exact: the unrounded IKM.
        ikm: `exact` rounded once, half up, to two decimals; what the regulation calls the IKM.
        band: mutu and kinerja of the rounded value.
        comparator_011, comparator_0111: the same NRR with the regulation's rounded weights. Comparators only.
        unsur: one result per element in the instrument's order.
        se: standard error of the IKM, in IKM points.
        interval: 95 % interval, t on the logit of the position between the lowest and highest IKM. When all
            sheets have the same index it is the exact bound of a unanimous sample, marked no-variation.
        interval_t: 95 % interval, plain t, cut at the ends of the scale.
    """

    n: int
    population: int | None
    levels: int
    exact: Fraction | None
    ikm: Decimal | None
    band: Band | None
    comparator_011: Decimal | None
    comparator_0111: Decimal | None
    unsur: tuple[UnsurResult, ...]
    se: float | None
    interval: Interval | None
    interval_t: Interval | None
    reasons: tuple[tuple[str, Reason], ...]

    @property
    def mutu(self) -> str | None:
        return None if self.band is None else self.band.mutu

    @property
    def kinerja(self) -> str | None:
        return None if self.band is None else self.band.kinerja

    @property
    def nrr(self) -> tuple[float | None, ...]:
        """NRR per unsur, 1 to levels."""
        return tuple(u.nrr for u in self.unsur)

    @property
    def scale(self) -> int | Fraction:
        """What turns the index into the IKM: 25 for four levels."""
        return Fraction(100, self.levels)

    def reason(self, field: str) -> Reason | None:
        """Why `field` is undefined or degenerate; None when it is an ordinary value."""
        return dict(self.reasons).get(field)


def score(
    moments: Moments,
    *,
    weights: Sequence[Weight] | None = None,
    population: int | None = None,
    bands: Sequence[Band] = SKM_2017,
) -> IkmResult:
    """Compute the IKM of `moments`.

    NRR_i = total_i / n_i over the sheets that answer unsur i; index = sum of w_i NRR_i; IKM = 100/levels x
    index (25 x for the four levels of PermenPANRB 14/2017). Weights default to 1/x and are scaled to sum 1.
    The standard error linearises the ratio means (Cochran 1977, 6.4; Woodruff 1971) with the finite
    population correction 1 - n/N when `population` is given; t has n - 1 degrees of freedom.

    Missing data: an unanswered unsur counts in no mean. If nobody answered an unsur that has weight, the
    IKM is undefined.

    Args:
        moments: sums of the answer sheets.
        weights: one per element, not negative; None for equal weights.
        population: users served in the period, at least n.
        bands: grading table on the IKM's scale.

    Raises:
        AnalyticsError: `weights` or `population` that cannot be used.
    """
    w = normalised_weights(weights, moments.k)
    _check_population(population, moments.n)
    scale = Fraction(100, moments.levels)
    unsur = tuple(
        _unsur(n, total, weight, scale, bands)
        for n, total, weight in zip(moments.answered, moments.totals, w, strict=True)
    )
    exact = _index(moments.n, unsur, scale)
    if isinstance(exact, Reason):
        reasons = tuple((field, exact) for field in ("ikm", "se", "interval", "interval_t"))
        return IkmResult(
            moments.n,
            population,
            moments.levels,
            None,
            None,
            None,
            None,
            None,
            unsur,
            None,
            None,
            None,
            reasons,
        )
    ikm = half_up(exact)
    c011, c0111 = _comparators(unsur, moments.levels)
    se, why = _standard_error(moments, w, scale, population)
    interval, interval_t = _intervals(exact, se, moments, population, why)
    undefined = [(f, why) for f in ("se", "interval", "interval_t")] if why else []
    undefined += [("comparators", Reason.NOT_NINE_EQUAL)] if c011 is None else []
    return IkmResult(
        moments.n,
        population,
        moments.levels,
        exact,
        ikm,
        classify(ikm, bands),
        c011,
        c0111,
        unsur,
        se,
        interval,
        interval_t,
        tuple(undefined),
    )


def normalised_weights(weights: Sequence[Weight] | None, k: int) -> tuple[Fraction, ...]:
    """Weights as exact fractions that sum to 1; a float means the decimal it is written as.

    Raises:
        AnalyticsError: `weights-length`, or `weights-value` for a negative one or none above zero.
    """
    if weights is None:
        return (Fraction(1, k),) * k
    if len(weights) != k:
        raise AnalyticsError("weights-length", got=len(weights), expected=f"{k} weights, one per unsur")
    exact = [Fraction(repr(w)) if isinstance(w, float) else Fraction(w) for w in weights]
    if min(exact) < 0 or sum(exact) == 0:
        raise AnalyticsError("weights-value", got=list(weights), expected="weights of 0 or more, not all 0")
    total = sum(exact, Fraction(0))
    return tuple(w / total for w in exact)


def _check_population(population: int | None, n: int) -> None:
    if population is not None and population < n:
        raise AnalyticsError(
            "population-below-n",
            got=population,
            expected=f"at least the {n} who answered",
            hint="Correct the number of users served in the period.",
        )


def _unsur(n: int, total: int, weight: Fraction, scale: Fraction, bands: Sequence[Band]) -> UnsurResult:
    if n == 0:
        return UnsurResult(0, 0, weight, None, None, None)
    nrr = Fraction(total, n)
    ikm = half_up(scale * nrr)
    return UnsurResult(n, total, weight, nrr, ikm, classify(ikm, bands))


def _index(n: int, unsur: Sequence[UnsurResult], scale: Fraction) -> Fraction | Reason:
    if n == 0:
        return Reason.NO_ANSWERS
    weighted = [u.weighted for u in unsur if u.weight > 0]
    known = [value for value in weighted if value is not None]
    if len(known) < len(weighted):
        return Reason.UNSUR_WITHOUT_ANSWERS
    return scale * sum(known, Fraction(0))


def _comparators(unsur: Sequence[UnsurResult], levels: int) -> tuple[Decimal | None, Decimal | None]:
    """Values by 0.11 and 0.111, which the regulation prints only for nine equal weights and four levels."""
    nrr = [u.exact for u in unsur if u.exact is not None]
    if len(nrr) != 9 or levels != 4 or any(u.weight != Fraction(1, 9) for u in unsur):
        return None, None
    return half_up(conventions.W011.ikm(nrr)), half_up(conventions.W0111.ikm(nrr))


def _standard_error(
    moments: Moments, weights: Sequence[Fraction], scale: Fraction, population: int | None
) -> tuple[float | None, Reason | None]:
    n = moments.n
    if population == n:
        return 0.0, Reason.CENSUS
    if n == 1:
        return None, Reason.ONE_RESPONDENT
    squares = residual_squares(moments, weights)
    if squares == 0:
        # The sample shows no variation, so it cannot say how far it is from the truth: not certainty.
        return None, Reason.NO_VARIATION
    variance = scale**2 * squares / (n * (n - 1))
    correction = 1 - Fraction(n, population) if population else 1
    return math.sqrt(variance * correction), None


def residual_squares(moments: Moments, weights: Sequence[Fraction]) -> Fraction:
    """Exact sum over sheets of squared residuals of the linearised index, on the scale of the scores.

    `weights` must sum to 1 and every unsur with weight must have answers. Source: Woodruff 1971.
    """
    n, used = moments.n, [i for i, w in enumerate(weights) if w > 0]
    cross, sums, pairs = moments.cross.tolist(), moments.sums.tolist(), moments.pairs.tolist()
    if moments.complete:
        unit = math.lcm(*(weights[i].denominator for i in used))
        a = {i: int(weights[i] * unit) for i in used}
        quadratic = sum(a[i] * a[j] * cross[i][j] for i in used for j in used)
        linear = sum(a[i] * sums[i][i] for i in used)
        return Fraction(n * quadratic - linear**2, n * unit**2)
    c = {i: n * weights[i] / pairs[i][i] for i in used}
    m = {i: Fraction(sums[i][i], pairs[i][i]) for i in used}
    return sum(
        (
            c[i] * c[j] * (cross[i][j] - m[j] * sums[i][j] - m[i] * sums[j][i] + m[i] * m[j] * pairs[i][j])
            for i in used
            for j in used
        ),
        Fraction(0),
    )


def _intervals(
    exact: Fraction, se: float | None, moments: Moments, population: int | None, why: Reason | None
) -> tuple[Interval | None, Interval | None]:
    value, low = float(exact), 100 / moments.levels
    if se is not None:
        df = moments.n - 1
        return logit_t(value, se, df, low), plain_t(value, se, df, low)
    if why is Reason.NO_VARIATION:
        return unanimous(value, min(n for n in moments.answered if n), population, low), None
    return None, None
