"""The NRR of one unsur with its error: against SciPy on the raw column, and by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.comparison.compare import difference
from analytics.ikm.estimate import unsur_estimate
from analytics.ikm.moments import IntArray, Moments
from analytics.ikm.scoring import score
from analytics.reason import Reason

#: Sheets of three unsur; 0 is not answered.
sheets = st.integers(3, 30).flatmap(lambda n: arrays(np.int64, (n, 3), elements=st.integers(0, 4)))


@given(sheets, sheets)
def test_the_change_of_an_unsur_is_scipys_welch_on_those_who_answered_it(a: IntArray, b: IntArray) -> None:
    first, second = a[a[:, 1] > 0, 1], b[b[:, 1] > 0, 1]
    assume(min(len(first), len(second)) > 1 and min(np.ptp(first), np.ptp(second)) > 0)
    expected = stats.ttest_ind(second, first, equal_var=False)
    differing = difference(
        unsur_estimate(Moments.from_answers(a), 1), unsur_estimate(Moments.from_answers(b), 1)
    )
    assert differing.value == pytest.approx(second.mean() - first.mean(), abs=1e-12)
    assert differing.p == pytest.approx(expected.pvalue, rel=1e-7)
    low, high = expected.confidence_interval()
    assert differing.interval == pytest.approx((max(-3, low), min(3, high)), abs=1e-9)


def test_the_population_narrows_it_by_hand() -> None:
    # Scores 2, 3, 4, 3 of 8 users: mean 3, s^2 = 2/3, SE = sqrt(2/3 / 4 x (1 - 4/8)) = sqrt(1/12).
    estimate = unsur_estimate(Moments.from_answers([[2, 1], [3, 1], [4, 1], [3, 1]]), 0, population=8)
    assert (estimate.exact, estimate.df, estimate.low, estimate.high) == (Fraction(3), 3, 1.0, 4.0)
    assert estimate.se == pytest.approx(math.sqrt(1 / 12))


def test_everybody_asked_leaves_no_error() -> None:
    estimate = unsur_estimate(Moments.from_answers([[2], [3]]), 0, population=2)
    assert (estimate.se, estimate.interval, estimate.reason) == (0.0, (2.5, 2.5), Reason.CENSUS)


def test_one_sheet_has_a_value_and_no_interval() -> None:
    estimate = unsur_estimate(Moments.from_answers([[3, 1]]), 0)
    assert (estimate.exact, estimate.se, estimate.interval) == (Fraction(3), None, None)
    assert estimate.reason is Reason.ONE_RESPONDENT


def test_sheets_that_agree_have_an_interval_and_no_error() -> None:
    """By the inequality: the upper end leaves t of 6 + nu degrees of freedom, nu = 2 x min(1, 9 x 2/9) = 2.

    phi = (6 x .48 + 2 x 0) / 8 = .36, A0 = .12; b = .07 A0 (t^2 6/8 - 1). The other users may have answered
    otherwise, and do not lie within one point of the scale for agreeing three times.
    """
    estimate = unsur_estimate(Moments.from_answers([[3, 1]] * 3), 0)
    assert (estimate.exact, estimate.se, estimate.reason) == (Fraction(3), None, Reason.NO_VARIATION)
    assert estimate.interval is not None
    t, a0 = float(stats.t.ppf(0.975, 8)), 0.12
    b = 0.07 * a0 * (t * t * 6 / 8 - 1)
    for end in estimate.interval:
        theta = (end - 1) / 3
        error = math.sqrt(a0 * theta * (1 - theta))
        assert abs(2 / 3 - b - (1 - 2 * b) * theta) / error == pytest.approx(t, rel=1e-9)
    assert estimate.interval[0] < 3 < estimate.interval[1]


@given(sheets, st.integers(0, 2), st.one_of(st.none(), st.integers(30, 60)))
def test_it_is_the_index_of_a_form_with_that_unsur_only(x: IntArray, i: int, population: int | None) -> None:
    m = Moments.from_answers(x)
    alone = score(m.alone(i), population=population)
    found = unsur_estimate(m, i, population).interval
    assert (None if found is None else [25 * end for end in found]) == (
        None if alone.interval is None else pytest.approx(alone.interval)
    )


def test_an_unsur_nobody_answered_has_no_value() -> None:
    estimate = unsur_estimate(Moments.from_answers([[0, 1], [0, 2]]), 0)
    assert (estimate.exact, estimate.reason) == (None, Reason.NO_ANSWERS)
