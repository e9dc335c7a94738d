"""Intervals on the scale, against SciPy's distributions and hand-worked bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.intervals import logit_t, plain_t, unanimous
from analytics.ikm.scoring import Reason, score


def test_five_equal_sheets_bound_the_share_that_agrees() -> None:
    """0.05 ** (1/5) = 0.549280: five of five is the 5 % event when that share agrees. Worked by hand."""
    assert unanimous(100.0, 5) == pytest.approx((25 + 0.5492802716530589 * 75, 100.0), rel=1e-12)
    assert unanimous(75.0, 5) == pytest.approx((52.464013582653, 100 - 0.5492802716530589 * 25), rel=1e-12)


def test_the_bound_is_that_of_clopper_and_pearson() -> None:
    """SciPy's one-sided exact binomial interval for n of n."""
    for n in (2, 7, 30, 200):
        share = stats.binomtest(n, n, alternative="greater").proportion_ci(0.95, "exact").low
        assert unanimous(100.0, n)[0] == pytest.approx(25 + 75 * share, rel=1e-9)


@given(st.integers(2, 40), st.integers(0, 400))
def test_the_finite_bound_is_the_smallest_share_the_sample_does_not_refute(n: int, unseen: int) -> None:
    """SciPy's hypergeometric: K agreeing users give n of n with chance 5 % or more, K - 1 do not."""
    population = n + unseen
    agreeing = round((unanimous(100.0, n, population)[0] - 25) / 75 * population)
    assert stats.hypergeom.pmf(n, population, agreeing, n) >= 0.05 * (1 - 1e-9)
    assert stats.hypergeom.pmf(n, population, agreeing - 1, n) < 0.05 * (1 - 1e-9)


@pytest.mark.parametrize(("n", "population", "agreeing"), [(3, 6, 3), (19, 20, 19), (2, 280, 63)])
def test_a_share_that_gives_the_sample_with_exactly_5_percent_is_not_refuted(
    n: int, population: int, agreeing: int
) -> None:
    """C(3, 3) / C(6, 3), C(19, 19) / C(20, 19) and C(63, 2) / C(280, 2) are 1/20 each."""
    assert 20 * math.comb(agreeing, n) == math.comb(population, n)
    low, _ = unanimous(100.0, n, population)
    assert low == pytest.approx(25 + 75 * agreeing / population, abs=1e-12)


def test_a_unanimous_sample_has_its_exact_interval_and_says_why() -> None:
    result = score(Moments.from_answers([[4] * 9] * 5))
    assert result.interval == pytest.approx((66.19602037397942, 100.0))
    assert (result.se, result.interval_t) == (None, None)
    assert result.reason("interval") is Reason.NO_VARIATION


def test_unanimous_users_known_to_be_few_leave_less_room() -> None:
    """Of 6 users 5 answered alike: one is unseen, so at most 1/6 of the scale is open."""
    low, high = unanimous(100.0, 5, 6)
    assert (low, high) == pytest.approx((25 + 75 * 5 / 6, 100.0))
    assert unanimous(80.0, 6, 6) == pytest.approx((80.0, 80.0))


@given(st.floats(25, 100), st.floats(0, 40), st.floats(1, 500))
def test_every_interval_holds_its_value_and_stays_on_the_scale(value: float, se: float, df: float) -> None:
    for low, high in (logit_t(value, se, df), plain_t(value, se, df)):
        assert 25 <= low <= value + 1e-9
        assert value - 1e-9 <= high <= 100


def test_the_logit_is_symmetrical_about_the_middle_of_the_scale() -> None:
    low, high = logit_t(62.5, 3.0, 10)
    assert low + high == pytest.approx(125.0)


def test_a_value_off_the_scale_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="interval-value"):
        logit_t(101.0, 1.0, 5)
