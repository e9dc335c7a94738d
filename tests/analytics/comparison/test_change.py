"""Two periods of one unit: from the ends of their intervals by hand, and what must hold of the p-value."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError
from analytics.comparison.compare import change, difference
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate, estimate, unsur_estimate
from analytics.ikm.moderated import Past
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import Reason, score

answers = st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))
pasts = st.one_of(st.none(), st.builds(Past, weight=st.sampled_from([5, 60]), dispersion=st.floats(0.01, 1)))


def of(rows: object, population: int | None = None, past: Past | None = None) -> Estimate:
    return Estimate.of(score(Moments.from_answers(np.asarray(rows)), population=population, past=past))


BEFORE = [[2] * 9, [3] * 9, [3] * 9, [4] * 9]
AFTER = [[3] * 9, [4] * 9, [4] * 9, [4] * 8 + [3], [4] * 9, [3] * 9]


def test_each_period_is_the_others_past_by_hand() -> None:
    """BEFORE has 3 degrees of freedom and the dispersion 4/13, as test_moderated.py works out.

    So AFTER is scored with the past (3/2, 4/13), BEFORE with half of AFTER's degrees of freedom at AFTER's
    dispersion. D = a - b; L = D - sqrt((a - l_a)^2 + (u_b - b)^2), U = D + sqrt((u_a - a)^2 + (b - l_b)^2).
    """
    told = of(AFTER).sample
    assert told is not None
    before = of(BEFORE, past=Past(weight=told.freedom / 2, dispersion=told.dispersion))
    after = of(AFTER, past=Past(weight=1.5, dispersion=4 / 13))
    (lb, ub), (la, ua), b, a = before.interval or (0, 0), after.interval or (0, 0), before.value, after.value
    assert a is not None
    assert b is not None
    found = change(of(BEFORE), of(AFTER))
    expected = a - b - math.hypot(a - la, ub - b), a - b + math.hypot(ua - a, b - lb)
    assert found.interval == pytest.approx(expected, abs=1e-9)
    assert found.value == pytest.approx(a - b)
    assert (found.se, found.df, found.t) == (None, None, None)


def test_what_lies_before_both_is_the_past_of_both() -> None:
    """A past of 10 at .1 and the other's 1.5 at 4/13: 11.5 at (1 + 6/13) / 11.5."""
    past = Past(weight=10, dispersion=0.1)
    joined = Past(weight=11.5, dispersion=(1 + 6 / 13) / 11.5)
    after = of(AFTER, past=joined).interval
    found = change(of(BEFORE, past=past), of(AFTER, past=Past(weight=60, dispersion=0.9)))
    assert found.interval is not None
    assert found.value is not None
    assert after is not None
    told = of(AFTER).sample
    assert told is not None
    weight = 10 + told.freedom / 2
    before = of(
        BEFORE, past=Past(weight=weight, dispersion=(1 + told.freedom / 2 * told.dispersion) / weight)
    )
    a, b = of(AFTER).value or 0, before.value or 0
    assert before.interval is not None
    low = found.value - math.hypot(a - after[0], before.interval[1] - b)
    assert found.interval[0] == pytest.approx(low, abs=1e-9)


@given(answers, answers, pasts)
def test_p_is_below_5_percent_exactly_where_the_interval_excludes_0(
    first: IntArray, second: IntArray, past: Past | None
) -> None:
    found = change(of(first, past=past), of(second))
    assert found.p is not None
    assert 0 < found.p <= 1
    assume(abs(found.p - 0.05) > 1e-7)
    assert (found.p < 0.05) is found.distinguishable


def test_p_is_what_leaves_0_on_the_end() -> None:
    """The ends at the level 1 - p, from the samples as the other test puts them together."""
    one, other = of(BEFORE).sample, of(AFTER).sample
    assert one is not None
    assert other is not None
    b, a = one.after(None, other), other.after(None, one)
    p = change(of(BEFORE), of(AFTER)).p
    assert p is not None
    upper, lower = b.interval(1 - p)[1] - b.position, a.position - a.interval(1 - p)[0]
    assert a.position - b.position == pytest.approx(math.hypot(upper, lower), abs=1e-6)


