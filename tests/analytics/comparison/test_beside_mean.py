"""Units beside the mean of all: by hand, against the difference of two, and simulated where all are alike."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.special import ndtri

from analytics import AnalyticsError, Reason
from analytics.comparison import Side, beside_mean
from analytics.ikm.estimate import Estimate, estimate

#: So many degrees of freedom that t is normal.
MANY = 1e7


def mean_of(units: list[Estimate]) -> Estimate:
    """As `weighted_sum` has it of samples: of what is independent."""
    value = sum(unit.value or 0.0 for unit in units) / len(units)
    se = math.hypot(*(unit.se or 0.0 for unit in units)) / len(units)
    return estimate(value, se, MANY if se else None)


def sides(values: list[float], se: float) -> list[Side]:
    units = [estimate(value, se, MANY) for value in values]
    return [found.side for found in beside_mean(units, mean_of(units), len(units))]


def test_the_error_is_that_of_the_difference_to_a_mean_that_holds_the_unit() -> None:
    """In the middle of the scale, with a small error, it is normal: se of a - m is se sqrt(1 - 1/K)."""
    units = [estimate(value, 0.5, MANY) for value in (61.5, 62.0, 62.5, 64.0)]
    found = beside_mean(units, mean_of(units), 4)
    z = -float(ndtri((1 - 0.95**0.25) / 2))
    assert [round(b.value, 6) for b in found] == [-1.0, -0.5, 0.0, 1.5]
    for beside in found:
        width = (beside.interval[1] - beside.interval[0]) / 2
        assert width == pytest.approx(z * 0.5 * math.sqrt(3 / 4), rel=2e-3)
    assert [b.side for b in found] == [Side.LEVEL, Side.LEVEL, Side.LEVEL, Side.ABOVE]


def test_two_units_are_on_opposite_sides_or_on_none() -> None:
    assert sides([60.0, 65.0], 0.5) == [Side.BELOW, Side.ABOVE]
    assert sides([60.0, 60.5], 0.5) == [Side.LEVEL, Side.LEVEL]


def test_the_more_units_are_looked_at_the_more_it_takes() -> None:
    units = [estimate(80 + v, 1.0, MANY) for v in (0, 0, 0, 2.8)]
    assert beside_mean(units, mean_of(units), 4)[3].side is Side.LEVEL
    assert beside_mean(units[3:], mean_of(units), 4)[0].side is Side.ABOVE
    assert beside_mean(units[3:], mean_of(units), 4, judged=60)[0].side is Side.LEVEL


def test_a_census_has_its_value() -> None:
    units = [estimate(value, 0.0, None) for value in (70, 70.01)]
    assert [b.side for b in beside_mean(units, mean_of(units), 2)] == [Side.BELOW, Side.ABOVE]


def test_where_all_units_are_alike_hardly_ever_one_is_called_clear() -> None:
    """In at most 5% of provinces of 30 units any of them: 600 provinces, within four errors of simulation."""
    rng = np.random.default_rng(33)
    wrong = 0
    for _ in range(600):
        errors = rng.uniform(0.4, 3.0, 30)
        units = [estimate(float(80 + e * rng.standard_normal()), float(e), 60.0) for e in errors]
        found = beside_mean(units, mean_of(units), 30)
        wrong += any(b.side is not Side.LEVEL for b in found)
    assert wrong / 600 <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / 600)
    assert wrong > 0  # it is no empty promise: one that never speaks would keep it too


def test_what_cannot_be_judged_is_refused() -> None:
    good = estimate(80, 1.0, 50.0)
    for units, mean, of, code in (
        ([Estimate.without_error(Fraction(80), Reason.UNSUR_BY_FEW)], good, 2, "units-interval"),
        ([good], Estimate.undefined(Reason.NO_UNITS), 2, "units-interval"),
        ([estimate(80, 1.0, 50.0, low=20)], good, 2, "scale-mismatch"),
        ([good, good], good, 1, "units-few"),
    ):
        with pytest.raises(AnalyticsError, match=code):
            beside_mean(units, mean, of)
    assert beside_mean([], Estimate.undefined(Reason.NO_UNITS), 0) == ()
