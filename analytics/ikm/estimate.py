"""An index with its sampling error: what comparing, ranking and grading need, wherever it came from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.bands import SKM_2017, Band, classify, fit
from analytics.ikm.intervals import HIGH, LOW, Interval, logit_t, on_scale, require_level
from analytics.ikm.moderated import Sample, expected_dispersion, sample_of
from analytics.ikm.moments import Moments
from analytics.ikm.scoring import IkmResult
from analytics.ikm.unanswered import fewest_answers
from analytics.reason import Reason
from analytics.rounding import half_up


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A value on a bounded scale with the error of its sample.

    Attributes:
        exact: the unrounded value in points of the scale; None when undefined.
        se: standard error in points; 0 for a census; None when the sample cannot tell.
        df: degrees of freedom of `se`; None with it, and for a census, which needs none.
        interval: 95 % interval on the scale; None when undefined.
        low, high: ends of the scale.
        reason: why something is undefined or degenerate; None for an ordinary estimate.
        n: sheets of one sample, those of its least answered unsur where the error is unknown (0 where the
            sums that would say so are withheld); None for a value that is put together of several samples.
        unseen: 1 - n/N, the share of the users who were not asked; 1 when their number is not known.
        sample: of one sample, what its interval stands on; None where there is none.
        borrowed: of a value put together of several samples, the places of those whose own sheets cannot
            tell their variance and that have the pooled one.
    """

    exact: Fraction | None
    se: float | None
    df: float | None
    interval: Interval | None
    low: float = LOW
    high: float = HIGH
    reason: Reason | None = None
    n: int | None = None
    unseen: float = 1.0
    sample: Sample | None = None
    borrowed: tuple[int, ...] = ()

    @property
    def value(self) -> float | None:
        """`exact` as a float."""
        return None if self.exact is None else float(self.exact)

    def band(self, bands: Sequence[Band] = SKM_2017) -> Band | None:
        """Mutu and kinerja of the value rounded half up to two decimals.

        None when there is no value, and for bands of another scale.
        """
        if self.exact is None or not fit(bands, self.low, self.high):
            return None
        return classify(half_up(self.exact), bands)

    def interval_at(self, level: float) -> Interval | None:
        """`interval` of another level: the one of the sample, where it stands on one; else logit-t, or exact.

        None where there is none, or none of another level: of a value whose interval was given.

        Raises:
            AnalyticsError: `interval-level`.
        """
        require_level(level)
        if self.exact is None or self.interval is None:
            return None
        if self.se == 0:
            return self.interval
        if self.sample is not None:
            return on_scale(self.sample.interval(level), self.low, self.high)
        if self.se is None or self.df is None:
            return None
        return logit_t(float(self.exact), self.se, self.df, self.low, self.high, level)

    @classmethod
    def of(cls, result: IkmResult) -> Estimate:
        """The estimate inside an IKM. Formulas and missing-data policy are those of `scoring.score`."""
        df = float(result.n - 1) if result.se else None
        n = result.n if result.se is not None else fewest_answers(result.answered, result.weights)
        return cls(
            exact=result.exact,
            se=result.se,
            df=df,
            interval=result.interval,
            low=100 / result.levels,
            high=HIGH,
            reason=result.reason("interval"),
            n=n,
            unseen=1 - n / result.population if result.population else 1.0,
            sample=result.sample,
        )

    @classmethod
    def undefined(cls, reason: Reason) -> Estimate:
        """No value at all."""
        return cls(exact=None, se=None, df=None, interval=None, reason=reason)

    @classmethod
    def without_error(
        cls,
        exact: Fraction,
        reason: Reason,
        low: float = LOW,
        interval: Interval | None = None,
        high: float = HIGH,
    ) -> Estimate:
        """A value whose sample cannot tell how far it is from the truth."""
        return cls(exact=exact, se=None, df=None, interval=interval, low=low, high=high, reason=reason)


