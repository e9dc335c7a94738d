"""Odds of the letters: they sum to 1, agree with the interval, and begin where rounding begins."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.ikm import Moments
from analytics.ikm.bands import SKM_2017, Band
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.moments import IntArray
from analytics.ikm.odds import lower_edges, odds, odds_at
from analytics.ikm.scoring import Reason, score

answers = st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))


def of(rows: object, population: int | None = None) -> Estimate:
    return Estimate.of(score(Moments.from_answers(np.asarray(rows)), population=population))


@given(answers)
def test_odds_sum_to_one(rows: IntArray) -> None:
    found = odds(of(rows)).probabilities
    assume(found is not None)
    assert sum(p for _, p in found or ()) == pytest.approx(1.0, abs=1e-12)
    assert all(0 <= p <= 1 for _, p in found or ())


@given(answers)
def test_the_ends_of_the_interval_are_its_odds(rows: IntArray) -> None:
    """A letter that begins at the upper end of the 95 % interval has 2.5 %, by what an interval means."""
    e = of(rows)
    assume(e.df is not None and e.interval is not None and e.interval[1] < 99.99 and e.interval[0] > 25.01)
    assert e.interval is not None
    two = [
        Band("X", "", Decimal("25.00"), Decimal("0")),
        Band("Y", "", Decimal(repr(e.interval[1])) + Decimal("0.005"), Decimal("100")),
    ]
    assert odds(e, two).of("Y") == pytest.approx(0.025, rel=1e-6)


def test_letters_begin_half_a_hundredth_below_their_printed_bound() -> None:
    """76.605 rounds half up to 76.61, which is B; 76.6049 to 76.60, which is C."""
    assert lower_edges(SKM_2017) == pytest.approx((64.995, 76.605, 88.305), abs=1e-12)


def test_a_value_on_the_edge_has_even_odds() -> None:
    """Half of the distribution lies on either side of its centre."""
    chances = odds(estimate(76.605, 0.2, 60))
    assert chances.of("B") == pytest.approx(0.5, abs=1e-12)
    assert chances.of("C") == pytest.approx(0.5, abs=1e-9)


def test_a_census_is_certain_of_its_letter() -> None:
    chances = odds(of([[4] * 9, [3] * 9], population=2))
    assert chances.probabilities == (("D", 0.0), ("C", 0.0), ("B", 1.0), ("A", 0.0))
    assert chances.reason is Reason.CENSUS


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[4] * 9], Reason.ONE_RESPONDENT),
        ([[4] * 9] * 20, Reason.NO_VARIATION),
        ([[0] * 9], Reason.NO_ANSWERS),
        ([[4, 0], [3, 0]], Reason.UNSUR_WITHOUT_ANSWERS),
    ],
)
def test_a_sample_that_cannot_tell_has_no_odds(rows: list[list[int]], reason: Reason) -> None:
    chances = odds(of(rows))
    assert (chances.probabilities, chances.of("A"), chances.reason) == (None, None, reason)


def test_a_tighter_sample_is_surer_of_the_letter_it_stands_on() -> None:
    wide, tight = (odds(estimate(80.0, se, 30)).of("B") or 0 for se in (6.0, 1.0))
    assert tight > wide


def test_the_letter_of_an_exact_value_is_read_from_the_fraction() -> None:
    """76.605 as a fraction is B; the nearest double lies below it and would be C."""
    e = replace(estimate(Fraction("76.605"), 0.0, None), reason=Reason.CENSUS)
    assert float(Fraction("76.605")) != Fraction("76.605")
    assert odds(e).of("B") == 1.0


@given(answers, st.integers(0, 100), st.integers(0, 100))
def test_a_better_index_never_has_worse_odds_of_the_best_letter(rows: IntArray, a: int, b: int) -> None:
    e = of(rows)
    assume(e.df is not None)
    low, high = (odds_at(e, 25 + 75 * Fraction(x, 100)) for x in sorted((a, b)))
    assert (low.of("A") or 0) <= (high.of("A") or 0) + 1e-12
    assert (high.of("D") or 0) <= (low.of("D") or 0) + 1e-12
    assert sum(p for _, p in high.probabilities or ()) == pytest.approx(1.0, abs=1e-12)


def test_the_odds_of_the_index_itself_are_its_odds() -> None:
    e = of([[4, 3, 3], [3, 3, 2], [4, 4, 4]])
    assert odds_at(e, e.exact) == odds(e)


def test_few_sheets_are_not_certain_of_the_best_letter_at_the_end_of_the_scale() -> None:
    """Three sheets can all be fours by chance. A value put together of several is certain there."""
    few, many = of([[4, 3, 3], [3, 3, 2], [4, 4, 4]]), of([[4, 3, 3], [3, 3, 2], [4, 4, 4]] * 30)
    chances = [odds_at(e, Fraction(100)).of("A") or 0 for e in (few, many)]
    assert 0.5 < chances[0] < 0.97
    assert chances[1] > 0.99999
    assert odds_at(estimate(80.0, 2.0, 20), Fraction(100)).of("A") == 1.0
    assert odds_at(estimate(80.0, 2.0, 20), Fraction(25)).of("D") == 1.0


@given(st.integers(2, 30), st.integers(0, 100), st.integers(0, 100))
def test_the_chance_of_a_higher_bound_is_never_higher(n: int, a: int, b: int) -> None:
    """Bounds anywhere on the scale, as targets are: of nearly all fours 99 is not likelier than 98."""
    e = of([[4] * 9] * (n - 1) + [[4] * 8 + [3]])
    step = Decimal("0.01")
    bounds = [Decimal(26) + Decimal(74) * x / 100 for x in sorted((a, b))]
    lower, higher = (
        odds(e, [Band("X", "", Decimal(25), x - step), Band("Y", "", x, Decimal(100))]).of("Y") or 0
        for x in bounds
    )
    assert higher <= lower + 1e-12
