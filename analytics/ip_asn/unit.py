"""A unit's IP ASN: the headcount mean, apart and together, with everything a reader needs to judge it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scipy.special import stdtrit

from analytics.errors import AnalyticsError
from analytics.ikm.intervals import Interval
from analytics.ip_asn.categories import Category, category
from analytics.ip_asn.employee import EmployeeScore
from analytics.ip_asn.ruleset import DIMENSIONS, Ruleset
from analytics.reason import Reason
from analytics.rounding import half_up


@dataclass(frozen=True, kw_only=True)
class GroupIndex:
    """The index of some staff.

    Attributes:
        headcount: staff recorded; n: those with all four dimensions, whose mean this is.
        dimensions: mean of each dimension in the order of DIMENSIONS, exact; they add up to `exact`.
        value: `exact` rounded half up to two decimals; category: of `value`, with the gap flagged.
        interval: 95 % t interval of a sample of staff; None with `interval_reason` for a census.
        reason: why there is no value.
    """

    headcount: int
    n: int
    dimensions: tuple[Fraction, ...] | None
    exact: Fraction | None
    value: Decimal | None
    category: Category | None
    interval: Interval | None
    interval_reason: Reason | None
    reason: Reason | None

    @classmethod
    def without_score(cls, headcount: int) -> GroupIndex:
        """Of staff of whom nobody has all four dimensions."""
        return cls(
            headcount=headcount,
            n=0,
            dimensions=None,
            exact=None,
            value=None,
            category=None,
            interval=None,
            interval_reason=None,
            reason=Reason.NOT_RECORDED,
        )


@dataclass(frozen=True, kw_only=True)
class UnitIndex:
    """A unit's result.

    Attributes:
        total: all staff, the headcount-weighted mean: the result.
        pns, pppk: the two groups apart; None for a group without staff.
        mean_of_groups: simple mean of the two groups, a published alternative; None unless both have a value.
        without_penyetaraan: all staff but those moved by the reform of posts; None when there are none.
        recorded: staff with something recorded, per dimension: completeness beside every mean.
        population: staff in all, when those here are a sample.
        verification: "terverifikasi" or "terverifikasi sebagian"; unknown says what is not known.
    """

    headcount: int
    total: GroupIndex
    pns: GroupIndex | None
    pppk: GroupIndex | None
    mean_of_groups: Decimal | None
    without_penyetaraan: GroupIndex | None
    recorded: tuple[int, ...]
    population: int | None
    verification: str
    unknown: tuple[str, ...]

    @property
    def completeness(self) -> tuple[float, ...]:
        """Share of staff with something recorded, per dimension, 0 to 1."""
        return tuple(count / self.headcount for count in self.recorded)


def unit_index(scores: Sequence[EmployeeScore], *, population: int | None = None) -> UnitIndex:
    """The index of a unit: mean of its employees' totals (Peraturan BKN 8/2019).

    Without `population`, or if everyone in it has a total, this is a census: no interval, and the
    reason says so. Otherwise the staff are taken as a simple random sample of `population`: t interval with
    finite population correction, the same sampling fraction in every group, cut at 0 and 100.

    Missing data: staff without all four dimensions count in headcount and completeness, in no mean.

    Raises:
        AnalyticsError: `staff-empty`, `rulesets-mixed`, `population-below-n`.
    """
    ruleset = _ruleset(scores)
    complete = [s for s in scores if s.total is not None]
    if population is not None and population < len(scores):
        raise AnalyticsError("population-below-n", got=population, expected=f"at least {len(scores)} staff")
    fraction = Fraction(len(complete), population) if population else Fraction(1)
    groups = {
        status: _group([s for s in scores if s.status == status], ruleset, fraction)
        for status in ("PNS", "PPPK")
        if any(s.status == status for s in scores)
    }
    others = [s for s in scores if not s.penyetaraan]
    return UnitIndex(
        headcount=len(scores),
        total=_group(scores, ruleset, fraction),
        pns=groups.get("PNS"),
        pppk=groups.get("PPPK"),
        mean_of_groups=mean_of_groups(groups.get("PNS"), groups.get("PPPK")),
        without_penyetaraan=_group(others, ruleset, fraction) if len(others) < len(scores) else None,
        recorded=tuple(sum(s.dimensions[i].recorded for s in scores) for i in range(len(DIMENSIONS))),
        population=population,
        verification=ruleset.verification,
        unknown=ruleset.unknown,
    )


def _ruleset(scores: Sequence[EmployeeScore]) -> Ruleset:
    if not scores:
        raise AnalyticsError("staff-empty", got=0, expected="at least one employee")
    ids = sorted({s.ruleset.id for s in scores})
    if len(ids) > 1:
        raise AnalyticsError("rulesets-mixed", got=ids, expected="scores by one rule set")
    return scores[0].ruleset


def _group(scores: Sequence[EmployeeScore], ruleset: Ruleset, fraction: Fraction) -> GroupIndex:
    known = [s for s in scores if s.total is not None]
    n = len(known)
    if n == 0:
        return GroupIndex.without_score(len(scores))
    dimensions = tuple(
        _mean([s.dimensions[i].score or Decimal(0) for s in known]) for i in range(len(DIMENSIONS))
    )
    totals = [s.total for s in known if s.total is not None]
    exact = _mean(totals)
    value = half_up(exact)
    interval, why = _interval(totals, exact, fraction)
    return GroupIndex(
        headcount=len(scores),
        n=n,
        dimensions=dimensions,
        exact=exact,
        value=value,
        category=category(value, ruleset),
        interval=interval,
        interval_reason=why,
        reason=None,
    )


def _interval(
    totals: Sequence[Decimal], mean: Fraction, fraction: Fraction
) -> tuple[Interval | None, Reason | None]:
    n = len(totals)
    if fraction == 1:
        return None, Reason.CENSUS
    if n < 2:
        return None, Reason.TOO_FEW
    squares = sum(((Fraction(t) - mean) ** 2 for t in totals), Fraction(0))
    if squares == 0:
        return None, Reason.NO_VARIATION
    half = float(stdtrit(n - 1, 0.975)) * math.sqrt(squares / (n - 1) / n * (1 - fraction))
    return (max(0.0, float(mean) - half), min(100.0, float(mean) + half)), None


def _mean(values: Sequence[Decimal]) -> Fraction:
    """The exact mean. Staff share few different scores, and exact fractions are slow: each counts once."""
    return sum((times * Fraction(v) for v, times in Counter(values).items()), Fraction(0)) / len(values)


def mean_of_groups(pns: GroupIndex | None, pppk: GroupIndex | None) -> Decimal | None:
    """Simple mean of the two groups, rounded half up to two decimals; None unless both have a value."""
    if pns is None or pppk is None or pns.exact is None or pppk.exact is None:
        return None
    return half_up((pns.exact + pppk.exact) / 2)
