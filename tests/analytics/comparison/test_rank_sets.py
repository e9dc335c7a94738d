"""Ranks that hold together: against R and SciPy, every order that is left, properties, and simulation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import studentized_range

from analytics import AnalyticsError, Reason
from analytics.comparison.rank_sets import (
    RankSet,
    clearly_above,
    indistinguishable_groups,
    level_of_pairs,
    rank_sets,
)
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.intervals import on_scale
from analytics.ikm.moderated import sample_of

#: R 4.2: qtukey(0.95, c(2, 5, 20, 60, 500), Inf).
QTUKEY = {2: 2.77180765, 5: 3.85765553, 20: 5.01168879, 60: 5.76438826, 500: 7.00557230}


def unit(position: float, variance: float = 0.03, sheets: int = 50, unseen: float = 1.0) -> Estimate:
    """A unit of one sample of sheets, as `Estimate.of` makes it."""
    sample = sample_of(position=position, variance=variance, sheets=sheets, unseen=unseen, expected=0.318)
    se = 75 * (variance * unseen / sheets) ** 0.5
    return Estimate(
        exact=25 + 75 * Fraction(position), se=se, df=sheets - 1.0, interval=on_scale(sample.interval()),
        n=sheets, unseen=unseen, sample=sample,
    )  # fmt: skip


positions = st.integers(1, 199).map(lambda i: i / 200)
estimates = st.builds(
    unit, positions, st.sampled_from([0.01, 0.03, 0.08]), st.integers(2, 400), st.sampled_from([1.0, 0.4])
)


def families(most: int = 9) -> st.SearchStrategy[list[Estimate]]:
    return st.lists(estimates, min_size=2, max_size=most)


@pytest.mark.parametrize("units", QTUKEY)
def test_the_level_of_pairs_is_that_of_tukeys_range(units: int) -> None:
    """By R (to its own accuracy), and by SciPy's distribution of the studentized range."""
    q = 2**0.5 * float(ndtri((1 + level_of_pairs(units)) / 2))
    assert q == pytest.approx(QTUKEY[units], abs=1e-6)
    assert studentized_range.cdf(q, units, np.inf) == pytest.approx(0.95, abs=1e-8)


def test_of_two_units_the_level_is_the_familys() -> None:
    assert [level_of_pairs(2, level) for level in (0.5, 0.9, 0.99)] == pytest.approx([0.5, 0.9, 0.99])


def _left(units: Sequence[Estimate], level: float) -> list[tuple[int, ...]]:
    """Every order of the units, the highest first, that turns no clear pair round; pair by pair, by hand."""
    q = float(studentized_range.ppf(level, len(units), np.inf))
    each = float(studentized_range.cdf(q, 2, np.inf))
    ends = [on_scale(u.sample.interval(each)) if u.sample else (0, 0) for u in units]
    value = [float(u.exact or 0) for u in units]
    clear = {
        (a, b)
        for a, b in product(range(len(units)), repeat=2)
        if value[a] - value[b] > ((value[a] - ends[a][0]) ** 2 + (ends[b][1] - value[b]) ** 2) ** 0.5
    }
    orders = permutations(range(len(units)))
    return [o for o in orders if all(o.index(a) < o.index(b) for a, b in clear)]


def test_a_range_holds_the_places_of_all_orders_that_are_left_and_no_other() -> None:
    """Six families of five: places of every order by enumeration."""
    rng = np.random.default_rng(5)
    narrower = 0
    for _ in range(6):
        units = [
            unit(p, v, n)
            for p, v, n in zip(
                rng.integers(120, 190, 5) / 200, rng.choice([0.01, 0.03], 5), rng.choice([30, 400], 5),
                strict=True,
            )
        ]  # fmt: skip
        orders = _left(units, 0.95)
        places = [{o.index(i) + 1 for o in orders} for i in range(5)]
        found = rank_sets(units)
        assert [set(range(s.low, s.high + 1)) for s in found] == places
        narrower += sum(s.high - s.low < 4 for s in found)
    assert narrower > 10


@given(families())
def test_a_range_holds_the_place_in_the_order_of_the_values(units: list[Estimate]) -> None:
    values = [u.exact or Fraction() for u in units]
    for value, places in zip(values, rank_sets(units), strict=True):
        assert places.low <= 1 + sum(v > value for v in values)
        assert places.high >= sum(v >= value for v in values)


