"""Sums of squares and Cronbach's alpha of many cells at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.ma as ma
from numpy.typing import NDArray

from analytics.ikm import residual_squares
from analytics.moments import IntArray
from analytics.stack import MomentsStack

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: Residual squares below this share of their parts may be rounding; exact arithmetic decides.
_NOISE = 1e-9


def alpha_all(cells: MomentsStack) -> ma.MaskedArray:
    """Cronbach's alpha of every cell, 1 at most; masked where it is undefined.

    alpha = k/(k-1) (1 - sum of item variances / variance of the sum), from n cross_ij - T_i T_j. Defined for
    complete sheets, k above 1, and a sum that varies. Source: Cronbach 1951, Psychometrika 16.
    """
    covariances = covariance_sums(cells)
    items, total = np.trace(covariances, axis1=1, axis2=2), covariances.sum(axis=(1, 2))
    complete = (cells.answered == cells.n[:, None]).all(axis=1)
    defined = complete & (total > 0) & (cells.k > 1)
    ratio = items / np.where(defined, total, 1)
    return ma.MaskedArray(cells.k / max(1, cells.k - 1) * (1 - ratio), mask=~defined)


def covariance_sums(cells: MomentsStack) -> IntArray:
    """(m, k, k) n * cross_ij - T_i T_j: n (n - 1) times the covariances of complete sheets, exact."""
    return cells.n[:, None, None] * cells.cross - cells.totals[:, :, None] * cells.totals[:, None, :]


def defined_cells(cells: MomentsStack, w: Sequence[Fraction]) -> BoolArray:
    """(m,) cells with sheets, and answers to every unsur that has weight."""
    used = np.array([v > 0 for v in w])
    return np.asarray((cells.n > 0) & (cells.answered[:, used] > 0).all(axis=1))


def residual_squares_all(cells: MomentsStack, w: Sequence[Fraction]) -> FloatArray:
    """Sum of squared linearised residuals on the scale of the scores; exactly 0 where nothing varies."""
    floats = np.array([float(v) for v in w])
    if cells.pairs is None or cells.sums is None:
        squares, raw = _complete_squares(cells, floats)
    else:
        squares, raw = _incomplete_squares(cells, floats, cells.pairs, cells.sums)
    for i in np.flatnonzero((squares <= _NOISE * raw) & (cells.n > 1) & defined_cells(cells, w)):
        squares[i] = float(residual_squares(cells.cell(int(i)), w))
    return np.maximum(squares, 0.0)


def _complete_squares(cells: MomentsStack, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    covariances = covariance_sums(cells) / np.maximum(cells.n, 1)[:, None, None]
    squares = np.asarray(covariances @ w @ w, dtype=np.float64)
    return squares, np.asarray(np.diagonal(covariances, axis1=1, axis2=2) @ w**2, dtype=np.float64)


def _incomplete_squares(
    cells: MomentsStack, w: FloatArray, pairs: IntArray, sums: IntArray
) -> tuple[FloatArray, FloatArray]:
    answered = np.maximum(cells.answered, 1).astype(np.float64)
    c, m = cells.n[:, None] * w / answered, cells.totals / answered
    mixed = sums * m[:, None, :]
    inner = cells.cross - mixed - mixed.transpose(0, 2, 1) + m[:, :, None] * m[:, None, :] * pairs
    squares = np.einsum("mi,mij,mj->m", c, inner, c, optimize=True)
    return squares, np.einsum("mi,mij,mj->m", c, cells.cross, c, optimize=True)
