"""Suppression attacked: linear programming and full enumeration try to recover every hidden cell.

The attack is written from the published numbers alone and shares nothing with the code under test: it knows
what is shown, that rows and columns add up, and that a hidden cell is at least 1.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from analytics import AnalyticsError
from analytics.disclosure.small_cells import Published, hide_small_cells
from analytics.ikm.moments import IntArray

Shown = list[list[int | None]]


def shown(table: Published) -> Shown:
    """The published table with its margins last."""
    rows = [[*row, total] for row, total in zip(table.cells, table.row_totals, strict=True)]
    return [*rows, [*table.column_totals, table.total]]


def equations(rows: int, columns: int) -> list[list[float]]:
    """One line per row and column of the table with margins: inner cells minus their total is 0."""
    lines = []
    for i in range(rows):
        line = np.zeros((rows, columns))
        line[i, :-1], line[i, -1] = 1, -1
        lines.append(line.ravel().tolist())
    for j in range(columns):
        line = np.zeros((rows, columns))
        line[:-1, j], line[-1, j] = 1, -1
        lines.append(line.ravel().tolist())
    return lines


def interval(table: Shown, cell: tuple[int, int], least: int) -> tuple[float, float]:
    """Smallest and largest value of a hidden cell that agree with everything shown."""
    rows, columns = len(table), len(table[0])
    bounds = [(least, None) if v is None else (v, v) for row in table for v in row]
    ends = []
    for sign in (1, -1):
        objective = np.zeros(rows * columns)
        objective[cell[0] * columns + cell[1]] = sign
        matrix = equations(rows, columns)
        found = linprog(objective, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds)
        assert found.status in (0, 3), found.message  # 3: without a bound
        ends.append(np.inf if found.fun is None else sign * float(found.fun))
    return ends[0], ends[1]


small_tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.one_of(st.integers(0, 8), st.integers(0, 60)))
)


@given(small_tables, st.integers(2, 10), st.sampled_from([0, 1]))
@settings(max_examples=60)
def test_no_hidden_cell_can_be_worked_out(counts: IntArray, minimum: int, least: int) -> None:
    table = hide_small_cells(counts, minimum)
    for i, j in np.argwhere(table.hidden).tolist():
        low, high = interval(shown(table), (i, j), least)
        assert high - low >= 1 - 1e-6, (i, j, low, high, shown(table))


@given(small_tables, st.integers(1, 10))
def test_what_is_shown_is_true_and_never_small(counts: IntArray, minimum: int) -> None:
    table = hide_small_cells(counts, minimum)
    full = np.vstack([np.column_stack([counts, counts.sum(axis=1)]), [*counts.sum(axis=0), counts.sum()]])
    for (i, j), value in np.ndenumerate(full):
        entry = shown(table)[i][j]
        assert entry in (None, value)
        assert (entry is None) == table.hidden[i, j]
        assert entry is None or entry == 0 or entry >= minimum
    assert not (table.small & table.complementary).any()


def test_every_table_that_agrees_with_what_is_shown_enumerated() -> None:
    """2 x 2 with one small cell: [[2, 9], [8, 7]]. All integer tables are tried, no programming involved."""
    table = hide_small_cells(np.array([[2, 9], [8, 7]]))
    fits = []
    for a, b, c, d in product(range(1, 27), repeat=4):
        full = [[a, b, a + b], [c, d, c + d], [a + c, b + d, a + b + c + d]]
        if all(
            v in (None, w)
            for vs, ws in zip(shown(table), full, strict=True)
            for v, w in zip(vs, ws, strict=True)
        ):
            fits.append(full)
    for i, j in np.argwhere(table.hidden).tolist():
        assert len({full[i][j] for full in fits}) >= 2


def test_one_small_cell_takes_the_cheapest_three_with_it() -> None:
    """Hand: the rectangle through the 2 that hides fewest people is 2, 6 / 7, 8; the margins stay."""
    table = hide_small_cells(np.array([[2, 6, 30], [7, 8, 40], [50, 60, 70]]))
    assert shown(table) == [
        [None, None, 30, 38],
        [None, None, 40, 55],
        [50, 60, 70, 180],
        [59, 74, 140, 273],
    ]
    assert table.small.sum() == 1
    assert table.complementary.sum() == 3


def test_a_hidden_neighbour_that_is_zero_would_protect_nothing() -> None:
    """The 0 beside the 3 is shown, so another cell of that row has to go."""
    table = hide_small_cells(np.array([[3, 0, 20], [10, 11, 12], [20, 21, 22]]))
    assert shown(table)[0][:3] == [None, 0, None]


def test_ones_in_a_cycle_pin_each_other_and_are_found() -> None:
    """Four hidden cells 1 1 / 1 1 with large margins: each must be at least 1, so more has to be hidden."""
    table = hide_small_cells(np.array([[1, 1, 50], [1, 1, 60], [40, 30, 20]]))
    low, high = interval(shown(table), (0, 0), 1)
    assert high > low


def test_nothing_small_hides_nothing() -> None:
    table = hide_small_cells(np.array([[5, 0], [9, 7]]))
    assert not table.hidden.any()
    assert (table.cells, table.row_totals, table.column_totals, table.total) == (
        ((5, 0), (9, 7)),
        (5, 16),
        (14, 7),
        21,
    )


def test_a_unit_with_two_respondents_shows_nothing_but_zeros() -> None:
    table = hide_small_cells(np.array([[2, 0]]))
    assert shown(table) == [[None, 0, None], [None, 0, None]]


def test_a_plain_list_is_a_table_of_one_row() -> None:
    """Education of one unit: 3 of 43 are hidden, and so is one more group, or the total would tell."""
    table = hide_small_cells(np.array([[3, 12, 28]]))
    assert shown(table)[0] == [None, None, 28, 43]
    assert table.column_totals == (None, None, 28)


@pytest.mark.parametrize(
    ("counts", "minimum", "code"),
    [
        (np.array([1, 2]), 5, "counts-shape"),
        (np.zeros((0, 2), dtype=np.int64), 5, "counts-shape"),
        (np.array([[1, -1]]), 5, "counts-negative"),
        (np.array([[1, 2]]), 0, "minimum-range"),
    ],
)
def test_tables_that_cannot_be(counts: IntArray, minimum: int, code: str) -> None:
    with pytest.raises(AnalyticsError, match=code):
        hide_small_cells(counts, minimum)
