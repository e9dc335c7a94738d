"""The interval of few sheets: against its defining inequality, Wilson's interval, what must hold of it."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import optimize, stats

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate, unsur_estimate
from analytics.ikm.intervals import Interval
from analytics.ikm.moderated import MOST, Past, Sample, expected_dispersion, sample_of
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import score

NINE = (Fraction(1, 9),) * 9
#: .22 + .78 (1/27 + .3 x 8/27), what nine unsur of equal weight and four levels make likely.
NINE_UNSUR = 358 / 1125
answers = st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))
pasts = st.builds(Past, weight=st.sampled_from([5, 20, 60]), dispersion=st.floats(0.01, 1))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """With degrees of freedom as `sample_of` gives them: more than sheets - 1 there never are."""
    sheets, position = draw(st.integers(2, 200)), draw(st.floats(0, 1))
    return Sample(
        position=position,
        dispersion=draw(st.floats(0, 1)),
        freedom=(sheets - 1) * min(1, 9 * position * (1 - position)),
        sheets=sheets,
        unseen=draw(st.floats(0.05, 1)),
        expected=draw(st.floats(0.22, 0.6)),
        past=draw(st.one_of(st.none(), pasts)),
    )


def of(rows: object, population: int | None = None, past: Past | None = None) -> Interval:
    found = score(Moments.from_answers(np.asarray(rows)), population=population, past=past).interval
    assert found is not None
    return found


def by_search(positions: list[float], expected: float, population: int | None = None) -> Interval:
    """The ends from the people's own positions, by searching for where the inequality turns.

    No quadratic is solved: excess(theta) = |x - e theta| - t sqrt(A0 theta (1 - theta)) is 0 at the ends.
    """
    n, m, s2 = len(positions), float(np.mean(positions)), float(np.var(positions, ddof=1))
    f = n / population if population else 0.0
    own = s2 / (m * (1 - m) + s2 / n) if s2 else 0.0
    nu = (n - 1) * min(1.0, 9 * m * (1 - m))
    df = 6 + nu
    phi, t = (6 * expected + nu * own) / df, float(stats.t.ppf(0.975, df))
    a0 = phi * (1 - f) / n
    b = 0.07 * a0 * (t * t * (1 - nu / df) - 1)
    x, e = m - b, 1 - 2 * b

    def excess(theta: float) -> float:
        return abs(x - e * theta) - t * math.sqrt(a0 * theta * (1 - theta))

    between = x / e if 0 < x < e else x / (2 * x - e)
    low = 0.0 if x <= 0 else optimize.brentq(excess, 0, between, xtol=1e-14)
    high = 1.0 if x >= e else optimize.brentq(excess, between, 1, xtol=1e-14)
    low, high = max(min(low, m), f * m), min(max(high, m), f * m + 1 - f)
    return 25 + 75 * low, 25 + 75 * high


def test_five_fours_by_hand() -> None:
    """m = 1 and S2 = 0: nu = 0, df = 6, t = 2.446912, phi = 358/1125 = .318222.

    A0 = .318222 / 5 = .0636444; t^2 = 5.987378; b = .07 x .0636444 x 4.987378 = .0222193.
    x = 1 - b = .9777807 is above e = 1 - 2 b = .9555614, so the upper end is 1. For the lower one
    A = e^2 + t^2 A0 = .9130975 + .3810633 = 1.2941608, B = 2 x e + t^2 A0 = 2.2497222,
    r = sqrt(B^2 - 4 A x^2) = sqrt(5.0612499 - 4.9491560) = .3348043, (B - r) / 2 A = .7398300: 80.4872.
    """
    assert expected_dispersion(NINE, 4) == pytest.approx(NINE_UNSUR, rel=1e-12)
    low, high = of([[4] * 9] * 5)
    assert (low, high) == pytest.approx((80.4872, 100.0), abs=1e-4)


def test_four_sheets_by_hand() -> None:
    """Sheets of all 2, 3, 3 and 4: y = 1/3, 2/3, 2/3, 1, so m = 2/3, S2 = (1/9 + 1/9) / 3 = 2/27.

    own = (2/27) / (2/9 + 1/54) = 4/13; nu = 3 x min(1, 9 x 2/9) = 3; phi = (6 x 43/135 + 3 x 4/13) / 9.
    """
    rows = [[2] * 9, [3] * 9, [3] * 9, [4] * 9]
    sample = score(Moments.from_answers(rows)).sample
    assert sample is not None
    assert (sample.position, sample.sheets, sample.unseen) == pytest.approx((2 / 3, 4, 1))
    assert (sample.dispersion, sample.freedom) == pytest.approx((4 / 13, 3))
    assert sample.moderated == pytest.approx(((6 * NINE_UNSUR + 12 / 13) / 9, 9))
    assert of(rows) == pytest.approx(by_search([1 / 3, 2 / 3, 2 / 3, 1], NINE_UNSUR), abs=1e-9)


@pytest.mark.parametrize(("most", "one"), [(4, 3), (1, 2)])
def test_one_answer_of_45_off_the_end_of_the_scale_leaves_the_interval_to_reach_it(
    most: int, one: int
) -> None:
    """m = 134/135 lies above 1 - b, of which .02 is the least here: x is above e, and the end is 1."""
    rows = [[most] * 9] * 4 + [[most] * 8 + [one]]
    people = [(most - 1) / 3] * 4 + [(8 * most + one - 9) / 27]
    low, high = of(rows)
    assert (low, high) == pytest.approx(by_search(people, NINE_UNSUR), abs=1e-7)
    assert (high if most == 4 else low) == (100.0 if most == 4 else 25.0)


@given(answers, st.one_of(st.none(), st.integers(1, 80)))
def test_the_ends_are_where_the_inequality_turns(rows: IntArray, unseen: int | None) -> None:
    population = None if unseen is None else len(rows) + unseen
    people = ((rows - 1) / 3).mean(axis=1)
    people = people if np.ptp(people) > 1e-9 else np.full(len(rows), people[0])
    assert of(rows, population) == pytest.approx(by_search(people.tolist(), NINE_UNSUR, population), abs=1e-7)


@pytest.mark.parametrize(
    ("weights", "levels", "by_hand"),
    [
        (NINE, 4, 0.22 + 0.78 * (1 / 27 + 0.3 * 8 / 27)),
        ((Fraction(1),), 4, 0.22 + 0.78 / 3),
        ((Fraction(1), Fraction(0)), 2, 1.0),
        ((Fraction(1, 2), Fraction(1, 2)), 6, 0.22 + 0.78 * (1 / 10 + 0.3 / 10)),
    ],
)
def test_what_a_form_makes_likely_by_hand(weights: tuple[Fraction, ...], levels: int, by_hand: float) -> None:
    """The squared weights sum to 1/9, 1, 1 and 1/2; the steps are 3, 3, 1 and 5."""
    assert expected_dispersion(weights, levels) == pytest.approx(by_hand, rel=1e-12)


def test_a_form_of_one_level_is_refused() -> None:
    with pytest.raises(AnalyticsError, match=r"^levels-few"):
        expected_dispersion(NINE, 1)


@given(st.integers(0, 60), st.integers(2, 60))
def test_without_a_bend_people_who_say_yes_or_no_have_wilsons_interval(yes: int, n: int) -> None:
    """phi = 1 and the degrees of freedom at which 6 t^2 / df = 1, so that b = 0: Wilson by SciPy, t for z."""
    yes = min(yes, n)
    df = float(optimize.brentq(lambda d: 6 * stats.t.ppf(0.975, d) ** 2 - d, 10, 100, xtol=1e-13))
    sample = Sample(
        position=yes / n, dispersion=1.0, freedom=df - 6, sheets=n, unseen=1.0, expected=1.0, past=None
    )
    confidence = 2 * stats.norm.cdf(stats.t.ppf(0.975, df)) - 1
    wilson = stats.binomtest(yes, n).proportion_ci(confidence, "wilson")
    assert sample.interval() == pytest.approx((wilson.low, wilson.high), abs=1e-7)


@given(samples(), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_the_interval_holds_the_position_and_what_is_known(sample: Sample, level: float) -> None:
    """The n of N who were asked are known: the others can move the index by 1 - n/N at most."""
    (low, high), m, known = sample.interval(level), sample.position, 1 - sample.unseen
    assert known * m - 1e-12 <= low <= m <= high + 1e-12 <= known * m + sample.unseen + 2e-12
    assert 0 <= low <= high <= 1
    wider = sample.interval((1 + level) / 2)
    assert wider[0] <= low + 1e-12
    assert wider[1] >= high - 1e-12


@given(samples(), st.sampled_from([5, 20, 40]), st.sampled_from([10, 20]))
def test_more_of_a_past_that_says_the_same_never_widens_the_interval(
    sample: Sample, weight: int, more: int
) -> None:
    """Own, expected and earlier dispersion are equal, so that only the degrees of freedom grow."""
    same = replace(sample, dispersion=sample.expected)
    pasts = [None, *(Past(weight=w, dispersion=same.dispersion) for w in (weight, weight + more))]
    ends = [replace(same, past=past).interval() for past in pasts]
    widths = [high - low for low, high in ends]
    assert widths[1] <= widths[0] + 1e-9
    assert widths[2] <= widths[1] + 1e-9


def test_a_past_narrows_what_the_form_makes_wide_and_one_that_differed_more_widens() -> None:
    rows = [[3] * 9, [3] * 9, [4] * 9, [3] * 8 + [4], [4] * 9]
    bare, calm, wild = (
        of(rows, past=past)
        for past in (None, Past(weight=40, dispersion=0.1), Past(weight=40, dispersion=0.9))
    )
    assert bare[0] + 1 < calm[0] < calm[1] < bare[1] - 1
    assert wild[1] - wild[0] > bare[1] - bare[0] + 1


def test_the_past_of_a_sample_that_differs_more_weighs_less_by_hand() -> None:
    """Own .4 against a past of .1 with weight 40: its weight is 40 x (1/4)^2 = 2.5.

    What the form makes likely weighs 6 / (1 + 2.5/20) beside it, and 6 / (1 + 40/20) for a calmer sample.
    """
    sample = Sample(
        position=0.7,
        dispersion=0.4,
        freedom=9,
        sheets=10,
        unseen=1.0,
        expected=0.3,
        past=Past(weight=40, dispersion=0.1),
    )
    first = 6 / 1.125
    df = first + 2.5 + 9
    assert sample.moderated == pytest.approx(((first * 0.3 + 2.5 * 0.1 + 9 * 0.4) / df, df))
    calmer = replace(sample, dispersion=0.05)
    assert calmer.moderated == pytest.approx(((2 * 0.3 + 40 * 0.1 + 9 * 0.05) / 51, 51))


def test_a_neighbour_in_time_joins_the_past_with_half_of_its_degrees_of_freedom() -> None:
    """Past 10 at .2 and half of 40 at .5: 30 at (10 x .2 + 20 x .5) / 30 = .4. At most 60."""
    own = sample_of(position=0.7, variance=0.05, sheets=10, unseen=1.0, expected=0.3)
    other = replace(own, dispersion=0.5, freedom=40.0)
    joined = own.after(Past(weight=10, dispersion=0.2), other).past
    assert joined is not None
    assert (joined.weight, joined.dispersion) == pytest.approx((30, 0.4))
    most = own.after(None, replace(other, freedom=500.0)).past
    assert most is not None
    assert (most.weight, most.dispersion) == (MOST, 0.5)
    alone = replace(own, past=Past(weight=10, dispersion=0.2))
    assert alone.after(None, replace(other, freedom=0.0)).past is None


def test_an_unsur_stands_on_the_dispersion_of_a_form_of_its_own() -> None:
    """3, 3, 4: y = 2/3, 2/3, 1; m = 7/9, S2 = 1/27; expected .22 + .78/3 = .48."""
    found = unsur_estimate(Moments.from_answers([[3, 1], [3, 2], [4, 1]]), 0)
    ends = [(end - 25) / 25 for end in by_search([2 / 3, 2 / 3, 1], 0.48)]
    assert found.interval == pytest.approx([1 + end for end in ends], abs=1e-9)
    assert Estimate.of(score(Moments.from_answers([[3], [3], [4]]))).interval == pytest.approx(
        by_search([2 / 3, 2 / 3, 1], 0.48), abs=1e-9
    )
