"""Groups of the same sheets, as the hours of a week, beside all of them: which stand out beyond chance."""

from __future__ import annotations

from dataclasses import dataclass

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
    values: FloatArray, cells: IntArray, rng: Generator, *, least: int, draws: int = DRAWS
) -> dict[int, Cell]:
    """Every cell that has sheets, by its number.

    z of a cell is (its mean - the mean of all)/(s sqrt(1/n - 1/N)), s over all sheets. The values are dealt
    out to the cells anew `draws` times; p is the share of deals, this one counted, in which the largest |z|
    of any cell is at least the cell's own (Westfall and Young 1993, single-step max-T): the chance that any
    cell is called clear where sheets do not differ by cell is at most LEVEL, however skewed they are.

    Missing data: sheets without a value are to be left out by the caller.

    Args:
        values: one for each sheet, in points; less what else they differ by (`sampling.levelled`).
        cells: the number of the cell of each sheet, 0 and up.
        rng: deals the sheets out.
        least: sheets that a cell must have to be looked at.

    Raises:
        AnalyticsError: `cells-shape` for arrays of different lengths; `not-finite`.
    """
    if values.ndim != 1 or values.shape != cells.shape:
        raise AnalyticsError(
            "cells-shape", got=(values.shape, cells.shape), expected="one value and one cell for each sheet"
        )
    require_finite(values=values)
    if not len(values):
        return {}
    n = np.bincount(cells)
    looked = np.flatnonzero((n >= least) & (n < len(values)))
    order = np.argsort(cells, kind="stable")
    apart = np.bincount(cells, values)[n > 0] / n[n > 0] - values.mean()
    numbers = np.flatnonzero(n)
    p = dict.fromkeys(map(int, looked), 1.0)
    deviation = float(values.std())
    if len(looked) and deviation > 1e-9:
        z = (values - values.mean()) / deviation
        error = np.sqrt(1 / n[looked] - 1 / len(values))
        found = np.abs(_means(z[order][None, :], n)[:, looked] / error)[0]
        largest = np.concatenate([_largest(z, n, looked, error, rng, size) for size in _parts(draws, len(z))])
        more = (largest[:, None] >= found[None, :] - 1e-9).sum(axis=0)
        p = {int(c): float((1 + k) / (draws + 1)) for c, k in zip(looked, more, strict=True)}
    return {int(c): Cell(int(n[c]), float(a), p.get(int(c))) for c, a in zip(numbers, apart, strict=True)}


def _parts(draws: int, size: int) -> list[int]:
    """`draws` in parts that fit the memory."""
    most = max(1, _AT_A_TIME // size)
    return [min(most, draws - begun) for begun in range(0, draws, most)]


def _largest(
    z: FloatArray, n: IntArray, looked: IntArray, error: FloatArray, rng: Generator, draws: int
) -> FloatArray:
    dealt = rng.permuted(np.broadcast_to(z, (draws, len(z))), axis=1)
    return np.asarray(np.abs(_means(dealt, n)[:, looked] / error).max(axis=1))


def _means(rows: FloatArray, n: IntArray) -> FloatArray:
    """The mean of each cell in each row, whose sheets stand cell after cell."""
    ends = np.concatenate([np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)], axis=1)
    after = np.cumsum(n)
    return np.asarray((ends[:, after] - ends[:, after - n]) / np.maximum(n, 1))
