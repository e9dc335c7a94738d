"""What a unit takes that cannot tell its own variance: by hand, and what holds for agency and province."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.comparison.aggregate import Method, Unit, aggregate
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate, satterthwaite
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import score
from analytics.reason import Reason
from analytics.sampling.borrowing import Part, variance
from analytics.sampling.strata import By, Stratum, combine, weighted_sum

SHEETS = np.array([[3, 4], [2, 3], [4, 4], [3, 3], [1, 2], [4, 3], [2, 2], [3, 4], [4, 4], [2, 3], [3, 3]])
EVERY = list(Method)


def unit(name: str, rows: object, population: int | None = 500) -> Unit:
    return Stratum(name, Moments.from_answers(np.asarray(rows)), population)


def per_sheet(rows: IntArray) -> float:
    return float(np.var(25 * rows.mean(axis=1), ddof=1))


def test_parts_that_can_tell_their_variance_are_added_up_as_they_are() -> None:
    parts = [Part(0.1, 40.0, 9), Part(0.2, 10.0, 19)]
    assert variance(parts) == pytest.approx((6.0, satterthwaite([(4.0, 9.0), (2.0, 19.0)])))


def test_a_part_of_one_sheet_has_the_pooled_variance() -> None:
    """s_p^2 = (9 x 40 + 19 x 10) / 28; the coefficients of 40 and 10 grow by 0.5 x 9/28 and 0.5 x 19/28."""
    parts = [Part(0.1, 40.0, 9), Part(0.2, 10.0, 19), Part(0.5, None, 0)]
    first, second = (0.1 + 0.5 * 9 / 28) * 40, (0.2 + 0.5 * 19 / 28) * 10
    expected = 4 + 2 + 0.5 * (9 * 40 + 19 * 10) / 28
    assert first + second == pytest.approx(expected)
    assert variance(parts) == pytest.approx((expected, satterthwaite([(first, 9), (second, 19)])))


@pytest.mark.parametrize(("df", "spread", "own"), [(1, 40.0, 1 / 3), (8, 40.0, 8 / 10), (19, 0.0, 19 / 21)])
def test_a_part_of_few_or_equal_sheets_counts_the_pooled_variance_as_two_sheets(
    df: int, spread: float, own: float
) -> None:
    pooled = (df * spread + 29 * 10.0) / (df + 29)
    found = variance([Part(0.5, spread, df), Part(0.1, 10.0, 29)])
    assert found is not None
    assert found[0] == pytest.approx(0.5 * (own * spread + (1 - own) * pooled) + 1.0)


@pytest.mark.parametrize("parts", [[], [Part(0.1, None, 0)], [Part(0.1, None, 0), Part(0.1, 0.0, 9)]])
def test_where_nothing_varies_nothing_is_known(parts: list[Part]) -> None:
    assert variance(parts) is None


@pytest.mark.parametrize("method", EVERY)
def test_one_more_unit_of_one_sheet_leaves_the_province_its_interval(method: Method) -> None:
    """By the mean: 13^2 se^2 is 12^2 se^2 of the twelve and the pooled variance of one more sheet."""
    units = [unit(f"u{i}", SHEETS) for i in range(12)]
    before, after = (aggregate(found, method) for found in (units, [*units, unit("alone", [[3, 4]])]))
    assert (before.borrowed, before.estimate.reason) == ((), None)
    assert (after.borrowed, after.estimate.reason) == (("alone",), Reason.BORROWED)
    assert after.estimate.interval is not None
    if method is Method.MEAN_OF_UNITS:
        expected = ((before.estimate.se or 0) * 12) ** 2 + per_sheet(SHEETS) * 499 / 500
        assert ((after.estimate.se or 0) * 13) ** 2 == pytest.approx(expected, rel=1e-9)


def test_units_of_one_sheet_each_have_no_interval_and_a_reason() -> None:
    pooled = aggregate([unit("a", [[3, 4]]), unit("b", [[4, 4]]), unit("c", [[2, 2]])])
    assert (pooled.estimate.interval, pooled.estimate.reason) == (None, Reason.NOBODY_TO_BORROW_FROM)
    assert pooled.estimate.value == pytest.approx((87.5 + 100 + 50) / 3)
    one = aggregate([unit("a", [[3, 4]])])
    assert (one.estimate.interval, one.estimate.reason) == (None, Reason.ONE_RESPONDENT)
    mixed = combine([unit("a", [[3, 4]]), unit("b", [[4, 4]] * 3)])
    assert (mixed.estimate.interval, mixed.estimate.reason) == (None, Reason.NOBODY_TO_BORROW_FROM)


@pytest.mark.parametrize("method", EVERY)
def test_the_agency_of_one_unit_has_the_interval_of_the_unit(method: Method) -> None:
    for rows in (SHEETS, SHEETS[:3], [[4, 4]] * 6, [[3, 4]]):
        alone = Estimate.of(score(Moments.from_answers(rows), population=500))
        pooled = aggregate([unit("a", rows)], method)
        assert (pooled.estimate.interval, pooled.estimate.reason) == (alone.interval, alone.reason)


@pytest.mark.parametrize("method", EVERY)
def test_a_unit_whose_sheets_agree_is_not_taken_to_be_certain(method: Method) -> None:
    """Nine tenths of the users belong to five sheets of all fours: their error was 0."""
    units = [unit("a", [[4, 4]] * 5, 9000), unit("b", SHEETS, 1000)]
    pooled = aggregate(units, method)
    assert pooled.borrowed == ("a",)
    part = 2 / 6 * (10 * per_sheet(SHEETS)) / 14 / 5 * (1 - 5 / 9000)
    if method is Method.BY_VOLUME:
        own = per_sheet(SHEETS) / 11 * (1 - 11 / 1000)
        assert (pooled.estimate.se or 0) ** 2 == pytest.approx(0.81 * part + 0.01 * own, rel=1e-9)


def test_an_unsur_answered_by_few_weighs_as_the_few_sheets_that_answer_it() -> None:
    """Unit b answers its second unsur twice in twelve sheets: s_p^2 / 2, as if it had no other sheet."""
    gaps = np.array([[3, 4], [4, 2], *[[2 + i % 3, 0] for i in range(10)]])
    found = aggregate([unit("a", SHEETS, None), unit("b", gaps, None)])
    assert found.borrowed == ("b",)
    expected = (per_sheet(SHEETS) / 11 + per_sheet(SHEETS) / 2) / 4
    assert (found.estimate.se or 0) ** 2 == pytest.approx(expected, rel=1e-9)
    pooled = aggregate([unit("a", SHEETS, None), unit("b", gaps, None)], Method.POOLED)
    assert (pooled.borrowed, pooled.estimate.reason) == ((), None)


def test_few_answers_in_all_units_together_leave_the_pooled_index_without_interval() -> None:
    gaps = np.array([[3, 4], *[[2 + i % 3, 0] for i in range(10)]])
    units = [unit("a", gaps), unit("b", gaps[::-1])]
    estimate = aggregate(units, Method.POOLED).estimate
    assert (estimate.interval, estimate.reason) == (None, Reason.UNSUR_BY_FEW)
    assert aggregate(units).estimate.reason is Reason.NOBODY_TO_BORROW_FROM


def test_a_unit_that_everybody_answered_needs_no_variance() -> None:
    pooled = aggregate([unit("a", SHEETS), unit("b", [[3, 4]], 1)])
    assert (pooled.borrowed, pooled.estimate.reason) == ((), None)
    assert pooled.estimate.se == pytest.approx(
        (score(Moments.from_answers(SHEETS), population=500).se or 0) / 2
    )


@given(st.lists(st.integers(1, 12), min_size=2, max_size=6), st.integers(1, 4))
def test_pooled_and_by_sheets_agree_whatever_is_borrowed(sizes: list[int], shift: int) -> None:
    """Complete sheets: the pooled index is the strata weighted by sheets, also of one or equal sheets."""
    units = [unit(str(i), np.roll(SHEETS, i * shift, axis=0)[:n], None) for i, n in enumerate(sizes)]
    pooled, strata = aggregate(units, Method.POOLED), combine(units, by=By.SHEETS)
    assert pooled.borrowed == strata.borrowed
    assert (pooled.estimate.se or 0) == pytest.approx(strata.estimate.se or 0, rel=1e-9)
    assert (pooled.estimate.df or 0) == pytest.approx(strata.estimate.df or 0, rel=1e-9)


def test_a_sum_of_sums_is_refused() -> None:
    whole = combine([unit("a", SHEETS), unit("b", SHEETS)]).estimate
    with pytest.raises(AnalyticsError, match="not-one-sample"):
        weighted_sum([whole, whole], [Fraction(1, 2), Fraction(1, 2)])


def test_a_pooled_value_without_error_keeps_the_scale_of_its_answers() -> None:
    """Of 40 sheets two answer the first element; the lowest value of six levels is 100/6."""
    rows = [[0, 3]] * 19 + [[6, 3]]
    units = [Unit(key, Moments.from_answers(rows, levels=6)) for key in "ab"]
    estimate = aggregate(units, Method.POOLED).estimate
    assert estimate.reason is Reason.UNSUR_BY_FEW
    assert estimate.low == pytest.approx(100 / 6)
