"""Moments: sums that add, in any order, to the same bytes. Expected values are the sums of the raw rows."""

from __future__ import annotations

from functools import reduce
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.moments import IntArray
from analytics.ikm.stored_sums import sheets_in

sheets = st.integers(0, 30).flatmap(lambda n: arrays(np.int64, (n, 4), elements=st.integers(0, 4)))


def test_sums_are_the_sums_of_the_rows() -> None:
    m = Moments.from_answers([[4, 3], [2, 0], [1, 1], [0, 0]])
    assert m.n == 3  # the empty sheet is not a filled questionnaire
    assert m.answered == (3, 2)
    assert m.totals == (7, 4)
    assert m.counts.tolist() == [[0, 1, 1, 0, 1], [1, 1, 0, 1, 0]]
    assert m.cross.tolist() == [[21, 13], [13, 10]]
    assert m.sums.tolist() == [[7, 5], [4, 4]]
    assert m.pairs.tolist() == [[3, 2], [2, 2]]
    assert m.histogram.tolist() == [0, 0, 1, 0, 0, 0, 0, 1, 0]
    assert not m.complete


@given(sheets, st.randoms(use_true_random=False), st.integers(1, 6))
def test_any_split_in_any_order_merges_to_the_same_bytes(rows: IntArray, random: Random, parts: int) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    cells = [Moments.from_answers(rows[order[i::parts]].reshape(-1, 4)) for i in range(parts)]
    whole = Moments.from_answers(rows)
    merged = Moments.merge_all(cells, k=4)
    assert merged.to_bytes() == whole.to_bytes()
    assert merged.subtract(cells[0]).merge(cells[0]) == whole


@given(sheets, st.integers(0, 3))
def test_one_element_alone_is_the_sheets_with_nothing_else(rows: IntArray, element: int) -> None:
    alone = Moments.from_answers(rows).alone(element)
    assert alone == Moments.from_answers(rows[:, [element]])


@given(sheets)
def test_bytes_round_trip(rows: IntArray) -> None:
    m = Moments.from_answers(rows)
    back = Moments.from_bytes(m.to_bytes())
    assert back == m
    for name in ("counts", "pairs", "sums", "cross", "histogram"):
        assert (getattr(back, name) == getattr(m, name)).all()


def test_a_cell_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Moments.from_answers([[1, 2]]).counts[0, 0] = 5


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([[1, 5]], "answers-range"),
        ([[1, -1]], "answers-range"),
        ([1, 2], "answers-shape"),
        ([[1.5, 2.0]], "answers-type"),
        ([["a", "b"]], "answers-type"),
    ],
)
def test_what_is_no_score_is_refused(answers: list[object], code: str) -> None:
    with pytest.raises(AnalyticsError) as error:
        Moments.from_answers(answers)  # type: ignore[arg-type]
    assert error.value.code == code


def test_only_sheets_that_were_added_can_be_taken_away() -> None:
    with pytest.raises(AnalyticsError, match="moments-negative"):
        Moments.from_answers([[1, 2]]).subtract(Moments.from_answers([[4, 2]]))


def test_cells_of_different_forms_do_not_add() -> None:
    with pytest.raises(AnalyticsError, match="moments-mismatch"):
        Moments.from_answers([[1, 2]]).merge(Moments.from_answers([[1, 2, 3]]))
    with pytest.raises(AnalyticsError, match="moments-mismatch"):
        Moments.from_answers([[1, 2]], levels=4).merge(Moments.from_answers([[1, 2]], levels=6))


@pytest.mark.parametrize("data", [b"", b"1234567", bytes(40), Moments.zero(2).to_bytes()[:-8]])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(AnalyticsError, match="moments-format"):
        Moments.from_bytes(data)


@given(st.lists(st.one_of(sheets, sheets.map(lambda rows: np.maximum(rows, 1))), max_size=4))
def test_stored_cells_merge_to_the_sums_of_their_rows(parts: list[IntArray]) -> None:
    stored = [Moments.from_answers(rows).to_bytes() for rows in parts]
    whole = Moments.from_answers(np.concatenate([np.zeros((0, 4), dtype=np.int64), *parts]))
    assert Moments.merge_bytes(stored, 4) == whole
    assert sum(map(sheets_in, stored)) == whole.n


@pytest.mark.parametrize("cells", [0, 1, 3])
@pytest.mark.parametrize("least", [0, 1], ids=["with-gaps", "complete"])
def test_stored_cells_of_any_form_merge(cells: int, least: int) -> None:
    rows = [np.random.default_rng(i).integers(least, 7, (5, 3)) for i in range(cells)]
    stored = [Moments.from_answers(each, levels=6).to_bytes() for each in rows]
    whole = Moments.from_answers(np.concatenate([np.zeros((0, 3), dtype=np.int64), *rows]), levels=6)
    assert Moments.merge_bytes(stored, 3, 6) == whole
    added = reduce(Moments.add_bytes, stored, Moments.zero(3, 6).to_bytes())
    assert added == whole.to_bytes()


def test_stored_cells_of_another_form_are_not_merged() -> None:
    stored = [Moments.from_answers([[3, 3]]).to_bytes(), Moments.from_answers([[3, 3, 3]]).to_bytes()]
    with pytest.raises(AnalyticsError, match="moments-mismatch"):
        Moments.merge_bytes(stored, 2)
    with pytest.raises(AnalyticsError, match="moments-mismatch"):
        Moments.add_bytes(*stored)


def test_bytes_of_another_format_are_not_added() -> None:
    other = (2).to_bytes(8, "little") + Moments.from_answers([[3, 3]]).to_bytes()[8:]
    with pytest.raises(AnalyticsError, match="moments-format"):
        Moments.add_bytes(other, other)
