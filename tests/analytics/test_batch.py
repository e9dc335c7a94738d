"""The batch against `score`, cell by cell, and against the roll-up's bytes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.ma as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError, Moments
from analytics.batch import BatchResult, score_all
from analytics.batch_sums import alpha_all
from analytics.ikm.estimate import Estimate
from analytics.ikm.moments import IntArray
from analytics.ikm.odds import odds
from analytics.ikm.scoring import score
from analytics.stack import stack, stack_bytes


def sheets(lowest: int) -> st.SearchStrategy[list[IntArray]]:
    one = st.integers(0, 12).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(lowest, 4)))
    alike = st.tuples(st.integers(1, 60), st.integers(1, 4)).map(lambda p: np.full((p[0], 9), p[1]))
    return st.lists(st.one_of(one, alike), min_size=1, max_size=8)


def entry(values: ma.MaskedArray, i: int) -> float | None:
    return None if ma.getmaskarray(values)[i] else float(values.data[i])


def close(found: float | None, expected: float | None) -> bool:
    if expected is None or found is None:
        return found is expected
    return found == pytest.approx(expected, rel=1e-8, abs=1e-12)


def assert_cell(
    batch: BatchResult, i: int, cell: Moments, weights: Sequence[int] | None, population: int | None
) -> None:
    one = score(cell, weights=weights, population=population)
    low, high = one.interval or (None, None)
    assert int(batch.n[i]) == one.n
    assert close(entry(batch.value, i), None if one.exact is None else float(one.exact))
    assert close(entry(batch.hundredths, i), None if one.ikm is None else float(one.ikm * 100))
    assert batch.mutu[i] == (one.mutu or "")
    assert close(entry(batch.se, i), one.se)
    assert close(entry(batch.low, i), low)
    assert close(entry(batch.high, i), high)
    assert batch.reason[i] == (one.reason("interval") or "")
    chances = odds(Estimate.of(one)).probabilities
    for j in range(4):
        expected = None if chances is None else chances[j][1]
        assert close(entry(batch.odds[:, j], i), expected)


@pytest.mark.parametrize("lowest", [0, 1])
@given(data=st.data())
def test_every_cell_is_scored_as_alone(lowest: int, data: st.DataObject) -> None:
    cells = [Moments.from_answers(rows) for rows in data.draw(sheets(lowest))]
    users = [data.draw(st.one_of(st.none(), st.integers(c.n, c.n + 50))) for c in cells]
    weights = data.draw(st.one_of(st.none(), st.lists(st.integers(1, 30), min_size=9, max_size=9)))
    batch = score_all(stack(cells), weights=weights, population=users)
    for i, (cell, population) in enumerate(zip(cells, users, strict=True)):
        assert_cell(batch, i, cell, weights, population)


@given(sheets(1))
def test_joined_bytes_are_read_as_the_cells_they_hold(parts: list[IntArray]) -> None:
    cells = [Moments.from_answers(rows) for rows in parts]
    read = stack_bytes(b"".join(c.to_bytes() for c in cells), k=9)
    assert [read.cell(i) for i in range(len(read))] == cells
    a, b = score_all(read), score_all(stack(cells))
    assert a.low.tolist() == b.low.tolist()
    assert a.odds.tolist() == b.odds.tolist()


@given(sheets(0))
def test_a_stack_gives_its_cells_back(parts: list[IntArray]) -> None:
    cells = [Moments.from_answers(rows) for rows in parts]
    stacked = stack(cells)
    assert [stacked.cell(i) for i in range(len(stacked))] == cells


@given(sheets(1))
def test_alpha_is_that_of_the_sheets(parts: list[IntArray]) -> None:
    """Cronbach's formula on the raw rows with NumPy's variances."""
    found = alpha_all(stack([Moments.from_answers(rows) for rows in parts]))
    for i, rows in enumerate(parts):
        total = rows.sum(axis=1)
        if len(rows) < 2 or np.ptp(total) == 0:
            assert entry(found, i) is None
        else:
            expected = 9 / 8 * (1 - rows.var(axis=0, ddof=1).sum() / total.var(ddof=1))
            assert entry(found, i) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_alpha_of_sheets_with_gaps_is_left_to_the_single_cell() -> None:
    assert entry(alpha_all(stack([Moments.from_answers([[4, 3], [2, 0], [1, 1]])])), 0) is None


def test_a_half_is_rounded_up_from_the_exact_value() -> None:
    """3007 points of 1000 sheets: 75.175 exactly, and the double next to it lies below the half."""
    cell = Moments.from_answers([[4]] * 7 + [[3]] * 993)
    assert Fraction(75.175) < Fraction("75.175") == score(cell).exact
    batch = score_all(stack([cell]))
    assert Decimal(int(batch.hundredths[0])) / 100 == Decimal("75.18")


def test_weights_too_fine_for_integers_give_the_same_error() -> None:
    rng = np.random.default_rng(4)
    cells = [Moments.from_answers(rng.integers(1, 5, (30, 9))), Moments.from_answers([[3] * 9] * 7)]
    weights = [Fraction(1, p) for p in (101, 103, 107, 109, 113, 127, 131, 137, 139)]
    batch = score_all(stack(cells), weights=weights)
    assert entry(batch.se, 0) == pytest.approx(score(cells[0], weights=weights).se, rel=1e-9)
    assert batch.reason.tolist() == ["", "no-variation"]


def test_cells_with_an_unsur_answered_by_few_have_a_value_and_no_error() -> None:
    """Each cell as `analytics.ikm.scoring.score` has it; the unsur without weight does not count."""
    rng = np.random.default_rng(9)
    cells = []
    for n, answering in ((40, 1), (40, 4), (40, 5), (8, 4), (9, 4), (200, 9), (200, 10)):
        rows = rng.integers(1, 5, (n, 9))
        rows[answering:, 3] = 0
        cells.append(Moments.from_answers(rows))
    for weights in (None, [1, 1, 1, 0, 1, 1, 1, 1, 1]):
        batch = score_all(stack(cells), weights=weights, population=[c.n for c in cells[:1]] + [None] * 6)
        for i, cell in enumerate(cells):
            assert_cell(batch, i, cell, weights, cell.n if i == 0 else None)
    assert [r == "unsur-answered-by-few" for r in score_all(stack(cells)).reason] == (
        [True, True, False, False, True, True, False]
    )


def test_bands_of_another_scale_grade_no_cell() -> None:
    batch = score_all(stack([Moments.from_answers([[5, 4], [3, 1]], levels=5)]))
    assert (batch.mutu.tolist(), batch.reason.tolist()) == ([""], [""])
    assert ma.getmaskarray(batch.odds).all()
    assert entry(batch.low, 0) is not None


def test_cells_of_different_forms_are_not_stacked() -> None:
    with pytest.raises(AnalyticsError, match="moments-mismatch"):
        stack([Moments.zero(9), Moments.zero(8)])
    with pytest.raises(AnalyticsError, match="stack-empty"):
        stack([])


def test_bytes_of_another_form_or_with_gaps_are_refused() -> None:
    gaps = Moments.from_answers([[4, 0], [2, 1]]).to_bytes()
    for data, k in (
        (b"", 9),
        (gaps, 2),
        (Moments.zero(9).to_bytes()[:-8], 9),
        (Moments.zero(8).to_bytes(), 9),
    ):
        with pytest.raises(AnalyticsError, match="stack-bytes"):
            stack_bytes(data, k)


def test_fewer_users_than_sheets_are_refused() -> None:
    with pytest.raises(AnalyticsError, match="population-below-n"):
        score_all(stack([Moments.from_answers([[4], [3]])]), population=[1])


def test_every_tie_in_the_third_decimal_is_rounded_half_up() -> None:
    """Eight unsur, 125 sheets: an IKM is total / 40, with a 5 in the third decimal for odd totals."""
    totals = range(1001, 4000, 62)
    cells = []
    for total in totals:
        scores = np.full(1000, total // 1000)
        scores[: total % 1000] += 1
        cells.append(Moments.from_answers(scores.reshape(125, 8)))
    expected = [(10 * total + 2) // 4 for total in totals]  # 100 x total / 40 + 1/2, rounded down
    assert score_all(stack(cells)).hundredths.tolist() == expected
    assert [int((score(cell).ikm or 0) * 100) for cell in cells] == expected
