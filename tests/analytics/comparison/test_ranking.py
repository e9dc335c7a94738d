"""Ranking against a published meta-analysis, exact chances and properties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator
from scipy import stats

from analytics import AnalyticsError
from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.funnel import Position, funnel, funnel_limits
from analytics.comparison.ranking import rank_intervals, shrink
from analytics.ikm.covariance import FloatArray

#: BCG vaccine trials (Colditz et al. 1994, JAMA 271): ill and well, vaccinated and not.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip

units = st.lists(st.tuples(st.floats(30, 95), st.floats(0.1, 10)), min_size=2, max_size=20)


def split(pairs: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [y for y, _ in pairs], [se for _, se in pairs]


def test_the_variance_between_the_bcg_trials_is_that_of_paule_and_mandel() -> None:
    """tau^2 0.3181 of the log risk ratios: Viechtbauer's documentation of metafor, method "PM"."""
    y = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    se = [math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG]
    assert shrink(y, se).tau2 == pytest.approx(0.3181, abs=5e-5)


@given(units)
def test_the_variance_between_units_makes_the_weighted_squares_equal_their_expectation(
    pairs: list[tuple[float, float]],
) -> None:
    y, se = (np.array(v) for v in split(pairs))
    tau2 = shrink(y.tolist(), se.tolist()).tau2
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


def test_units_within_sampling_error_are_drawn_to_the_mean_as_far_as_five_units_can_tell() -> None:
    """By hand, with k = 5 and tau^2 = 0: B = 2/4, var(m) = 9/5, and B's own term is 2/2 x 1/4 x (y - m)^2."""
    s = shrink([80.0, 81.0, 80.5, 80.25, 80.75], [3.0] * 5)
    assert s.tau2 == 0
    assert s.values == pytest.approx((80.25, 80.75, 80.5, 80.375, 80.625))
    without = 9 / 2 + 9 / 5 / 4
    assert s.sds == pytest.approx([(without + d**2 / 4) ** 0.5 for d in (0.5, 0.5, 0, 0.25, 0.25)])


@pytest.mark.parametrize("k", [2, 3])
def test_two_or_three_units_cannot_tell_how_much_they_differ_and_keep_their_own(k: int) -> None:
    """Morris's factor (k - 3)/(k - 1) is 0 for three units and has no meaning for two."""
    values, ses = [80.0, 81.0, 80.5][:k], [3.0, 2.0, 1.0][:k]
    s = shrink(values, ses)
    assert (s.values, s.sds, s.shares) == (tuple(values), tuple(ses), (1.0,) * k)


def province(
    tau: float, rng: Generator, k: int = 20, n: int = 30
) -> tuple[FloatArray, list[float], list[float]]:
    """True values, values and own standard errors of units of `n` respondents, who differ by 12 points."""
    true = rng.normal(75, tau, k)
    people = rng.normal(true, 12, (n, k))
    return true, people.mean(axis=0).tolist(), (people.std(axis=0, ddof=1) / n**0.5).tolist()


@pytest.mark.parametrize("tau", [1.0, 2.0, 4.0])
def test_shrunken_values_and_ranks_hold_the_truth_as_often_as_they_say(tau: float) -> None:
    """3,000 units in 150 provinces: 95 % say so; at tau 1 the variance without Morris's term covers .84."""
    rng = np.random.default_rng(11)
    held, ranked = [], []
    for _ in range(150):
        true, y, se = province(tau, rng)
        s = shrink(y, pooled_ses(y, se, [30] * len(y)))
        held.append(np.abs(true - s.values) <= 1.96 * np.array(s.sds))
        places = stats.rankdata(-true)
        ranks = rank_intervals(s.values, s.sds, rng, draws=400)
        ranked.append([r.low <= place <= r.high for r, place in zip(ranks, places, strict=True)])
    assert 0.93 <= np.mean(held) <= 0.98
    assert 0.93 <= np.mean(ranked) <= 0.99


def test_pooled_errors_by_hand() -> None:
    """r = 55 x 20 and 30 x 45; phi = (9 x 10 x 4 + 19 x 20 x 1) / (9 x 1100 + 19 x 1350)."""
    phi = (9 * 10 * 4 + 19 * 20 * 1) / (9 * 1100 + 19 * 1350)
    found = pooled_ses([80.0, 55.0], [2.0, 1.0], [10, 20])
    assert found == pytest.approx(((phi * 1100 / 10) ** 0.5, (phi * 1350 / 20) ** 0.5))


def test_units_whose_dispersion_cannot_be_pooled_are_refused() -> None:
    for values, ns, code in (
        ([80.0, 81.0], [30], "units-length"),
        ([80.0, 81.0], [30, 1], "units-n"),
        ([80.0, 101.0], [30, 30], "units-range"),
    ):
        with pytest.raises(AnalyticsError, match=code):
            pooled_ses(values, [1.0, 1.0], ns)
    assert pooled_ses([100.0, 100.0], [0.0, 0.0], [30, 30]) == (0.0, 0.0)


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
    with pytest.raises(AnalyticsError, match=code):
        shrink(values, ses)


def test_draws_that_cannot_be_ranked_are_refused() -> None:
    rng = np.random.default_rng(1)
    for wrong, code in (
        ({"sds": [1.0]}, "units-length"),
        ({"sds": [1.0, -1.0]}, "units-sd"),
        ({"draws": 0}, "rank-draws"),
        ({"level": 1.0}, "rank-level"),
    ):
        arguments: dict[str, Any] = {"sds": [1.0, 1.0], **wrong}
        with pytest.raises(AnalyticsError, match=code):
            rank_intervals([80.0, 81.0], arguments.pop("sds"), rng, **arguments)


def test_funnel_limits_close_as_sheets_come_in_and_stay_on_the_scale() -> None:
    wide, narrow = funnel_limits(96.0, 5.0, 3, 0.998), funnel_limits(96.0, 5.0, 300, 0.998)
    assert 25 < wide[0] < narrow[0] < 96 < narrow[1] < wide[1] == 100
    # Near the end of the scale the side away from it is the longer.
    assert 96 - narrow[0] > narrow[1] - 96


def test_a_funnel_without_spread_or_at_the_end_of_the_scale_has_its_target_for_a_limit() -> None:
    assert funnel_limits(80.0, 0.0, 9, 0.95) == (80.0, 80.0)
    assert funnel_limits(100.0, 5.0, 9, 0.95) == (100.0, 100.0)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((101.0, 5.0, 9, 0.95), "funnel-target"),
        ((80.0, -1.0, 9, 0.95), "funnel-sd"),
        ((80.0, 5.0, 0, 0.95), "funnel-n"),
        ((80.0, 5.0, 9, 1.0), "interval-level"),
    ],
)
def test_limits_that_cannot_be_are_refused(arguments: tuple[float, float, int, float], code: str) -> None:
    with pytest.raises(AnalyticsError, match=code):
        funnel_limits(*arguments)


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


def test_units_that_are_equal_throughout_lie_on_the_target_however_it_is_rounded() -> None:
    value = 25 + 75 * 19 / 27
    for sheets in range(2, 60):
        found = funnel([value] * 3, [0.0] * 3, [sheets, 7, 30])
        assert {point.position for point in found.points} == {Position.WITHIN}


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
        ranks = rank_intervals(values, sds, np.random.default_rng(seed), draws=40)
        assert [(r.low, r.high) for r in ranks] == [(a, b) for a, b in expected.T.tolist()]
