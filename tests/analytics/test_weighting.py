"""Post-stratification and raking: properties, hand-worked values, and what happens when they cannot work."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError, Moments
from analytics.ikm import Reason
from analytics.moments import IntArray
from analytics.raking import Margin, rake
from analytics.weighting import Group, post_stratify

answers = st.integers(2, 15).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))
two_groups = st.tuples(answers, answers, st.integers(0, 300), st.integers(0, 300))


def group(name: str, rows: object, population: int) -> Group:
    return Group(name, Moments.from_answers(np.asarray(rows)), population)


def test_known_sizes_by_hand() -> None:
    """75 from 3 sheets of 40 users, 100 from 1 of 60: raw 81.25, weighted 90; Kish's effect below."""
    result = post_stratify([group("a", [[3, 3]] * 3, 40), group("b", [[4, 4]], 60)])
    assert (result.raw.exact, result.weighted.exact) == (Fraction(325, 4), Fraction(90))
    assert result.design_effect == pytest.approx(4 * (1600 / 3 + 3600) / 10_000)
    assert result.effective_n == pytest.approx(4 / (result.design_effect or 1))
    assert (result.empty, result.covered) == ((), 1.0)


@given(two_groups)
def test_proportional_answers_need_no_weights(drawn: tuple[IntArray, IntArray, int, int]) -> None:
    a, b, *_ = drawn
    result = post_stratify([group("a", a, 10 * len(a)), group("b", b, 10 * len(b))])
    assert result.weighted.exact == result.raw.exact
    assert result.design_effect == pytest.approx(1.0)


@given(two_groups, st.integers(2, 9))
def test_sizes_times_a_constant_change_nothing(
    drawn: tuple[IntArray, IntArray, int, int], factor: int
) -> None:
    a, b, more_a, more_b = drawn
    sizes = len(a) + more_a, len(b) + more_b
    one = post_stratify([group("a", a, sizes[0]), group("b", b, sizes[1])])
    many = post_stratify([group("a", a, factor * sizes[0]), group("b", b, factor * sizes[1])])
    assert one.weighted.exact == many.weighted.exact
    assert (one.weighted.se or 0) == pytest.approx(many.weighted.se or 0, rel=1e-9)


@given(two_groups)
def test_raking_to_one_margin_is_post_stratification(drawn: tuple[IntArray, IntArray, int, int]) -> None:
    a, b, more_a, more_b = drawn
    sizes = {"a": len(a) + more_a, "b": len(b) + more_b}
    post = post_stratify([group("a", a, sizes["a"]), group("b", b, sizes["b"])])
    raked = rake(np.vstack([a, b]), [Margin("m", ["a"] * len(a) + ["b"] * len(b), sizes)])
    assert raked.weighted.value == pytest.approx(post.weighted.value, rel=1e-9)
    assert raked.weighted.reason == post.weighted.reason
    assert (raked.weighted.se or 0) == pytest.approx(post.weighted.se or 0, rel=1e-6, abs=1e-12)
    assert raked.design_effect == pytest.approx(post.design_effect)


@given(answers, st.data())
def test_converged_weights_meet_every_margin(rows: IntArray, data: st.DataObject) -> None:
    labels = st.lists(st.sampled_from("xy"), min_size=len(rows), max_size=len(rows))
    first, second = data.draw(labels), data.draw(labels)
    margins = [Margin(n, c, {"x": 30.0, "y": 70.0}) for n, c in (("p", first), ("q", second))]
    result = rake(rows, margins)
    assume(result.converged)
    for margin in margins:
        found = {
            c: sum(w for w, own in zip(result.weights, margin.categories, strict=True) if own == c)
            for c in "xy"
        }
        present = [c for c in "xy" if found[c]]
        total = sum(margin.population[c] for c in present)
        sum_all = sum(result.weights)
        for c in present:
            assert found[c] / sum_all == pytest.approx(margin.population[c] / total, rel=1e-9)
    assert 25 <= (result.weighted.value or 25) <= 100


def test_margins_that_contradict_the_sheets_do_not_converge_and_say_so() -> None:
    """Every x is a p and every y a q, but the margins want 30 : 70 of one and 50 : 50 of the other."""
    margins = [
        Margin("one", ["x", "x", "y", "y"], {"x": 30, "y": 70}),
        Margin("two", ["p", "p", "q", "q"], {"p": 50, "q": 50}),
    ]
    result = rake([[4, 3], [3, 3], [2, 4], [1, 2]], margins, max_iterations=20)
    assert (result.converged, result.iterations) == (False, 20)
    assert result.gap == pytest.approx(2 / 3, rel=0.5)
    assert (result.weighted.value, result.weighted.reason) == (None, Reason.NOT_CONVERGED)
    assert result.raw.value is not None


def test_a_group_without_sheets_is_named_and_its_users_not_spoken_for() -> None:
    groups = [group("a", [[3, 4], [4, 4]], 30), group("b", [[0, 0]], 70)]
    result = post_stratify(groups)
    assert (result.empty, result.covered) == (("b",), 0.3)
    assert result.weighted.exact == result.raw.exact


def test_an_empty_category_is_named_in_raking_too() -> None:
    margin = Margin("age", ["muda", "muda"], {"muda": 30, "lanjut": 70})
    assert rake([[3, 4], [4, 4]], [margin]).empty == (("age", "lanjut"),)


def test_nobody_answered_in_any_group() -> None:
    result = post_stratify([group("a", [[0, 0]], 30)])
    assert (result.weighted.reason, result.design_effect, result.covered) == (Reason.NO_ANSWERS, None, 0.0)


def test_one_sheet_or_equal_sheets_leave_the_error_unknown() -> None:
    assert post_stratify([group("a", [[3, 4]], 30)]).weighted.reason is Reason.ONE_RESPONDENT
    equal = post_stratify([group("a", [[3, 4]] * 2, 30), group("b", [[4, 4]] * 2, 30)])
    assert equal.weighted.reason is Reason.NO_VARIATION
    margin = Margin("m", ["a"], {"a": 30})
    assert rake([[3, 4]], [margin]).weighted.reason is Reason.ONE_RESPONDENT
    assert rake([[3, 0]], [margin]).weighted.reason is Reason.UNSUR_WITHOUT_ANSWERS


def test_a_complete_count_leaves_no_sampling_error() -> None:
    groups = [group("a", [[3, 4], [4, 4]], 2), group("b", [[2, 4]], 1)]
    assert post_stratify(groups, finite=True).weighted.se == 0.0


@pytest.mark.parametrize(("population", "rows"), [(1, [[3, 4], [4, 4]]), (0, [[0, 0]])])
def test_sizes_that_cannot_be_are_refused(population: int, rows: list[list[int]]) -> None:
    with pytest.raises(AnalyticsError, match="group-size"):
        post_stratify([group("a", rows, population)])


def test_sheets_and_margins_that_do_not_fit_are_refused() -> None:
    with pytest.raises(AnalyticsError, match="rake-sheets"):
        rake([[3, 4], [4, 4]], [Margin("m", ["a"], {"a": 3})])
    with pytest.raises(AnalyticsError, match="rake-sheets"):
        rake([[3, 4], [0, 0]], [Margin("m", ["a", "a"], {"a": 3})])
    with pytest.raises(AnalyticsError, match="rake-category"):
        rake([[3, 4], [4, 4]], [Margin("m", ["a", "b"], {"a": 3})])
