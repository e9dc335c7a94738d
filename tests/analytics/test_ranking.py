"""Ranking against a published meta-analysis, exact chances and properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics import AnalyticsError
from analytics.funnel import Position, funnel, limits
from analytics.ranking import alike, paule_mandel, rank_intervals, shrink

#: BCG vaccine trials (Colditz et al. 1994, JAMA 271): ill and well, vaccinated and not.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip

units = st.lists(st.tuples(st.floats(30, 95), st.floats(0.1, 10)), min_size=2, max_size=20)


def split(pairs: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [y for y, _ in pairs], [se for _, se in pairs]


def test_paule_mandel_of_the_bcg_trials() -> None:
    """tau^2 0.3181 of the log risk ratios: Viechtbauer's documentation of metafor, method "PM"."""
    y = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    se = [math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG]
    assert paule_mandel(y, se) == pytest.approx(0.3181, abs=5e-5)


@given(units)
def test_paule_mandel_makes_the_weighted_squares_equal_their_expectation(
    pairs: list[tuple[float, float]],
) -> None:
    y, se = (np.array(v) for v in split(pairs))
    tau2 = paule_mandel(y.tolist(), se.tolist())
    w = 1 / (se**2 + tau2)
    q = float(w @ (y - w @ y / w.sum()) ** 2)
    if tau2 > 0:
        assert q == pytest.approx(len(y) - 1, rel=1e-6)
    else:
        assert q <= len(y) - 1 + 1e-9


@given(units)
def test_shrinking_moves_every_unit_towards_the_mean_and_never_past_it(
    pairs: list[tuple[float, float]],
) -> None:
    y, se = split(pairs)
    s = shrink(y, se)
    for raw, value, share in zip(y, s.values, s.shares, strict=True):
        assert 0 <= share <= 1
        assert min(raw, s.mean) - 1e-9 <= value <= max(raw, s.mean) + 1e-9


def test_units_within_sampling_error_are_all_drawn_to_the_mean() -> None:
    s = shrink([80.0, 81.0, 80.5], [3.0, 3.0, 3.0])
    assert s.tau2 == 0
    assert s.values == pytest.approx((80.5, 80.5, 80.5))
    assert s.sds == pytest.approx((3 / 3**0.5,) * 3)


def test_a_noisier_unit_keeps_less_of_its_own() -> None:
    s = shrink([70.0, 80.0, 90.0, 90.0], [1.0, 1.0, 1.0, 6.0])
    assert s.shares[3] < s.shares[2]
    assert s.values[3] < s.values[2]


def test_the_expected_rank_of_two_units_is_the_chance_of_losing() -> None:
    """P(first loses) = Phi((80 - 82) / sqrt(5)) by SciPy; 40,000 draws have an error of 0.002."""
    ranks = rank_intervals([82.0, 80.0], [1.0, 2.0], np.random.default_rng(7), draws=40_000)
    loses = stats.norm.cdf(-2 / 5**0.5)
    assert ranks[0].expected == pytest.approx(1 + loses, abs=0.008)
    assert (ranks[0].low, ranks[0].high) == (1, 2)


def test_units_far_apart_have_one_rank_each() -> None:
    ranks = rank_intervals([60.0, 90.0, 75.0], [0.5, 0.5, 0.5], np.random.default_rng(1), draws=500)
    assert [(r.low, r.high, r.expected) for r in ranks] == [(3, 3, 3.0), (1, 1, 1.0), (2, 2, 2.0)]


def test_the_same_generator_state_gives_the_same_ranks() -> None:
    first, second = (
        rank_intervals([80.0, 81.0, 82.0], [2.0, 2.0, 2.0], np.random.default_rng(5), draws=300) for _ in "ab"
    )
    assert first == second


def test_groups_run_from_the_top_and_overlap() -> None:
    """90 stands alone; 80 and 77 cannot be told apart, nor 77 and 74; 80 and 74 can (6 / 1.41 = 4.2)."""
    groups = alike([74.0, 90.0, 77.0, 80.0], [1.0] * 4, [200.0] * 4)
    assert groups == ((1,), (3, 2), (2, 0))


@given(units)
def test_every_unit_belongs_to_a_group(pairs: list[tuple[float, float]]) -> None:
    y, se = split(pairs)
    groups = alike(y, se, [30.0] * len(y))
    assert {i for group in groups for i in group} == set(range(len(y)))
    assert not any(set(a) <= set(b) for a in groups for b in groups if a is not b)


@pytest.mark.parametrize(
    ("values", "ses", "code"),
    [
        ([80.0], [1.0], "units-few"),
        ([80.0, 81.0], [1.0], "units-length"),
        ([80.0, 81.0], [0.0, 0.0], "units-se"),
        ([80.0, 81.0], [-1.0, 1.0], "units-se"),
    ],
)
def test_units_that_cannot_be_ranked_are_refused(values: list[float], ses: list[float], code: str) -> None:
    for compute in (shrink, paule_mandel, lambda y, se: alike(y, se, [9.0] * len(y))):
        with pytest.raises(AnalyticsError, match=code):
            compute(values, ses)


def test_funnel_limits_close_as_sheets_come_in_and_stay_on_the_scale() -> None:
    wide, narrow = limits(96.0, 5.0, 3, 0.998), limits(96.0, 5.0, 300, 0.998)
    assert 25 < wide[0] < narrow[0] < 96 < narrow[1] < wide[1] < 100


def test_units_outside_the_funnel_are_named_by_side_and_limit() -> None:
    """Pooled sd is 10, so 100 sheets have se 1: 95 % of units within about 2 points, 99.8 % within 3.1."""
    values = [80.0, 77.4, 82.6, 76.0, 84.0]
    f = funnel(values, [1.0] * 5, [100] * 5)
    assert f.target == pytest.approx(80.0)
    assert f.sd == pytest.approx(10.0)
    assert [p.position for p in f.points] == [
        Position.WITHIN,
        Position.BELOW_WARN,
        Position.ABOVE_WARN,
        Position.BELOW_ALARM,
        Position.ABOVE_ALARM,
    ]


def test_a_funnel_needs_two_sheets_per_unit() -> None:
    with pytest.raises(AnalyticsError, match="funnel-n"):
        funnel([80.0], [1.0], [1])


def test_the_ends_of_a_rank_interval_are_the_inverted_distribution_of_the_draws() -> None:
    """NumPy's quantiles by the inverted distribution, of the same draws; 40 of them put a step on 2.5 %."""
    values, sds = [80.0, 81.0, 82.0, 83.0, 84.0], [3.0] * 5
    for seed in range(20):
        drawn = np.random.default_rng(seed).normal(values, sds, (40, 5))
        placed = stats.rankdata(-drawn, axis=1)
        expected = np.quantile(placed, [0.025, 0.975], axis=0, method="inverted_cdf")
        found = rank_intervals(values, sds, np.random.default_rng(seed), draws=40)
        assert [(r.low, r.high) for r in found] == [(a, b) for a, b in expected.T.tolist()]
