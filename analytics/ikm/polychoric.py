"""Correlations of what lies behind graded answers, from tables of two elements each."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from analytics.finite import require_finite
from analytics.ikm.covariance import FloatArray
from analytics.ikm.moments import IntArray

#: As far as a correlation can go: one of 1 would leave no chance for what is not on the line.
FURTHEST = 0.995
#: Beyond it the normal distribution has nothing that 64 bits can tell.
_INFINITE = 9.0
#: Chance of a cell below which it is taken to be that, so that no logarithm is of 0.
_TINY = 1e-14
_ROUNDS = 60
#: Newton doubles the digits with each step: what follows one of this size is below 1e-13.
_CLOSE = 1e-7
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)


def tables(sheets: IntArray, levels: int) -> FloatArray:
    """(pairs, levels, levels) sheets by their answers to two elements, for each pair of `np.triu_indices`.

    Args:
        sheets: (n, k) scores 1..levels; one that lacks an answer (0) is in no table of that element.
    """
    k = sheets.shape[1]
    chosen = (
        (sheets[:, :, None] == np.arange(1, levels + 1)).astype(np.float64).reshape(len(sheets), k * levels)
    )
    crossed = (chosen.T @ chosen).reshape(k, levels, k, levels)
    first, second = np.triu_indices(k, 1)
    return np.asarray(crossed[first, :, second, :])


def polychoric(counts: FloatArray, start: FloatArray | None = None) -> FloatArray:
    """Correlation behind each table, by two-step maximum likelihood, -`FURTHEST` to `FURTHEST`.

    The thresholds are where the normal distribution has the shares of the table's margins; r then maximises
    sum n_ab log P_ab(r), with P_ab the chance of a bivariate normal distribution between them. Cells without
    a sheet count as they are: nothing is added to them.

    Args:
        counts: (counts, levels, levels); both margins of each vary.
        start: where to look first, one per table.

    Missing data: a table and its thresholds are of the sheets that answer both.
    Source: Olsson, Psychometrika 44 (1979) 443-460; R's psych::polychoric(correct = 0, global = FALSE).

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(counts=counts, start=start)
    total = counts.sum(axis=(1, 2))[:, None]
    h, k = (
        np.clip(ndtri(counts.sum(axis=axis).cumsum(axis=1)[:, :-1] / total), -_INFINITE, _INFINITE)
        for axis in (2, 1)
    )
    r = _most_likely(counts, h, k, np.zeros(len(counts)) if start is None else start)
    # Halving comes as close to an end as a step can be seen; what is that close lies there.
    return np.where(np.abs(r) > FURTHEST - 1e-6, np.sign(r) * FURTHEST, r)


def bivariate(h: FloatArray, k: FloatArray, r: FloatArray) -> FloatArray:
    """Chance that two standard normal variables of correlation r lie below h and k.

    The integral of the density over the correlation, from 0 to r, by Gauss and Legendre on its arc sine
    (Drezner and Wesolowsky 1990); error below 2e-10 for correlations up to `FURTHEST`.
    """
    arc = np.arcsin(r)[..., None]
    angle = arc * (_NODES + 1) / 2
    sine, square = np.sin(angle), np.cos(angle) ** 2
    h1, k1 = h[..., None], k[..., None]
    density = np.exp(-(h1 * h1 + k1 * k1 - 2 * h1 * k1 * sine) / (2 * square))
    return np.asarray(ndtr(h) * ndtr(k) + (density @ _WEIGHTS) * np.arcsin(r) / (4 * np.pi))


def _cells(corners: FloatArray, h: FloatArray | None = None, k: FloatArray | None = None) -> FloatArray:
    """Of a function of the corners the share of each cell: its differences in both directions.

    Args:
        h, k: thresholds, for a distribution function, which goes on beyond the last corner; a density ends.
    """
    m, rows, columns = corners.shape
    full = np.zeros((m, rows + 2, columns + 2))
    full[:, 1:-1, 1:-1] = corners
    if h is not None and k is not None:
        full[:, 1:-1, -1], full[:, -1, 1:-1], full[:, -1, -1] = ndtr(h), ndtr(k), 1
    return np.asarray(np.diff(np.diff(full, axis=1), axis=2))


def _density(h: FloatArray, k: FloatArray, r: FloatArray) -> FloatArray:
    rest = 1 - r * r
    return np.asarray(np.exp(-(h * h + k * k - 2 * r * h * k) / (2 * rest)) / (2 * np.pi * np.sqrt(rest)))


def _score(counts: FloatArray, h: FloatArray, k: FloatArray, r: FloatArray) -> tuple[FloatArray, FloatArray]:
    """First and second derivative of the log likelihood by r."""
    h1, k1, r1 = np.broadcast_arrays(h[:, :, None], k[:, None, :], r[:, None, None])
    density, rest = _density(h1, k1, r1), 1 - r1 * r1
    bend = density * (r1 / rest + (h1 * k1 * (1 + r1 * r1) - r1 * (h1 * h1 + k1 * k1)) / rest**2)
    chance = np.maximum(_cells(bivariate(h1, k1, r1), h, k), _TINY)
    slope = _cells(density) / chance
    curvature = counts * (_cells(bend) / chance - slope**2)
    return np.asarray((counts * slope).sum(axis=(1, 2))), np.asarray(curvature.sum(axis=(1, 2)))


def _most_likely(counts: FloatArray, h: FloatArray, k: FloatArray, start: FloatArray) -> FloatArray:
    """Newton's steps, and halving where one would leave what is known to hold the maximum.

    Where the likelihood rises to an end the halving comes to it, in as many rounds as it takes to come close.
    """
    r = start.copy()
    low, high = np.full(len(r), -FURTHEST), np.full(len(r), FURTHEST)
    going = np.arange(len(r))
    for _ in range(_ROUNDS):
        now = r[going]
        score, curvature = _score(counts[going], h[going], k[going], now)
        low[going], high[going] = np.where(score > 0, now, low[going]), np.where(score > 0, high[going], now)
        newton = now - score / np.where(curvature < 0, curvature, -_TINY)
        inside = (newton >= low[going]) & (newton <= high[going])
        r[going] = np.where(inside, newton, (low[going] + high[going]) / 2)
        going = going[np.abs(r[going] - now) >= _CLOSE]
        if not len(going):
            break
    return r
