"""Priorities and what-if. Importance and intervals against R: test_reference_reliability."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.moments import IntArray
from analytics.ikm.priorities import Quadrant, priorities
from analytics.ikm.reliability import reliability
from analytics.ikm.scoring import score
from analytics.ikm.what_if import to_next_mutu, what_if
from analytics.reason import Reason
from tests.analytics.reference_data import answers

sheets = st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))
SEKADAU = Moments.from_answers(answers("reliability", "sekadau"))


def test_quadrants_of_sekadau() -> None:
    """From R's item-rest (mean 0.4193) and the printed NRR (mean 3.1497): sarpras matters and lies low."""
    result = priorities(SEKADAU)
    assert [u.quadrant for u in result.unsur] == [
        Quadrant.LOW_PRIORITY,
        Quadrant.LOW_PRIORITY,
        Quadrant.MEND_FIRST,
        Quadrant.KEEP_UP,
        Quadrant.ENOUGH,
        Quadrant.KEEP_UP,
        Quadrant.KEEP_UP,
        Quadrant.MEND_FIRST,
        Quadrant.ENOUGH,
    ]
    assert result.mean_nrr == pytest.approx(1389 / 49 / 9)


def test_clear_only_when_both_intervals_keep_to_one_side() -> None:
    for unsur in priorities(SEKADAU).unsur:
        assert unsur.nrr_interval is not None
        assert unsur.importance_interval is not None
        crossing = [
            unsur.nrr_interval[0] <= (priorities(SEKADAU).mean_nrr or 0) <= unsur.nrr_interval[1],
            unsur.importance_interval[0]
            <= (priorities(SEKADAU).mean_importance or 0)
            <= unsur.importance_interval[1],
        ]
        assert unsur.clear == (not any(crossing))


def test_without_variation_there_is_no_map() -> None:
    result = priorities(Moments.from_answers([[4] * 9] * 5))
    assert result.reason is Reason.NO_VARIATION
    assert {u.quadrant for u in result.unsur} == {None}
    assert result.mean_importance is None
    assert {u.nrr for u in result.unsur} == {4.0}


@given(sheets, st.integers(0, 8))
def test_what_if_equals_computing_anew(rows: IntArray, column: int) -> None:
    """Raise every answer below 4 in one column by one; delta NRR = raised / n."""
    raised = rows.copy()
    raised[:, column] += rows[:, column] < 4
    change = Fraction(int((rows[:, column] < 4).sum()), len(rows))
    before, after = score(Moments.from_answers(rows)), score(Moments.from_answers(raised))
    result = what_if(before, {column: change})
    assert (result.exact, result.ikm, result.band) == (after.exact, after.ikm, after.band)
    assert result.delta == Fraction(25, 9) * change


def test_what_if_uses_the_weights() -> None:
    before = score(Moments.from_answers([[2, 3]]), weights=["3/4", "1/4"])
    assert what_if(before, {0: Fraction(1, 2), 1: Fraction(1)}).delta == 25 * (
        Fraction(3, 8) + Fraction(1, 4)
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({0: Fraction(3)}, "nrr-range"),
        ({0: Fraction(-2)}, "nrr-range"),
        ({9: Fraction(0)}, "unsur-unknown"),
    ],
)
def test_what_if_stays_on_the_scale(changes: dict[int, Fraction], code: str) -> None:
    with pytest.raises(AnalyticsError, match=code):
        what_if(score(Moments.from_answers([[2] * 9])), changes)


def test_without_an_index_nothing_can_be_asked() -> None:
    empty = score(Moments.zero(9))
    assert to_next_mutu(empty) == ((None,) * 9, Reason.UNDEFINED_INDEX)
    with pytest.raises(AnalyticsError, match="index-undefined"):
        what_if(empty, {})


@given(sheets, st.integers(0, 8))
def test_the_smallest_change_reaches_the_next_mutu_and_anything_less_does_not(
    rows: IntArray, column: int
) -> None:
    before = score(Moments.from_answers(rows))
    step = to_next_mutu(before)[0][column]
    if step is None:
        assert before.mutu == "A"
    elif step.reachable:
        assert what_if(before, {column: step.delta}).band == step.target
        assert what_if(before, {column: step.delta - Fraction(1, 10**9)}).band == before.band
        assert what_if(before, {column: Fraction(step.sheets, len(rows))}).band == step.target
        assert what_if(before, {column: Fraction(step.sheets - 1, len(rows))}).band == before.band
    else:
        room = 4 - (before.unsur[column].exact or Fraction(4))
        assert what_if(before, {column: room}).band == before.band


def test_b_begins_at_76_605_before_rounding() -> None:
    """All 3 is 75: C, and 1.605 below B; one unsur of nine moves the index by 25/9 of its own change."""
    steps, _ = to_next_mutu(score(Moments.from_answers([[3] * 9] * 10)))
    step = steps[0]
    assert step is not None
    assert step.target.mutu == "B"
    assert step.delta == (Fraction("76.605") - 75) * 9 / 25
    assert step.delta == Fraction("0.5778")
    assert (step.sheets, step.reachable) == (6, True)
    assert Decimal("76.61") == what_if(score(Moments.from_answers([[3] * 9] * 10)), {0: step.delta}).ikm


def test_one_unsur_alone_may_not_be_enough() -> None:
    """All 2 is 50: D, 14.995 below C; one unsur can add at most 2 x 25/9 = 5.56."""
    steps, _ = to_next_mutu(score(Moments.from_answers([[2] * 9] * 10)))
    assert all(step is not None and not step.reachable for step in steps)


def test_the_highest_score_itself_is_still_reachable() -> None:
    """All 3 with weight 0.0642: 75 + 25 x 0.0642 = 76.605, so an NRR of exactly 4 is enough."""
    steps, _ = to_next_mutu(score(Moments.from_answers([[3, 3]]), weights=["0.0642", "0.9358"]))
    assert steps[0] is not None
    assert steps[0].nrr == 4
    assert steps[0].reachable


def test_the_highest_mutu_has_no_next() -> None:
    assert to_next_mutu(score(Moments.from_answers([[4] * 9]))) == ((None,) * 9, Reason.HIGHEST_ALREADY)


def test_an_unsur_without_weight_lifts_nothing() -> None:
    steps, _ = to_next_mutu(score(Moments.from_answers([[3, 3]]), weights=[1, 0]))
    assert steps[0] is not None
    assert steps[1] is None


def test_importance_is_the_item_rest_correlation() -> None:
    assert [u.importance for u in priorities(SEKADAU).unsur] == list(reliability(SEKADAU).item_rest)


def test_an_unsur_on_the_mean_is_not_below_it() -> None:
    """NRR 2, 3 and 4 with mean 3; the two that vary rise together, so both importances are 1, their mean."""
    priority_map = priorities(Moments.from_answers([[1, 2, 4], [2, 3, 4], [3, 4, 4]]))
    assert [p.quadrant for p in priority_map.unsur] == [Quadrant.MEND_FIRST, Quadrant.KEEP_UP, None]
