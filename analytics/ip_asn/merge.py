"""Units put together to an agency or a province, exactly as if all their staff stood in one list."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.ip_asn.categories import CategoryRule, category
from analytics.ip_asn.ruleset import DIMENSIONS, Ruleset
from analytics.ip_asn.unit import GroupIndex, UnitIndex, mean_of_groups
from analytics.reason import Reason
from analytics.rounding import half_up


def merge_units(
    units: Sequence[UnitIndex], ruleset: Ruleset, *, rule: CategoryRule = CategoryRule.ABOVE
) -> UnitIndex:
    """The headcount-weighted index of several units: sum of n x value / sum of n, from unrounded values.

    Equal to `unit_index` of all their staff, without reading anyone a second time. Each unit is a census; so
    is the whole.

    Missing data: staff without a total count in headcount and completeness, in no mean; a unit without any
    total changes no mean.

    Raises:
        AnalyticsError: `staff-empty` without units; `units-sampled` if one of them is a sample of its staff,
            whose variances would have to be combined.
    """
    if not units:
        raise AnalyticsError("staff-empty", got=0, expected="at least one unit")
    if any(unit.population is not None for unit in units):
        raise AnalyticsError("units-sampled", got="a sample of staff", expected="units measured in full")
    pns = _merge([u.pns for u in units if u.pns is not None], ruleset, rule)
    pppk = _merge([u.pppk for u in units if u.pppk is not None], ruleset, rule)
    total = _merge([u.total for u in units], ruleset, rule)
    assert total is not None  # there is at least one unit
    return UnitIndex(
        sum(u.headcount for u in units),
        total,
        pns,
        pppk,
        mean_of_groups(pns, pppk),
        _without_penyetaraan(units, ruleset, rule),
        tuple(sum(u.recorded[i] for u in units) for i in range(len(DIMENSIONS))),
        None,
        ruleset.separate_groups,
        ruleset.verification,
        ruleset.unknown,
    )


def _without_penyetaraan(
    units: Sequence[UnitIndex], ruleset: Ruleset, rule: CategoryRule
) -> GroupIndex | None:
    """None when no unit has staff moved by the reform of posts."""
    if all(unit.without_penyetaraan is None for unit in units):
        return None
    return _merge([unit.without_penyetaraan or unit.total for unit in units], ruleset, rule)


def _merge(groups: Sequence[GroupIndex], ruleset: Ruleset, rule: CategoryRule) -> GroupIndex | None:
    if not groups:
        return None
    headcount, n = sum(g.headcount for g in groups), sum(g.n for g in groups)
    if n == 0:
        return GroupIndex(headcount, 0, None, None, None, None, None, None, Reason.NOT_RECORDED)
    known = [(g.n, g.exact, g.dimensions) for g in groups if g.exact is not None and g.dimensions is not None]
    exact = sum((count * mean for count, mean, _ in known), Fraction(0)) / n
    dimensions = tuple(
        sum((count * means[i] for count, _, means in known), Fraction(0)) / n for i in range(len(DIMENSIONS))
    )
    value = half_up(exact)
    graded = category(value, ruleset, rule=rule)
    return GroupIndex(headcount, n, dimensions, exact, value, graded, None, Reason.CENSUS, None)