@given(families(), st.floats(0.05, 0.98), st.floats(0.05, 0.98))
def test_more_confidence_never_narrows_a_range(units: list[Estimate], one: float, other: float) -> None:
    less, more = (rank_sets(units, level=level) for level in sorted((one, other)))
    assert all(m.low <= s.low and s.high <= m.high for s, m in zip(less, more, strict=True))


@given(families(), st.randoms(use_true_random=False))
def test_the_order_in_which_units_come_changes_nothing(units: list[Estimate], random: object) -> None:
    order = list(range(len(units)))
    random.shuffle(order)  # type: ignore[attr-defined]
    found = rank_sets(units)
    assert rank_sets([units[i] for i in order]) == tuple(found[i] for i in order)


@given(families())
def test_who_stands_clearly_above_shares_no_group(units: list[Estimate]) -> None:
    """Ranges and letters stand in one table: neither says what the other denies."""
    above, groups = clearly_above(units), indistinguishable_groups(units)
    assert {i for group in groups for i in group} == set(range(len(units)))
    assert not any(set(a) <= set(b) for a in groups for b in groups if a is not b)
    assert not any(above[i, j] for group in groups for i in group for j in group)


def test_groups_run_from_the_top_and_overlap() -> None:
    """90 stands alone; 80 and 77 cannot be told apart, nor 77 and 74; 80 and 74 can: 6 and 2.57 x 1.41."""
    units = [estimate(y, 1.0, 10_000.0) for y in (74.0, 90.0, 77.0, 80.0)]
    assert indistinguishable_groups(units) == ((1,), (3, 2), (2, 0))
    assert rank_sets(units) == (RankSet(3, 4), RankSet(1, 1), RankSet(2, 4), RankSet(2, 3))


def test_of_censuses_the_places_are_known_and_equal_ones_share_them() -> None:
    units = [estimate(y, 0.0, None) for y in (80.0, 80.01, 79.0, 80.0)]
    assert rank_sets(units) == (RankSet(2, 3), RankSet(1, 1), RankSet(4, 4), RankSet(2, 3))


def test_sheets_that_all_agree_are_no_proof() -> None:
    """Five sheets of all fours are not clearly above a unit of 91; five hundred are."""
    few, many = (
        [
            Estimate(exact=Fraction(100), se=None, df=None, interval=on_scale(s.interval()), sample=s),
            unit(0.88),
        ]
        for s in (
            sample_of(position=1.0, variance=0.0, sheets=n, unseen=1.0, expected=0.318) for n in (5, 500)
        )
    )
    assert rank_sets(few) == (RankSet(1, 2), RankSet(1, 2))
    assert rank_sets(many) == (RankSet(1, 1), RankSet(2, 2))


def test_the_sets_of_all_units_hold_together() -> None:
    """800 provinces of 12 equal units, where every claim is wrong: .95, with an error of .008."""
    rng = np.random.default_rng(20261130)
    right = 0
    for _ in range(800):
        people = rng.beta(8.5, 1.5, (12, 60))
        units = [
            unit(float(p), float(v), 60) for p, v in zip(people.mean(1), people.var(1, ddof=1), strict=True)
        ]
        right += not clearly_above(units).any()
    assert 0.935 <= right / 800 <= 0.99


def test_what_cannot_be_ranked_is_refused() -> None:
    one = unit(0.8)
    for units, code in (
        ([one], "units-few"),
        ([one, estimate(3.2, 0.1, 9.0, 1.0, 4.0)], "scale-mismatch"),
        ([one, Estimate.undefined(Reason.NO_ANSWERS)], "units-interval"),
        ([one, Estimate.without_error(Fraction(80), Reason.ONE_RESPONDENT)], "units-interval"),
        (
            [one, Estimate.without_error(Fraction(80), Reason.ONE_RESPONDENT, interval=(70, 90))],
            "units-interval",
        ),
    ):
        with pytest.raises(AnalyticsError, match=code):
            rank_sets(units)
    with pytest.raises(AnalyticsError, match="rank-level"):
        rank_sets([one, one], level=1.0)


def test_an_interval_at_its_own_level_is_the_one_that_is_printed() -> None:
    for given_ in (unit(0.8), estimate(80.0, 1.5, 20.0), estimate(80.0, 0.0, None)):
        assert given_.interval_at(0.95) == given_.interval
    wide, narrow = (estimate(80.0, 1.5, 20.0).interval_at(level) for level in (0.99, 0.5))
    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] < 80 < narrow[1] < wide[1]
