"""The IKM of a set of answer sheets: exactly the regulation's number, with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial

from analytics.errors import AnalyticsError
from analytics.ikm.bands import SKM_2017, Band, classify, fit
from analytics.ikm.conventions import W011, W0111, Convention
from analytics.ikm.intervals import Interval, on_scale, plain_t
from analytics.ikm.moderated import Past, Sample
from analytics.ikm.moments import Moments
from analytics.ikm.sampling_error import sampling_error
from analytics.ikm.weights import Weight, normalised_weights
from analytics.reason import Reason as Reason
from analytics.rounding import half_up


@dataclass(frozen=True)
class UnsurResult:
    """One unsur: `n` who answered it, their `total`, its weight; the rest is computed when asked for."""

    n: int
    total: int
    weight: Fraction
    scale: Fraction
    bands: tuple[Band, ...]

    @cached_property
    def exact(self) -> Fraction | None:
        """NRR = total / n; None when nobody answered."""
        return Fraction(self.total, self.n) if self.n else None

    @cached_property
    def ikm(self) -> Decimal | None:
        """The NRR on the scale of the IKM, rounded half up to two decimals."""
        return None if self.exact is None else half_up(self.scale * self.exact)

    @cached_property
    def band(self) -> Band | None:
        """Mutu and kinerja of the rounded value; None as well where the bands are those of another scale."""
        return None if self.ikm is None else _grade(self.ikm, self.bands, self.scale)

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


@dataclass(frozen=True, kw_only=True)
class IkmResult:
    """The IKM and what it stands on. Undefined is None, and `reasons` says why by field name.

    Attributes:
        n: filled questionnaires.
        population: service users in the period, when known; else None.
        exact: the unrounded IKM.
        ikm: `exact` rounded once, half up, to two decimals; what the regulation calls the IKM.
        band: mutu and kinerja of the rounded value; None, with the reason, for bands of another scale.
        answered, totals, weights: per element in the instrument's order; `unsur` has what follows from them.
        bands: the grading table.
        se: standard error of the IKM, in IKM points.
        interval: 95 % interval of `sample`; where all sheets have the same index marked no-variation.
        sample: what the sheets tell about the index and how far off it may be (`moderated.Sample`); None
            where `interval` is, and where there is one of an index put together from others.
        interval_t: 95 % interval, plain t, cut at the ends of the scale.
    """

    n: int
    population: int | None
    levels: int
    exact: Fraction | None
    ikm: Decimal | None
    band: Band | None
    answered: tuple[int, ...]
    totals: tuple[int, ...]
    weights: tuple[Fraction, ...]
    bands: tuple[Band, ...]
    se: float | None
    interval: Interval | None
    sample: Sample | None
    interval_t: Interval | None
    reasons: tuple[tuple[str, Reason], ...]

    @cached_property
    def unsur(self) -> tuple[UnsurResult, ...]:
        """One result per element. Made when asked for: an index of many units needs none of them."""
        rows = zip(self.answered, self.totals, self.weights, strict=True)
        return tuple(UnsurResult(n, total, weight, self.scale, self.bands) for n, total, weight in rows)

    @property
    def mutu(self) -> str | None:
        return None if self.band is None else self.band.mutu

    @property
    def kinerja(self) -> str | None:
        return None if self.band is None else self.band.kinerja

    @property
    def comparator_011(self) -> Decimal | None:
        """The same NRR with the regulation's weight 0.11. A comparator only."""
        return self._comparator(W011)

    @property
    def comparator_0111(self) -> Decimal | None:
        """The same NRR with the regulation's weight 0.111. A comparator only."""
        return self._comparator(W0111)

    def _comparator(self, convention: Convention) -> Decimal | None:
        if self.exact is None or not _comparable(self.answered, self.weights, self.levels):
            return None
        return half_up(convention.ikm([u.exact for u in self.unsur if u.exact is not None]))

    @property
    def nrr(self) -> tuple[float | None, ...]:
        """NRR per unsur, 1 to levels."""
        return tuple(u.nrr for u in self.unsur)

    @property
    def scale(self) -> Fraction:
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
    past: Past | None = None,
) -> IkmResult:
    """Compute the IKM of `moments`.

    NRR_i = total_i / n_i over the sheets that answer unsur i; IKM = 100/levels x the sum of w_i NRR_i
    (25 x for the four levels of PermenPANRB 14/2017). Weights default to 1/x and are scaled to sum 1.
    The standard error linearises the ratio means (Cochran 1977, 6.4; Woodruff 1971) with the finite
    population correction 1 - n/N when `population` is given. The interval is that of `moderated.Sample`;
    `interval_t` is plain t with n - 1 degrees of freedom.

    Missing data: an unanswered unsur counts in no mean. If nobody answered an unsur that has weight, the
    IKM is undefined. If one that has weight was answered by few (`answered_by_few`), the IKM stands, and its
    standard error and intervals are undefined: so few answers cannot tell how far they are from the truth.

    Args:
        moments: sums of the answer sheets.
        weights: one per element, not negative; None for equal weights.
        population: users served in the period, at least n.
        bands: grading table. One that does not span the scale of the answers grades nothing: no band,
            with the reason.
        past: what earlier months tell about how much people differ; None where there are none.

    Raises:
        AnalyticsError: `weights` or `population` that cannot be used.
    """
    w = normalised_weights(weights, moments.k)
    _check_population(population, moments.n)
    scale, grades = Fraction(100, moments.levels), tuple(bands)
    result = partial(
        IkmResult,
        n=moments.n,
        population=population,
        levels=moments.levels,
        answered=moments.answered,
        totals=moments.totals,
        weights=w,
        bands=grades,
    )
    exact = _exact_ikm(moments, w, scale)
    if isinstance(exact, Reason):
        undefined = dict.fromkeys(("ikm", "se", "interval", "interval_t"), exact)
        return result(
            exact=None,
            ikm=None,
            band=None,
            se=None,
            interval=None,
            sample=None,
            interval_t=None,
            reasons=tuple(undefined.items()),
        )
    ikm = half_up(exact)
    band, low = _grade(ikm, grades, scale), 100 / moments.levels
    se, seen, why = sampling_error(exact, moments, w, population, past)
    reasons = dict.fromkeys(("se", "interval", "interval_t"), why) if why else {}
    if not _comparable(moments.answered, w, moments.levels):
        reasons["comparators"] = Reason.NOT_NINE_EQUAL
    if band is None:
        reasons["band"] = Reason.BANDS_OF_ANOTHER_SCALE
    return result(
        exact=exact,
        ikm=ikm,
        band=band,
        se=se,
        interval=None if seen is None else on_scale(seen.interval(), low),
        sample=seen,
        interval_t=None if se is None else plain_t(float(exact), se, max(1, moments.n - 1), low),
        reasons=tuple(reasons.items()),
    )


