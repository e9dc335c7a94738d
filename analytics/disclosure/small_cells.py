"""Small cells of a published table: hidden, together with enough others that none can be worked out again.

Source of the idea: Cox (1980), JASA 75, 377-385 (complementary suppression); Gusfield (1988), SIAM J. Comput.
17, 552-571 (two-way tables as bipartite graphs). Margins are cells like the others here: a small margin is
hidden too. The whole table with its margins is one bipartite graph, in which rows and columns, the totals
among them, are nodes and a hidden cell is an edge; a cell can be something else exactly if one unit can be
moved round a cycle through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure.minimum import MINIMUM
from analytics.errors import AnalyticsError
from analytics.ikm.moments import IntArray

BoolArray = NDArray[np.bool_]
Cell = tuple[int, int]

_LEAST_HIDDEN = 1  # a hidden cell is never 0, and whoever reads this code knows it


@dataclass(frozen=True, kw_only=True)
class Published:
    """A table as it may be shown; None is hidden.

    Attributes:
        cells: rows of counts; row_totals, column_totals, total: the margins, which add up.
        small: (r + 1, c + 1) mask of what is hidden because it is small, margins last.
        complementary: the same for what is hidden to protect those.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    small: BoolArray
    complementary: BoolArray

    @property
    def hidden(self) -> BoolArray:
        """(r + 1, c + 1) mask of everything hidden: values of these cells (an IKM, a mean) are hidden too."""
        return self.small | self.complementary


def hide_small_cells(counts: IntArray, minimum: int = MINIMUM) -> Published:
    """Hide cells and margins of 1 to minimum - 1, and others until nothing hidden can be worked out.

    Someone who knows every shown number, that the table adds up, and that a hidden cell is at least 1 is left
    with two possible values or more for every hidden cell. Zeros are shown: nobody is in them.

    Args:
        counts: (r, c) people per cell.

    Raises:
        AnalyticsError: `counts-shape`, `counts-negative`, or `minimum-range`.
    """
    _check(counts, minimum)
    full = _with_margins(counts)
    small = (full > 0) & (full < minimum)
    hidden = small.copy()
    for cell in iter(lambda: _determined(full, hidden), None):
        for added in _protection(full, hidden, cell):
            hidden[added] = True
    return _published(full, small, hidden)


def _check(counts: IntArray, minimum: int) -> None:
    if counts.ndim != 2 or 0 in counts.shape:
        raise AnalyticsError("counts-shape", got=counts.shape, expected="a table of rows and columns")
    if counts.min() < 0:
        raise AnalyticsError("counts-negative", got=int(counts.min()), expected="counts of 0 or more")
    if minimum < 1:
        raise AnalyticsError("minimum-range", got=minimum, expected="1 or more")


def _with_margins(counts: IntArray) -> IntArray:
    with_rows = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([with_rows, with_rows.sum(axis=0)])


def _determined(full: IntArray, hidden: BoolArray) -> Cell | None:
    """A hidden cell with one possible value only; None when there is none."""
    for i, j in np.argwhere(hidden).tolist():
        if not any(_can_move(full, hidden, (i, j), rising) for rising in (True, False)):
            return i, j
    return None


def _can_move(full: IntArray, hidden: BoolArray, cell: Cell, rising: bool) -> bool:
    """Whether y of the cell can change by one with the others adjusting: is its cycle closed elsewhere?

    y is x inside and for the grand total, and -x for the totals of rows and columns. Then every row and
    column of hidden cells has a known sum of y, so along a cycle one rises and the next one falls.
    """
    if not _may(full, cell, rising):
        return False
    row, column = ("row", cell[0]), ("column", cell[1])
    start, goal = (column, row) if rising else (row, column)
    seen, todo = {start}, [start]
    while todo:
        for following in _steps(full, hidden, todo.pop(), cell):
            if following == goal:
                return True
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return False


def _steps(
    full: IntArray, hidden: BoolArray, node: tuple[str, int], without: Cell
) -> Iterator[tuple[str, int]]:
    """Nodes that a balancing unit can reach: y rises from row to column and falls from column to row."""
    kind, index = node
    line = hidden[index] if kind == "row" else hidden[:, index]
    for other in np.flatnonzero(line).tolist():
        cell = (index, other) if kind == "row" else (other, index)
        if cell != without and _may(full, cell, rising=kind == "row"):
            yield ("column" if kind == "row" else "row"), other


def _may(full: IntArray, cell: Cell, rising: bool) -> bool:
    """Whether y of the cell can change by one in that direction: only a falling x has a bound."""
    x_falls = rising == _is_margin(full, cell)
    return not x_falls or bool(full[cell] > _LEAST_HIDDEN)


def _is_margin(full: IntArray, cell: Cell) -> bool:
    in_last_row, in_last_column = cell[0] == full.shape[0] - 1, cell[1] == full.shape[1] - 1
    return bool(in_last_row) != bool(in_last_column)


def _protection(full: IntArray, hidden: BoolArray, cell: Cell) -> tuple[Cell, ...]:
    """The cheapest rectangle through `cell` that hides something new; without one, everything above 0.

    Cheapest hides the fewest people, and no total unless it must. Hiding everything always protects: any
    inner cell can then rise together with its totals.
    """
    i, j = cell
    rows, columns = full.shape
    best: tuple[tuple[int, int], tuple[Cell, ...]] | None = None
    for k, m in ((k, m) for k in range(rows) for m in range(columns) if k != i and m != j):
        corners = ((i, m), (k, j), (k, m))
        new = tuple(c for c in corners if not hidden[c])
        if new and all(full[c] > 0 for c in corners):
            totals = sum(c[0] == rows - 1 or c[1] == columns - 1 for c in new)
            cost = totals, sum(int(full[c]) for c in new)
            best = min(best, (cost, new)) if best else (cost, new)
    if best:
        return best[1]
    return tuple((a, b) for a, b in np.argwhere((full > 0) & ~hidden).tolist())


def _published(full: IntArray, small: BoolArray, hidden: BoolArray) -> Published:
    shown = [
        tuple(None if hide else int(value) for value, hide in zip(values, hides, strict=True))
        for values, hides in zip(full.tolist(), hidden.tolist(), strict=True)
    ]
    return Published(
        cells=tuple(row[:-1] for row in shown[:-1]),
        row_totals=tuple(row[-1] for row in shown[:-1]),
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
        small=small,
        complementary=hidden & ~small,
    )
