"""Comparisons against SciPy, and what must hold when one side knows its own error and the other does not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics import AnalyticsError
from analytics.comparison.compare import adjust_p, benjamini_hochberg, difference, holm
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import Reason, score

answers = st.integers(2, 15).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def of(rows: object, population: int | None = None) -> Estimate:
    return Estimate.of(score(Moments.from_answers(np.asarray(rows)), population=population))


@given(answers, answers)
def test_welch_is_scipys(first: IntArray, second: IntArray) -> None:
    """scipy.stats.ttest_ind(equal_var=False) on the respondents' own indices."""
    a, b = 25 * first.mean(axis=1), 25 * second.mean(axis=1)
    assume(np.ptp(a) > 1e-9 and np.ptp(b) > 1e-9)
    expected = stats.ttest_ind(b, a, equal_var=False)
    differing = difference(of(first), of(second))
    assert differing.t == pytest.approx(expected.statistic, rel=1e-8, abs=1e-12)
    assert differing.df == pytest.approx(expected.df, rel=1e-9)
    assert differing.p == pytest.approx(expected.pvalue, rel=1e-7)
    interval = expected.confidence_interval()
    assert differing.interval == pytest.approx((max(-75, interval.low), min(75, interval.high)), abs=1e-9)


def test_a_census_adds_no_error_of_its_own() -> None:
    counted, sample = of([[4, 3], [2, 3]], population=2), estimate(80.0, 2.0, 20)
    differing = difference(counted, sample)
    assert (differing.se or 0, differing.df or 0) == pytest.approx((2.0, 20.0))


def test_two_censuses_differ_exactly() -> None:
    differing = difference(of([[4, 3], [2, 3]], population=2), of([[4, 4], [4, 4]], population=2))
    assert (differing.value, differing.interval, differing.p, differing.reason) == (
        25.0,
        (25.0, 25.0),
        None,
        Reason.CENSUS,
    )
    assert (differing.se, differing.df, differing.t) == (0.0, None, None)
    assert differing.distinguishable is True


@pytest.mark.parametrize(
    ("rows", "reason"), [([[4, 4]], Reason.ONE_RESPONDENT), ([[4, 4]] * 9, Reason.NO_VARIATION)]
)
def test_a_side_without_error_leaves_the_difference_without_one(
    rows: list[list[int]], reason: Reason
) -> None:
    differing = difference(estimate(80.0, 2.0, 20), of(rows))
    assert (differing.value, differing.se, differing.interval, differing.p) == (20.0, None, None, None)
    assert (differing.reason, differing.distinguishable) == (reason, None)
    assert difference(of(rows), estimate(80.0, 2.0, 20)).reason == reason


def test_nothing_is_compared_with_nothing() -> None:
    nothing, something = Estimate.undefined(Reason.NO_ANSWERS), estimate(80.0, 2.0, 20)
    for differing in (difference(nothing, something), difference(something, nothing)):
        assert (differing.value, differing.reason) == (None, Reason.NO_ANSWERS)


@pytest.mark.parametrize("part", ["se", "df", "low", "high"])
def test_an_estimate_that_is_no_number_is_not_compared(part: str) -> None:
    known = estimate(80.0, 2.0, 20)
    changed: dict[str, Any] = {part: math.nan}
    broken = replace(known, **changed)
    for pair in ((known, broken), (broken, known)):
        with pytest.raises(AnalyticsError, match=f"not-finite.*{part}"):
            difference(*pair)


def test_the_same_estimate_does_not_differ_from_itself() -> None:
    differing = difference(estimate(80.0, 2.0, 20), estimate(80.0, 2.0, 20))
    assert (differing.value, differing.t, differing.distinguishable) == (0.0, 0.0, False)
    assert differing.p == pytest.approx(1.0)


def test_different_scales_are_not_compared() -> None:
    with pytest.raises(AnalyticsError, match="scale-mismatch"):
        difference(estimate(80.0, 2.0, 20), estimate(80.0, 2.0, 20, low=100 / 6))


@given(p_values)
def test_benjamini_hochberg_is_scipys(p: list[float]) -> None:
    expected = stats.false_discovery_control(p, method="bh")
    assert benjamini_hochberg(p) == pytest.approx(expected.tolist(), rel=1e-12, abs=1e-300)


@given(p_values)
def test_holm_lies_between_the_raw_value_and_bonferroni(p: list[float]) -> None:
    adjusted = holm(p)
    for raw, value in zip(p, adjusted, strict=True):
        assert raw <= value <= min(1.0, raw * len(p) * (1 + 1e-12))
    assert [adjusted[i] for i in np.argsort(p, kind="stable")] == sorted(adjusted)


def test_holm_by_hand() -> None:
    """0.01, 0.02, 0.04 in a family of three: 3 * 0.01, 2 * 0.02, and no less for the last."""
    assert holm([0.04, 0.01, 0.02]) == pytest.approx((0.04, 0.03, 0.04))


def test_comparisons_without_a_p_value_do_not_count_in_the_family() -> None:
    known = difference(estimate(80.0, 2.0, 20), estimate(86.0, 2.0, 20))
    unknown = difference(estimate(80.0, 2.0, 20), of([[4, 4]]))
    first, second = adjust_p([unknown, known])
    assert (first.p, first.holm, first.bh) == (None, None, None)
    assert second.holm == second.bh == pytest.approx(known.p)


def test_a_p_value_above_one_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="p-range"):
        holm([0.1, 1.2])


def test_no_comparison_needs_no_adjustment() -> None:
    assert (holm([]), benjamini_hochberg([]), adjust_p([])) == ((), (), ())


def test_two_equal_censuses_do_not_differ_and_two_unequal_ones_do() -> None:
    same, other = estimate(80.0, 0.0, None), estimate(80.01, 0.0, None)
    assert difference(same, same).distinguishable is False
    assert difference(same, other).distinguishable is True
