"""Two periods, two units, or many at once: is the difference more than sampling error?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.estimate import Estimate, satterthwaite
from analytics.ikm.intervals import Interval, plain_t
from analytics.ikm.moderated import Sample
from analytics.reason import Reason


@dataclass(frozen=True, kw_only=True)
class Difference:
    """b - a, in points.

    Attributes:
        value: difference of the unrounded indices; None when one of them is undefined.
        se: its standard error; None when a sample cannot tell, and of a `change`, which has no use for one.
        df: Welch's degrees of freedom; None without `se`, or without a sampling error.
        interval: 95 % interval, within the widest difference the scale allows.
        t: Welch's statistic; None without `df`.
        p: two-sided p-value; None when there is no sampling error to compare with.
        reason: why something is undefined, or census; None for an ordinary comparison.
    """

    value: float | None
    se: float | None
    df: float | None
    interval: Interval | None
    t: float | None
    p: float | None
    reason: Reason | None = None

    @classmethod
    def undefined(cls, reason: Reason | None, value: float | None = None) -> Difference:
        """Nothing that could be judged, because of `reason`; `value` where that at least is known."""
        return cls(value=value, se=None, df=None, interval=None, t=None, p=None, reason=reason)

    @property
    def distinguishable(self) -> bool | None:
        """Whether the interval excludes 0; None when there is none."""
        return None if self.interval is None else not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True)
class Adjusted:
    """p-values of one comparison among many; None where the comparison has none.

    `holm` is for statements (it bounds the chance of any false one), `bh` for screening (it bounds the
    expected share of false ones among those picked).
    """

    p: float | None
    holm: float | None
    bh: float | None


def difference(a: Estimate, b: Estimate) -> Difference:
    """Welch's comparison of two independent samples, each with its finite population correction.

    value = b - a; se = sqrt(se_a^2 + se_b^2); df = se^4 / (se_a^4/df_a + se_b^4/df_b). A census has no
    sampling error and adds none; two of them differ exactly, with an interval of no width and no p-value.

    Args:
        a: the earlier period, or the unit compared with.
        b: the later period, or the other unit. Both on the same scale; their samples must not overlap.

    Raises:
        AnalyticsError: `scale-mismatch` for different scales; `not-finite`.

    Source: Welch 1947, Biometrika 34; Cochran 1977, 2.9 (difference of two estimated means).
    """
    for estimate in (a, b):
        require_finite(se=estimate.se, df=estimate.df, low=estimate.low, high=estimate.high)
    if (a.low, a.high) != (b.low, b.high):
        raise AnalyticsError("scale-mismatch", got=(b.low, b.high), expected=f"{a.low} to {a.high}")
    if a.exact is None or b.exact is None:
        return Difference.undefined(a.reason if a.exact is None else b.reason)
    value = float(b.exact - a.exact)
    if a.se is None or b.se is None:
        return Difference.undefined(a.reason if a.se is None else b.reason, value)
    se = math.hypot(a.se, b.se)
    df = satterthwaite([(e.se**2, e.df) for e in (a, b) if e.se and e.df])
    if df is None:
        return Difference(
            value=value, se=0.0, df=None, interval=(value, value), t=None, p=None, reason=Reason.CENSUS
        )
    widest = a.high - a.low
    interval = plain_t(value, se, df, -widest, widest)
    t = value / se
    return Difference(value=value, se=se, df=df, interval=interval, t=t, p=2 * float(stdtr(df, -abs(t))))


def change(before: Estimate, after: Estimate) -> Difference:
    """`difference` of two periods of one unit, or of one of its unsur: each tells how much its people differ.

    L = D - sqrt((a - l_a)^2 + (u_b - b)^2), U = D + sqrt((u_a - a)^2 + (b - l_b)^2) with D = a - b and the
    intervals (l, u) of both (`moderated.Sample`), each of which has the other and what lies before both for
    its past. p is what leaves 0 on the end of such an interval. Estimates that do not stand on one sample of
    sheets are compared by `difference`.

    Args:
        before, after: two periods that do not overlap, on the same scale.

    Raises:
        AnalyticsError: as `difference`.

    Source: Zou and Donner 2008, Statistics in Medicine 27 (MOVER); coverage by
        `python -m benchmarks.coverage`.
    """
    found = difference(before, after)
    one, other = before.sample, after.sample
    if found.value is None or one is None or other is None or found.reason is Reason.CENSUS:
        return found
    past, width = one.past, before.high - before.low
    b, a = one.after(past, other), other.after(past, one)
    low, high = _ends(b, a, 0.95)
    return Difference(
        value=found.value,
        se=None,
        df=None,
        interval=(width * low, width * high),
        t=None,
        p=_p_value(b, a),
    )


def _ends(before: Sample, after: Sample, level: float) -> Interval:
    """On the scale of positions."""
    (lb, ub), (la, ua) = before.interval(level), after.interval(level)
    b, a = before.position, after.position
    return a - b - math.hypot(a - la, ub - b), a - b + math.hypot(ua - a, b - lb)


def _p_value(before: Sample, after: Sample) -> float:
    """1 - the level whose interval has 0 for an end."""
    risen = after.position >= before.position

    def excess(tail: float) -> float:
        low, high = _ends(before, after, 1 - tail)
        return low if risen else -high

    if excess(_MOST) <= 0:
        return 1.0
    if excess(_LEAST) >= 0:
        return _LEAST
    # Loaded by who compares, and not at the start of every server of forms.
    from scipy.optimize import brentq

    return float(brentq(excess, _LEAST, _MOST, xtol=1e-10, rtol=1e-6))


#: No p-value is said to be smaller; above the other it is 1.
_LEAST, _MOST = 1e-12, 1 - 1e-9


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down adjustment: the running maximum of (m - i + 1) p_(i), at most 1.

    Source: Holm 1979, Scandinavian Journal of Statistics 6.
    """
    p, order = _sorted(p_values)
    return tuple(_restored(np.maximum.accumulate(p * np.arange(len(p), 0, -1)), order).tolist())


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Benjamini and Hochberg's step-up adjustment: the running minimum, from the top, of m p_(i) / i.

    Source: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57.
    """
    p, order = _sorted(p_values)
    scaled = p * len(p) / np.arange(1, len(p) + 1)
    return tuple(_restored(np.minimum.accumulate(scaled[::-1])[::-1], order).tolist())


def adjust_p(differences: Sequence[Difference]) -> tuple[Adjusted, ...]:
    """Both adjustments over the comparisons that have a p-value; the others do not count in the family."""
    p = [d.p for d in differences if d.p is not None]
    adjusted = iter([Adjusted(*row) for row in zip(p, holm(p), benjamini_hochberg(p), strict=True)])
    return tuple(Adjusted(None, None, None) if d.p is None else next(adjusted) for d in differences)


def _sorted(p_values: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    p = np.asarray(p_values, dtype=np.float64)
    if p.size and not ((p >= 0) & (p <= 1)).all():
        raise AnalyticsError("p-range", got=(float(p.min()), float(p.max())), expected="p-values in 0 to 1")
    order = np.argsort(p, kind="stable")
    return p[order], order


def _restored(adjusted: np.ndarray, order: np.ndarray) -> np.ndarray:
    result = np.empty(len(order))
    result[order] = np.minimum(adjusted, 1.0)
    return result
