"""What the reliability of a form truly is for known people, and the intervals that are compared with ours."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import betaln, comb, fdtri
from scipy.stats import betabinom

from analytics.ikm.polychoric import polychoric

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def true_reliability(
    ikm: float, lines: float, rho: float, unsur: int = 9, levels: int = 4
) -> tuple[float, float]:
    """Alpha and ordinal omega of all people of `sheets.Loyal`: every pair of their unsur has one table.

    With one correlation r for all pairs both are unsur x r / (1 + (unsur - 1) r).
    """
    mean, size, top = (ikm - 25) / 75, 1 / rho - 1, levels - 1
    a, b = mean * size, (1 - mean) * size
    step = np.arange(levels)
    both = step[:, None] + step
    table = (
        comb(top, step)[:, None]
        * comb(top, step)
        * np.exp(betaln(both + a, 2 * top - both + b) - betaln(a, b))
    )
    table = (1 - lines) * table + lines * np.diag(betabinom.pmf(step, top, a, b))
    share = table.sum(axis=1)
    covariance = float((step[:, None] * step * table).sum() - (step @ share) ** 2)
    correlation = covariance / float(step * step @ share - (step @ share) ** 2)
    behind = float(polychoric(table[None])[0])
    alpha, omega = (unsur * r / (1 + (unsur - 1) * r) for r in (correlation, behind))
    return alpha, omega


def feldt(alpha: FloatArray, n: int, k: int) -> tuple[FloatArray, FloatArray]:
    """1 - (1 - alpha) F with n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt, Woodruff and Salih 1987)."""
    low, high = (float(fdtri(n - 1, (n - 1) * (k - 1), p)) for p in (0.975, 0.025))
    return 1 - (1 - alpha) * low, 1 - (1 - alpha) * high


def alphas(sheets: IntArray) -> FloatArray:
    """Alpha of each of (..., n, k) samples of complete sheets."""
    k = sheets.shape[-1]
    total = sheets.sum(axis=-1).var(axis=-1)
    return np.asarray(
        k / (k - 1) * (1 - sheets.var(axis=-2).sum(axis=-1) / np.where(total > 0, total, np.nan))
    )


def adf(sheets: IntArray) -> tuple[float, float]:
    """Distribution-free by fourth moments (Maydeu-Olivares, Coffman and Hartmann 2007): alpha -+ 1.96 se."""
    n, k = sheets.shape
    off = sheets - sheets.mean(axis=0)
    whole, own = off.sum(axis=1) ** 2, (off**2).sum(axis=1)
    alpha = k / (k - 1) * (1 - own.mean() / whole.mean())
    added = k / (k - 1) * (own.mean() * whole / whole.mean() ** 2 - own / whole.mean())
    half = 1.959964 * float(added.std(ddof=1)) / n**0.5
    return alpha - half, alpha + half


def bootstrap(sheets: IntArray, rng: Generator, draws: int = 500) -> tuple[float, float]:
    """Percentiles of alpha of sheets drawn again with replacement."""
    n = len(sheets)
    found = alphas(sheets[rng.integers(0, n, (draws, n))])
    low, high = np.nanquantile(found, (0.025, 0.975))
    return float(low), float(high)
