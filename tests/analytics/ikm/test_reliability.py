"""Reliability: defined at the edges, indifferent to order. Values against R: test_reference_reliability."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.ikm import Moments
from analytics.ikm.correlation import bonett_wright_interval, critical_r, fisher_interval
from analytics.ikm.covariance import covariance
from analytics.ikm.moments import IntArray
from analytics.ikm.reliability import alpha_interval, reliability
from analytics.reason import Reason

sheets = st.integers(3, 30).flatmap(lambda n: arrays(np.int64, (n, 5), elements=st.integers(1, 4)))
with_gaps = st.integers(3, 30).flatmap(lambda n: arrays(np.int64, (n, 5), elements=st.integers(0, 4)))


def test_two_identical_elements_are_perfectly_reliable() -> None:
    """Hand: variances v, v, covariance v: alpha = 2 (1 - 2v / 4v) = 1, item-rest 1."""
    r = reliability(Moments.from_answers([[1, 1], [2, 2], [4, 4]]))
    assert r.alpha == pytest.approx(1)
    assert r.item_rest == pytest.approx((1, 1))
    assert r.alpha_if_dropped == (None, None)  # one element has no alpha


def test_a_hand_worked_alpha() -> None:
    """Rows (1,2) (2,4) (3,3): variances 1 and 1, covariance 0.5: alpha = 2 (1 - 2/3) = 2/3, item-rest 0.5."""
    r = reliability(Moments.from_answers([[1, 2], [2, 4], [3, 3]]))
    assert r.alpha == pytest.approx(2 / 3)
    assert r.item_rest == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[1, 2], [2, 3]], Reason.TOO_FEW),
        ([[3], [2], [1]], Reason.ONE_ELEMENT),
        ([[3, 3], [3, 3], [3, 3]], Reason.NO_VARIATION),
        ([[1, 4], [2, 3], [4, 1]], Reason.NO_VARIATION),  # the elements cancel: their sum is always 5
        ([[1, 2], [2, 3], [3, 0], [2, 0]], Reason.TOO_FEW),  # only two sheets answer both
    ],
)
def test_undefined_is_none_with_the_reason(rows: list[list[int]], why: Reason) -> None:
    r = reliability(Moments.from_answers(rows))
    assert (r.alpha, r.reason) == (None, why)
    assert set(r.item_rest) == set(r.alpha_if_dropped) == {None}
    assert set(r.valid) == {None}


def test_no_sheet_at_all_is_too_few() -> None:
    assert reliability(Moments.zero(9)).reason is Reason.TOO_FEW


def test_an_element_without_variation_has_no_item_rest() -> None:
    r = reliability(Moments.from_answers([[1, 2, 4], [2, 4, 4], [3, 3, 4]]))
    assert r.alpha is not None
    assert r.item_rest[2] is None
    assert r.valid[2] is None
    assert r.item_rest[0] == pytest.approx(0.5)


def test_missing_answers_are_pairwise_and_said_so() -> None:
    r = reliability(Moments.from_answers([[1, 2], [2, 4], [3, 3], [4, 0]]))
    assert r.pairwise
    assert (r.n, r.n_effective) == (4, 3)
    assert r.r_critical == critical_r(3)


def test_pairs_that_contradict_each_other_give_no_alpha() -> None:
    """Three elements, each pair on its own sheets: r12 = r13 = 1 and r23 = -1, which no data can have."""
    rows = [[1, 1, 0], [4, 4, 0], [2, 2, 0], [1, 0, 1], [4, 0, 4], [2, 0, 2], [0, 1, 4], [0, 4, 1], [0, 2, 3]]
    assert reliability(Moments.from_answers(rows)).reason is Reason.INCONSISTENT_PAIRS


@given(sheets, st.permutations(range(5)), st.randoms(use_true_random=False))
def test_order_of_elements_and_sheets_changes_nothing(
    rows: IntArray, columns: list[int], random: Random
) -> None:
    order = random.sample(range(len(rows)), len(rows))
    before = reliability(Moments.from_answers(rows))
    after = reliability(Moments.from_answers(rows[order][:, columns]))
    assert after.reason is before.reason
    assume(before.reason is None)
    assert after.alpha == pytest.approx(before.alpha, rel=1e-12, abs=1e-12)
    assert [before.item_rest[i] for i in columns] == pytest.approx(list(after.item_rest), abs=1e-12)


@given(with_gaps)
def test_bounds_hold_whatever_is_missing(rows: IntArray) -> None:
    r = reliability(Moments.from_answers(rows))
    assert (r.alpha is None) == (r.reason is not None)
    assert all(v is None or -1 - 1e-9 <= v <= 1 + 1e-9 for v in r.item_rest)
    assert r.alpha is None or r.alpha <= 1 + 1e-9
    interval = alpha_interval(rows)
    if interval is not None:
        assert r.alpha is not None
        assert interval[0] <= r.alpha <= interval[1] <= 1


@given(sheets)
def test_covariance_is_numpys(rows: IntArray) -> None:
    c = covariance(Moments.from_answers(rows))
    assert c is not None
    np.testing.assert_allclose(c, np.cov(rows, rowvar=False), rtol=1e-12, atol=1e-12)


@given(sheets)
def test_alpha_is_that_of_the_sheets(rows: IntArray) -> None:
    """Cronbach's formula on the raw rows with NumPy's variances."""
    total = rows.sum(axis=1)
    found = reliability(Moments.from_answers(rows)).alpha
    if np.ptp(total) == 0:
        assert found is None
    else:
        expected = 5 / 4 * (1 - rows.var(axis=0, ddof=1).sum() / total.var(ddof=1))
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(sheets)
def test_item_rest_is_numpys_correlation_with_the_sum_of_the_others(rows: IntArray) -> None:
    others = rows.sum(axis=1) - rows[:, 0]
    assume(np.ptp(rows[:, 0]) > 0 and np.ptp(others) > 0)
    r = reliability(Moments.from_answers(rows))
    assume(r.reason is None)
    assert r.item_rest[0] == pytest.approx(float(np.corrcoef(rows[:, 0], others)[0, 1]), abs=1e-9)


@pytest.mark.parametrize(
    ("n", "printed"), [(10, 0.632), (12, 0.576), (22, 0.423), (30, 0.361), (32, 0.349), (102, 0.195)]
)
def test_critical_values_of_the_printed_r_table(n: int, printed: float) -> None:
    """The r table of textbooks, two-sided 5 %, df = n - 2 (8: .632, 10: .576, 20: .423, 28: .361, ...)."""
    r = critical_r(n)
    assert r is not None
    assert round(r, 3) == printed


def test_too_few_pairs_have_no_interval_and_no_critical_value() -> None:
    assert critical_r(2) is None
    assert fisher_interval(0.5, 3) is None
    assert bonett_wright_interval(0.5, 3) is None
    assert fisher_interval(1.0, 10) == (1.0, 1.0)