def sample(moments: Moments, *, weights: Sequence[Weight] | None = None) -> Sample | None:
    """`score(moments, weights=weights).sample` alone: what a night needs of thousands of months."""
    w = normalised_weights(weights, moments.k)
    exact = _exact_ikm(moments, w, Fraction(100, moments.levels))
    return None if isinstance(exact, Reason) else sampling_error(exact, moments, w, None)[1]


def _check_population(population: int | None, n: int) -> None:
    if population is not None and population < n:
        raise AnalyticsError(
            "population-below-n",
            got=population,
            expected=f"at least the {n} who answered",
            hint="Correct the number of users served in the period.",
        )


def _exact_ikm(moments: Moments, weights: Sequence[Fraction], scale: Fraction) -> Fraction | Reason:
    if moments.n == 0:
        return Reason.NO_ANSWERS
    rows = zip(moments.answered, moments.totals, weights, strict=True)
    used = [(n, total, w) for n, total, w in rows if w]
    if not all(n for n, _, _ in used):
        return Reason.UNSUR_WITHOUT_ANSWERS
    # On a common denominator: one fraction instead of one per unsur, and the same number.
    common = math.lcm(*(n * w.denominator for n, _, w in used))
    weighted_nrr = sum(total * w.numerator * (common // (n * w.denominator)) for n, total, w in used)
    return scale * Fraction(weighted_nrr, common)


def _comparable(answered: Sequence[int], weights: tuple[Fraction, ...], levels: int) -> bool:
    """The regulation prints 0.11 and 0.111 only for nine equal weights and four levels."""
    return levels == 4 and all(answered) and weights == (Fraction(1, 9),) * 9


def _grade(ikm: Decimal, bands: Sequence[Band], scale: Fraction) -> Band | None:
    return classify(ikm, bands) if fit(bands, float(scale)) else None