def estimate(
    value: Fraction | float, se: float, df: float | None, low: float = LOW, high: float = HIGH
) -> Estimate:
    """The ordinary estimate: logit-t interval (see `analytics.ikm.intervals.logit_t`); se 0 is a census.

    Args:
        value: in points, `low` to `high`.
        se: standard error in points.
        df: degrees of freedom; needed only when `se` is above 0.
        low: lowest possible value.
        high: highest possible value.

    Raises:
        AnalyticsError: `not-finite` for anything but `df`; with `se` above 0 those of `logit_t`.
    """
    require_finite(value=value, se=se, low=low, high=high)
    exact, point = Fraction(value), float(value)
    if se == 0 or df is None:
        return Estimate(
            exact=exact, se=0.0, df=None, interval=(point, point), low=low, high=high, reason=Reason.CENSUS
        )
    return Estimate(exact=exact, se=se, df=df, interval=logit_t(point, se, df, low, high), low=low, high=high)


def unsur_estimate(moments: Moments, element: int, population: int | None = None) -> Estimate:
    """The NRR of one unsur on the scale 1 to levels: s / sqrt(n) x sqrt(1 - n/N), n - 1 degrees of freedom.

    n are the sheets that answer the unsur; the others count in nothing. The interval is that of
    `moderated.Sample`. One sheet cannot tell its error; of sheets that all agree the interval stands on what
    the form makes likely, and the standard error is undefined.

    Args:
        moments: sums of the answer sheets.
        element: position of the unsur.
        population: users served in the period, at least n; None when unknown.

    Source: Cochran 1977, 2.6 (mean of a simple random sample with finite population correction).
    """
    n, total, squares = (
        moments.answered[element],
        moments.totals[element],
        int(moments.cross[element, element]),
    )
    low, high = 1.0, float(moments.levels)
    if n == 0:
        return replace(Estimate.undefined(Reason.NO_ANSWERS), low=low, high=high)
    mean, unseen = Fraction(total, n), 1 - n / population if population else 1.0
    if n == 1 and unseen:
        return Estimate.without_error(mean, Reason.ONE_RESPONDENT, low, high=high)
    variance = (n * squares - total * total) / (n * max(1, n - 1))
    sample = sample_of(
        position=(float(mean) - low) / (high - low),
        variance=variance / (high - low) ** 2,
        sheets=n,
        unseen=unseen,
        expected=expected_dispersion((Fraction(1),), moments.levels),
    )
    reason = None if variance else Reason.NO_VARIATION
    found = Estimate(
        exact=mean,
        se=math.sqrt(variance / n * unseen) if variance else None,
        df=n - 1 if variance else None,
        interval=on_scale(sample.interval(), low, high),
        low=low,
        high=high,
        reason=reason,
        sample=sample,
    )
    return found if unseen else replace(found, se=0.0, df=None, reason=Reason.CENSUS)


def satterthwaite(parts: Sequence[tuple[float, float]]) -> float | None:
    """Degrees of freedom of a sum of independent variances.

    df = (sum v)^2 / sum(v^2 / df_v); parts without variance carry none. None when nothing varies.

    Args:
        parts: (variance, its degrees of freedom), variances in points squared and already weighted. Degrees
            of freedom are infinite for a variance that is known.

    Raises:
        AnalyticsError: `not-finite` for a variance; `interval-df` unless degrees of freedom are above 0.

    Source: Satterthwaite 1946, Biometrics Bulletin 2(6), equation 17.
    """
    require_finite(variances=[v for v, _ in parts])
    varying = [(v, df) for v, df in parts if v > 0]
    if not varying:
        return None
    if not all(df > 0 for _, df in varying):
        raise AnalyticsError("interval-df", got=[df for _, df in varying], expected="numbers above 0")
    squares = sum(v**2 / df for v, df in varying)
    return float(sum(v for v, _ in varying) ** 2 / squares) if squares else math.inf
