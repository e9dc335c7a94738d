"""Strata and aggregation: properties of the stratified estimator and hand-worked values."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError
from analytics.comparison.aggregate import Covers, Method, Unit, aggregate
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import Reason, score
from analytics.sampling.strata import By, Stratum, combine

answers = st.integers(2, 15).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))


def stratum(name: str, rows: object, population: int | None = None) -> Stratum:
    return Stratum(name, Moments.from_answers(np.asarray(rows)), population)


def assert_same(a: Estimate, b: Estimate) -> None:
    assert (a.exact, a.reason, a.se is None) == (b.exact, b.reason, b.se is None)
    assert (a.se or 0) == pytest.approx(b.se or 0, rel=1e-9)
    assert (a.df or 0) == pytest.approx(b.df or 0, rel=1e-9)


@given(answers, st.integers(1, 1000))
def test_one_stratum_is_the_index_itself(rows: IntArray, unseen: int) -> None:
    whole = Estimate.of(score(Moments.from_answers(rows), population=len(rows) + unseen))
    alone = combine([stratum("a", rows, len(rows) + unseen)]).estimate
    assert_same(alone, whole)
    if whole.se is not None:
        assert alone.interval == pytest.approx(whole.interval or (), rel=1e-9)


@given(answers, st.integers(2, 6))
def test_equal_strata_give_the_mean_with_the_error_of_independent_parts(rows: IntArray, copies: int) -> None:
    """m strata of equal variance v / n: variance v / (m n), and Satterthwaite's df is m (n - 1)."""
    one = Estimate.of(score(Moments.from_answers(rows)))
    assume(one.se is not None)
    whole = combine([stratum(str(i), rows) for i in range(copies)], by=By.SHEETS).estimate
    assert whole.exact == one.exact
    assert whole.se == pytest.approx((one.se or 0) / copies**0.5, rel=1e-9)
    assert whole.df == pytest.approx(copies * (one.df or 0), rel=1e-9)


