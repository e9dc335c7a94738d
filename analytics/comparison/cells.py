"""Groups of the same sheets, as the hours of a week, beside all of them: which stand out beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.moments import IntArray

FloatArray = NDArray[np.float64]

#: Sheets are dealt out anew so often: the smallest p is 1 in 400.
DRAWS = 399
#: A cell whose p lies below it is called clear.
LEVEL = 0.05
#: Numbers dealt out at a time, which bounds the memory.
_AT_A_TIME = 1_000_000


@dataclass(frozen=True)
class Cell:
    """One group beside all sheets.

    Attributes:
        n: its sheets.
        apart: the mean of its values less the mean of all, in their units.
        p: how often chance alone makes any of the looked at cells stand out as much, from 1/(draws + 1) to
            1; None for a cell of fewer sheets than were asked for, which is not looked at.
    """

    n: int
    apart: float
    p: float | None

    @property
    def clear(self) -> bool:
        """Whether it stands out beyond chance, all looked at cells allowed for."""
        return self.p is not None and self.p < LEVEL


def stand_out(
    values: FloatArray,
    cells: IntArray,
    rng: Generator,
    *,
    least: int,
    strata: IntArray | None = None,
    draws: int = DRAWS,
) -> dict[int, Cell]:
    """Every cell that has sheets, by its number.

    z of a cell is the sum of its values less what its sheets of each stratum have on average, over the
    standard deviation of that sum when each stratum is dealt out anew: var = sum_h n_h (1 - n_h/N_h) S_h^2.
    The values of every stratum are dealt out to its sheets anew `draws` times; p is the share of deals, this
    one counted, in which the largest |z| of any cell is at least the cell's own (Westfall and Young 1993,
    single-step max-T): the chance that any cell is called clear where sheets of a stratum do not differ by
    cell is at most LEVEL, however skewed they are and however differently strata spread.

    Missing data: sheets without a value are to be left out by the caller.

    Args:
        values: one for each sheet, in points; less what else they differ by (`sampling.levelled`).
        cells: the number of the cell of each sheet, 0 and up.
        rng: deals the sheets out.
        least: sheets that a cell must have to be looked at.
        strata: a number for each sheet, 0 and up; None for one stratum.

    Raises:
        AnalyticsError: `cells-shape` for arrays of different lengths; `not-finite`.
    """
    if (
        values.ndim != 1
        or values.shape != cells.shape
        or (strata is not None and strata.shape != cells.shape)
    ):
        raise AnalyticsError(
            "cells-shape", got=(values.shape, cells.shape), expected="one value and one cell for each sheet"
        )
    require_finite(values=values)
    if not len(values):
        return {}
    n = np.bincount(cells)
    looked = np.flatnonzero((n >= least) & (n < len(values)))
    apart = np.bincount(cells, values)[n > 0] / n[n > 0] - values.mean()
    p = dict.fromkeys(map(int, looked), 1.0)
    table = _table(values, cells, np.zeros_like(cells) if strata is None else strata)
    tested = looked[table.error[looked] > _NOTHING]
    if len(tested):
        error = table.error[tested]
        found = np.abs(_sums(table.values[None, :], table)[:, tested] / error)[0]
        parts = _parts(draws, len(values))
        largest = np.concatenate([_largest(table, tested, error, rng, size) for size in parts])
        more = (largest[:, None] >= found[None, :] - 1e-9).sum(axis=0)
        p |= {int(c): float((1 + k) / (draws + 1)) for c, k in zip(tested, more, strict=True)}
    return {
        int(c): Cell(int(n[c]), float(a), p.get(int(c)))
        for c, a in zip(np.flatnonzero(n), apart, strict=True)
    }


#: Errors below it are rounding: every deal is alike.
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class _Table:
    """Sheets stratum by stratum: values less the mean of their stratum, where each stratum ends, the order
    that brings them together by cell and the sheets of each; `error` is of the sum of each cell."""

    values: FloatArray
    ends: IntArray
    by_cell: IntArray
    n: IntArray
    error: FloatArray


def _table(values: FloatArray, cells: IntArray, strata: IntArray) -> _Table:
    order = np.argsort(strata, kind="stable")
    numbers = np.unique(strata[order], return_inverse=True)[1]
    size = np.bincount(numbers)
    left = values[order] - (np.bincount(numbers, values[order]) / size)[numbers]
    spread = np.bincount(numbers, left**2) / np.maximum(size - 1, 1)
    both = np.zeros((len(size), int(cells.max()) + 1))
    np.add.at(both, (numbers, cells[order]), 1)
    error = np.sqrt((both * (1 - both / size[:, None]) * spread[:, None]).sum(axis=0))
    by_cell = np.argsort(cells[order], kind="stable")
    return _Table(left, np.cumsum(size), by_cell, np.bincount(cells), error)


def _parts(draws: int, size: int) -> list[int]:
    """`draws` in parts that fit the memory."""
    most = max(1, _AT_A_TIME // size)
    return [min(most, draws - begun) for begun in range(0, draws, most)]


def _largest(table: _Table, looked: IntArray, error: FloatArray, rng: Generator, draws: int) -> FloatArray:
    dealt = np.empty((draws, len(table.values)))
    for begin, end in pairwise([0, *table.ends.tolist()]):
        block = np.broadcast_to(table.values[begin:end], (draws, end - begin))
        dealt[:, begin:end] = rng.permuted(block, axis=1)
    return np.asarray(np.abs(_sums(dealt, table)[:, looked] / error).max(axis=1))


def _sums(rows: FloatArray, table: _Table) -> FloatArray:
    """The sum of each cell in each row."""
    along = rows[:, table.by_cell]
    ends = np.concatenate([np.zeros((len(along), 1)), np.cumsum(along, axis=1)], axis=1)
    after = np.cumsum(table.n)
    return np.asarray(ends[:, after] - ends[:, after - table.n])
