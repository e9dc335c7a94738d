"""Post-stratification and raking: properties, hand-worked values, and what happens when they cannot work."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import Reason, score
from analytics.sampling.raking import Margin, rake
from analytics.sampling.weighting import Group, post_stratify
from tests.analytics.reference import answers as answers_of
from tests.analytics.reference import by_service, published, rows

answers = st.integers(2, 15).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))
two_groups = st.tuples(answers, answers, st.integers(0, 300), st.integers(0, 300))


def group(name: str, rows: object, population: int) -> Group:
    return Group(name, Moments.from_answers(np.asarray(rows)), population)


def test_known_sizes_by_hand() -> None:
    """75 from 3 sheets of 40 users, 100 from 1 of 60: weighted 90; Kish's effect below."""
    result = post_stratify([group("a", [[3, 3]] * 3, 40), group("b", [[4, 4]], 60)])
    assert result.weighted.exact == Fraction(90)
    assert result.design_effect == pytest.approx(4 * (1600 / 3 + 3600) / 10_000)
    assert result.effective_n == pytest.approx(4 / (result.design_effect or 1))
    assert (result.empty, result.covered) == ((), 1.0)


@given(two_groups)
def test_proportional_answers_need_no_weights(drawn: tuple[IntArray, IntArray, int, int]) -> None:
    a, b, *_ = drawn
    result = post_stratify([group("a", a, 10 * len(a)), group("b", b, 10 * len(b))])
    assert result.weighted.exact == score(Moments.from_answers(np.concatenate([a, b]))).exact
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


@pytest.mark.parametrize(("finite", "design"), [(False, "users"), (True, "users_fpc")])
def test_groups_of_known_size_have_the_error_of_r_s_stratified_design(finite: bool, design: str) -> None:
    """R survey, svydesign(strata = ~service) of the same sheets (strata.R): 12 to 41 of each service."""
    groups = [Group(s, Moments.from_answers(x), n) for s, (n, x) in by_service("sheets.csv").items()]
    ours, theirs = post_stratify(groups, finite=finite).weighted, published("strata")
    assert [ours.value, ours.se, ours.df] == pytest.approx(
        [theirs[f"{design}.{name}"][0] for name in ("value", "se", "df")], rel=1e-9
    )
    assert ours.interval == pytest.approx(tuple(theirs[f"{design}.interval"]), rel=1e-9)


def test_raking_to_the_services_has_the_error_of_r_s_stratified_design() -> None:
    found, theirs = rows("sheets.csv"), published("strata")
    sizes = {s: float(n) for s, (n, _) in by_service("sheets.csv").items()}
    ours = rake(answers_of(found), [Margin("service", [row["service"] for row in found], sizes)]).weighted
    expected = [theirs["users.value"][0], theirs["users.se"][0]]
    assert [ours.value, ours.se] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("finite", [False, True])
def test_a_group_of_one_sheet_takes_the_variance_within_the_others(finite: bool) -> None:
    """Groups of 2, 10 and 1; a is 50 and 100, so 1,250 per sheet; the others' variances are NumPy's."""
    many = np.array([[2, 3], [3, 4], [4, 4], [2, 2], [3, 3], [4, 3], [1, 2], [4, 4], [3, 2], [2, 4]])
    groups = [group("a", [[2, 2], [4, 4]], 10), group("b", many, 20), group("c", [[3, 3]], 10)]
    result = post_stratify(groups, finite=finite)
    s_a, s_b = 1250.0, float(np.var(25 * many.mean(axis=1), ddof=1))
    pooled = (s_a + 9 * s_b) / 10
    variances = np.array([(2 * pooled + s_a) / 3, s_b, pooled])
    unseen = np.array([8 / 10, 10 / 20, 9 / 10]) if finite else 1.0
    expected = np.array([1 / 16, 1 / 4, 1 / 16]) * variances / np.array([2, 10, 1]) * unseen
    assert (result.weighted.se or 0) ** 2 == pytest.approx(expected.sum(), rel=1e-12)
    assert (result.borrowed, result.weighted.reason) == (("c",), Reason.BORROWED)


def test_a_sheet_alone_in_its_category_takes_the_variance_within_the_others() -> None:
    """Raked to one margin: the same standard error as post-stratified, to both groups of one."""
    answers_ = np.array([[4, 2], [3, 3], [2, 1], [4, 4], [1, 2], [3, 4]])
    labels, sizes = ["a", "a", "a", "a", "b", "c"], {"a": 40, "b": 30, "c": 30}
    parts = [group(c, answers_[[x == c for x in labels]], n) for c, n in sizes.items()]
    post = post_stratify(parts)
    raked = rake(answers_, [Margin("m", labels, sizes)])
    assert raked.weighted.se == pytest.approx(post.weighted.se, rel=1e-9)
    assert (raked.weighted.borrowed, raked.weighted.reason) == ((4, 5), Reason.BORROWED)
    assert post.borrowed == ("b", "c")


def test_groups_of_one_sheet_each_have_nobody_to_borrow_from() -> None:
    parts = [group("a", [[3, 4]], 30), group("b", [[4, 4]], 30)]
    assert post_stratify(parts).weighted.reason is Reason.NOBODY_TO_BORROW_FROM
    margin = Margin("m", ["a", "b"], {"a": 30, "b": 30})
    raked = rake([[3, 4], [4, 4]], [margin]).weighted
    assert (raked.interval, raked.reason) == (None, Reason.NOBODY_TO_BORROW_FROM)


def test_an_unsur_answered_by_few_leaves_a_raked_index_without_interval() -> None:
    sheets = [[4, 3]] * 4 + [[3, 2]] * 3 + [[4, 0]] * 13
    margin = Margin("m", ["a"] * 20, {"a": 300})
    assert rake(sheets, [margin]).weighted.interval is not None
    sheets = [[4, 3]] * 4 + [[3, 0]] * 3 + [[4, 0]] * 13
    estimate = rake(sheets, [margin]).weighted
    assert (estimate.interval, estimate.reason) == (None, Reason.UNSUR_BY_FEW)


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


def test_a_service_of_women_alone_takes_more_than_a_hundred_passes() -> None:
    """By hand: the 50 users of a are all of x, so that 5 of b are left for it, and 45 are of y."""
    sex = Margin("sex", list("aabbbb"), {"a": 50, "b": 50})
    service = Margin("service", list("xxxxyy"), {"x": 55, "y": 45})
    result = rake([[4, 3], [3, 3], [2, 4], [1, 2], [3, 4], [4, 4]], [sex, service])
    assert result.converged
    assert result.weights == pytest.approx([25, 25, 2.5, 2.5, 22.5, 22.5])
    assert result.iterations > 100


def test_a_group_without_sheets_is_named_and_its_users_not_spoken_for() -> None:
    groups = [group("a", [[3, 4], [4, 4]], 30), group("b", [[0, 0]], 70)]
    result = post_stratify(groups)
    assert (result.empty, result.covered) == (("b",), 0.3)
    assert result.weighted.exact == score(groups[0].moments).exact


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