@given(answers, answers)
def test_a_change_turned_round_is_the_change_of_the_other_sign(first: IntArray, second: IntArray) -> None:
    there, back = change(of(first), of(second)), change(of(second), of(first))
    assert there.interval is not None
    assert back.interval is not None
    assert back.interval == pytest.approx((-there.interval[1], -there.interval[0]), abs=1e-9)
    assert back.p == pytest.approx(there.p, rel=1e-5)
    assert -75 <= there.interval[0] <= (there.value or 0) <= there.interval[1] <= 75


def test_sheets_that_all_agree_are_compared_all_the_same() -> None:
    """Welch's comparison has no error there; here thirty fours after thirty threes are a clear rise."""
    threes, fours = [[3] * 9] * 30, [[4] * 9] * 30
    assert difference(of(threes), of(fours)).p is None
    found = change(of(threes), of(fours))
    assert (found.value, found.distinguishable, found.reason) == (25.0, True, None)
    same = change(of(fours), of(fours))
    assert (same.value, same.p, same.distinguishable) == (0.0, 1.0, False)


def test_a_census_adds_no_width_and_two_of_them_differ_exactly() -> None:
    """Against a census only the sample's own end is left: L = D - (a - l_a)."""
    counted, sampled = of(BEFORE, population=4), of(AFTER)
    found = change(counted, sampled)
    told, own = counted.sample, sampled.sample
    assert told is not None
    assert own is not None
    low, high = own.after(None, told).interval()
    assert found.interval == pytest.approx((75 * low - 50, 75 * high - 50), abs=1e-9)
    both = change(counted, of(AFTER, population=6))
    assert (both.interval, both.p, both.reason) == ((both.value, both.value), None, Reason.CENSUS)


@pytest.mark.parametrize("rows", [[[4, 4]], [[4, 0], [3, 0]], [[4, 4]] + [[3 + i % 2, 0] for i in range(39)]])
def test_without_a_sample_it_is_the_difference(rows: list[list[int]]) -> None:
    """One respondent, an unsur nobody or few answered; and values put together of several."""
    for other in (of([[4, 3], [2, 3], [4, 4]]), estimate(80.0, 2.0, 20)):
        assert change(of(rows), other) == difference(of(rows), other)
        assert change(other, of(rows)) == difference(other, of(rows))
    assert change(estimate(80.0, 2.0, 20), of(AFTER)) == difference(estimate(80.0, 2.0, 20), of(AFTER))


def test_the_change_of_an_unsur_is_in_points_of_its_scale() -> None:
    """Scores 2, 3, 3, 4 and then 4, 4, 3, 4: the index of a form of that unsur only, divided by 25."""
    first, second = (Moments.from_answers([[x, 1] for x in xs]) for xs in ((2, 3, 3, 4), (4, 4, 3, 4)))
    found = change(unsur_estimate(first, 0), unsur_estimate(second, 0))
    whole = change(of([[2], [3], [3], [4]]), of([[4], [4], [3], [4]]))
    assert found.value == pytest.approx(0.75)
    assert found.interval == pytest.approx([end / 25 for end in whole.interval or ()], abs=1e-9)
    assert found.p == pytest.approx(whole.p, rel=1e-5)


@pytest.mark.parametrize("part", ["se", "df", "low", "high"])
def test_an_estimate_that_is_no_number_is_not_compared(part: str) -> None:
    changed: dict[str, Any] = {part: math.nan}
    broken = replace(of(AFTER), **changed)
    for pair in ((of(BEFORE), broken), (broken, of(BEFORE))):
        with pytest.raises(AnalyticsError, match=f"not-finite.*{part}"):
            change(*pair)


def test_different_scales_are_not_compared() -> None:
    five = Estimate.of(score(Moments.from_answers([[4, 3], [5, 3]], levels=5)))
    with pytest.raises(AnalyticsError, match="scale-mismatch"):
        change(of([[4, 3], [2, 3]]), five)