@given(st.lists(answers, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_strata_and_of_merging_changes_nothing(parts: list[IntArray], random: Random) -> None:
    strata = [stratum(str(i), rows, 100 + i) for i, rows in enumerate(parts)]
    shuffled = random.sample(strata, len(strata))
    assert_same(combine(strata).estimate, combine(shuffled).estimate)
    assert_same(*(aggregate(s, Method.POOLED).estimate for s in (strata, shuffled)))


@given(st.lists(answers, min_size=1, max_size=5), st.sampled_from(list(Method)))
def test_every_aggregate_and_its_interval_stay_on_the_scale(parts: list[IntArray], method: Method) -> None:
    e = aggregate([stratum(str(i), r, 50 + i) for i, r in enumerate(parts)], method).estimate
    assert 25 <= (e.value or 0) <= 100
    if e.interval is not None:
        assert 25 <= e.interval[0] <= (e.value or 0) + 1e-9
        assert (e.value or 0) - 1e-9 <= e.interval[1] <= 100


@given(st.lists(answers, min_size=1, max_size=5))
@example(parts=[np.array([[1, 2, 4, 4, 4, 4, 4, 4, 4], [4, 1, 2, 4, 4, 4, 4, 4, 4]])])  # equal sums
def test_complete_sheets_pooled_are_strata_weighted_by_sheets(parts: list[IntArray]) -> None:
    strata = [stratum(str(i), rows) for i, rows in enumerate(parts)]
    assert_same(aggregate(strata, Method.POOLED).estimate, combine(strata, by=By.SHEETS).estimate)


def test_users_weigh_the_services_by_hand() -> None:
    """75 with 300 users and 100 with 100: (3 * 75 + 1 * 100) / 4 = 81.25."""
    strata = [stratum("a", [[3, 3], [3, 3]], 300), stratum("b", [[4, 4], [4, 4]], 100)]
    result = combine(strata)
    assert result.estimate.exact == Fraction(325, 4)
    assert result.shares == (("a", 0.75), ("b", 0.25))
    assert result.band is not None
    assert result.band.mutu == "B"


#: The first has an error of their own, the last one has not: one of its ten sheets answers the first unsur.
COMPLETE = [[3, 4], [2, 3], [4, 4], [1, 2]] * 3
BY_ONE = [[1, 3], *[[0, 4]] * 5, *[[0, 3]] * 4]


@pytest.mark.parametrize(("rows", "whole"), [(COMPLETE, True), (BY_ONE, False)])
def test_a_unit_whose_sums_are_withheld_keeps_its_value_and_cannot_be_pooled(
    rows: list[list[int]], whole: bool
) -> None:
    units = [stratum("a", COMPLETE, 200), stratum("b", rows, 100)]
    scores = [score(u.moments, population=u.population) for u in units]
    told = replace(scores[1], answered=(0, 0), totals=(0, 0))
    bare = [units[0], Stratum("b", Moments.zero(2), 100)]
    for method in (Method.MEAN_OF_UNITS, Method.BY_VOLUME):
        complete = aggregate(units, method, scores=scores)
        left = aggregate(bare, method, scores=[scores[0], told])
        assert (left.estimate.exact, left.n, left.coverage) == (
            complete.estimate.exact,
            complete.n,
            complete.coverage,
        )
        if whole:
            assert left.estimate == complete.estimate
        else:
            assert (left.estimate.interval, left.estimate.reason) == (None, Reason.SUMS_WITHHELD)
    pooled = aggregate(bare, Method.POOLED, scores=[scores[0], told])
    assert (pooled.estimate.exact, pooled.band) == (None, None)
    assert (pooled.estimate.reason, pooled.n) == (Reason.SUMS_WITHHELD, len(COMPLETE) + len(rows))


def test_unanimous_services_that_differ_leave_the_error_unknown() -> None:
    result = combine([stratum("a", [[3, 3]] * 3, 9), stratum("b", [[4, 4]] * 3, 9)])
    assert (result.estimate.se, result.estimate.interval) == (None, None)
    assert result.estimate.reason is Reason.NO_VARIATION
    assert result.unvarying == ("a", "b")


def test_a_single_sheet_takes_the_pooled_variance_and_is_named() -> None:
    """a: 87.5 and 62.5, variance per sheet 312.5; 7 and 8 of 9 unasked: (7/9 312.5/2 + 8/9 312.5)/4."""
    result = combine(
        [stratum("a", [[3, 4], [2, 3]], 9), stratum("b", [[4, 4]], 9), stratum("c", [[0, 0]], 9)]
    )
    assert result.alone == result.borrowed == ("b",)
    assert result.without_answers == ("c",)
    assert result.estimate.value is not None
    assert result.estimate.reason is Reason.BORROWED
    assert (result.estimate.se or 0) ** 2 == pytest.approx((7 / 9 / 2 + 8 / 9) * 312.5 / 4, rel=1e-12)
    assert result.estimate.df == pytest.approx(1.0)


def test_services_all_counted_have_no_error() -> None:
    result = combine([stratum("a", [[3, 4], [2, 3]], 2), stratum("b", [[4, 4]], 1)])
    assert result.estimate.se == 0.0
    assert result.estimate.reason is Reason.CENSUS


def test_weighting_by_users_needs_the_users() -> None:
    result = combine([stratum("a", [[3, 4]], 9), stratum("b", [[4, 4]])])
    assert (result.estimate.value, result.band, result.shares) == (None, None, ())
    assert result.estimate.reason is Reason.VOLUME_UNKNOWN


def test_no_stratum_with_answers_has_no_index() -> None:
    assert combine([]).estimate.reason is Reason.NO_ANSWERS


def test_indices_of_different_scales_are_not_averaged() -> None:
    six = Stratum("b", Moments.from_answers([[6, 5]], levels=6))
    with pytest.raises(AnalyticsError, match="scale-mismatch"):
        combine([stratum("a", [[3, 4]]), six], by=By.SHEETS)


def test_the_three_methods_by_hand() -> None:
    """75 from 2 sheets, 100 from 4: mean 87.5; pooled (2*75 + 4*100)/6; volumes 10 and 90: 97.5."""
    units = [stratum("a", [[3, 3]] * 2, 10), stratum("b", [[4, 4]] * 4, 90)]
    assert aggregate(units).estimate.exact == Fraction(175, 2)
    assert aggregate(units, Method.POOLED).estimate.exact == Fraction(550, 6)
    assert aggregate(units, Method.BY_VOLUME).estimate.exact == Fraction(975, 10)


def test_coverage_counts_the_units_that_report() -> None:
    units = [stratum("a", [[3, 4], [2, 3]]), stratum("b", [[0, 0]])]
    result = aggregate(units, total=106)
    assert (result.coverage.reporting, result.coverage.total) == (1, 106)
    assert result.coverage.missing == ("b",)
    assert result.covers is Covers.REPORTING_UNITS
    assert result.n == 2
    assert aggregate(units[:1]).covers is Covers.ALL_UNITS


def test_no_unit_reports_and_nothing_is_claimed() -> None:
    result = aggregate([stratum("a", [[0, 0]])])
    assert (result.estimate.value, result.band, result.n) == (None, None, 0)
    assert result.estimate.reason is Reason.NO_UNITS


def test_pooled_respondents_carry_the_weights_of_the_unsur() -> None:
    """Weights 3 : 1. NRR over the three sheets 10/3 and 5/3: 25 x (3/4 x 10/3 + 1/4 x 5/3) = 875/12."""
    units = [stratum("a", [[4, 1], [3, 2]]), stratum("b", [[3, 2]])]
    assert aggregate(units, Method.POOLED, weights=[3, 1]).estimate.exact == Fraction(875, 12)


def test_pooling_units_of_different_instruments_is_refused() -> None:
    units: list[Unit] = [stratum("a", [[3, 4]]), stratum("b", [[3, 4, 4]])]
    with pytest.raises(AnalyticsError, match="moments-mismatch"):
        aggregate(units, Method.POOLED)
    assert aggregate(units).estimate.exact == (Fraction(175, 2) + Fraction(275, 3)) / 2
