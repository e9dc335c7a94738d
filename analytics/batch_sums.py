"""Sums of squares and Cronbach's alpha of many cells at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.ma as ma
from numpy.typing import NDArray

from analytics.ikm.moments import IntArray
from analytics.ikm.residuals import residual_squares
from analytics.stack import MomentsStack

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: Residual squares below this share of their parts may be rounding; exact arithmetic decides.
_NOISE = 1e-9
#: Products of two numbers below this fit an int64.
_INT64_ROOT = 2**31


def alpha_all(cells: MomentsStack) -> ma.MaskedArray:
    """Cronbach's alpha of every cell, 1 at most; masked where it is undefined.

    alpha = k/(k-1) (1 - sum of item variances / variance of the sum), from n cross_ij - T_i T_j. Defined for
    complete sheets, k above 1, and a sum that varies. Source: Cronbach 1951, Psychometrika 16.
    """
    squares = np.diagonal(cells.cross, axis1=1, axis2=2).sum(axis=1)
    items = cells.n * squares - (cells.totals**2).sum(axis=1)
    total = cells.n * cells.cross.sum(axis=(1, 2)) - cells.totals.sum(axis=1) ** 2
    complete = (cells.answered == cells.n[:, None]).all(axis=1)
    defined = complete & (total > 0) & (cells.k > 1)
    ratio = items / np.where(defined, total, 1)
    return ma.MaskedArray(cells.k / max(1, cells.k - 1) * (1 - ratio), mask=~defined)


def defined_cells(cells: MomentsStack, w: Sequence[Fraction]) -> BoolArray:
    """(m,) cells with sheets, and answers to every unsur that has weight."""
    used = np.array([v > 0 for v in w])
    return np.asarray((cells.n > 0) & (cells.answered[:, used] > 0).all(axis=1))


def residual_squares_all(cells: MomentsStack, w: Sequence[Fraction]) -> FloatArray:
    """(m,) squared linearised residuals of the index, summed, in scores; exactly 0 where nothing varies."""
    unit = math.lcm(*(v.denominator for v in w))
    largest = int(cells.n.max()) * cells.k * cells.levels * unit
    if cells.pairs is None and largest < _INT64_ROOT:
        return _integer_squares(cells, np.array([int(v * unit) for v in w]), unit)
    squares, raw = _float_squares(cells, np.array([float(v) for v in w]))
    for i in np.flatnonzero((squares <= _NOISE * raw) & (cells.n > 1) & defined_cells(cells, w)):
        squares[i] = float(residual_squares(cells.cell(int(i)), w))
    return np.maximum(squares, 0.0)


def _integer_squares(cells: MomentsStack, a: IntArray, unit: int) -> FloatArray:
    """Complete sheets: (n sum a_i a_j cross_ij - (sum a_i T_i)^2) / (n unit^2), exact till divided."""
    quadratic = cells.cross.reshape(len(cells), -1) @ np.outer(a, a).ravel()
    exact = cells.n * quadratic - (cells.totals @ a) ** 2
    return np.asarray(exact / (np.maximum(cells.n, 1) * float(unit) ** 2))


def _float_squares(cells: MomentsStack, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Squares of the residuals and, to judge their rounding by, of the scores themselves."""
    shape = cells.cross.shape
    pairs = np.broadcast_to(cells.n[:, None, None], shape) if cells.pairs is None else cells.pairs
    sums = np.broadcast_to(cells.totals[:, :, None], shape) if cells.sums is None else cells.sums
    answered = np.maximum(cells.answered, 1).astype(np.float64)
    c, m = cells.n[:, None] * w / answered, cells.totals / answered
    mixed = sums * m[:, None, :]
    inner = cells.cross - mixed - mixed.transpose(0, 2, 1) + m[:, :, None] * m[:, None, :] * pairs
    squares = np.einsum("mi,mij,mj->m", c, inner, c, optimize=True)
    return squares, np.einsum("mi,mij,mj->m", c, cells.cross, c, optimize=True)
