"""How much what lasts from one period to the next widens Kendall's S.

A unit that had a good month has a good next one more often than not. Mann-Kendall's test takes the periods as
independent: with a correlation of .5 between neighbours it calls one steady series in five rising or falling
(docs/decisions/direction-of-a-trend.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: The correlation of neighbours is looked for here; a stronger one cannot be told from a trend.
_CORRELATIONS = np.linspace(0.0, 0.9, 46)


@dataclass(frozen=True)
class Persistence:
    """What the residuals say of a series.

    Attributes:
        correlation: of neighbouring periods, 0 to 0.9.
        factor: by what it multiplies the variance that S would have if the periods were independent, at least 1.
        df: degrees of freedom for S over its standard deviation: the correlation is estimated from few.
    """

    correlation: float
    factor: float
    df: float


def persistence(times: tuple[int, ...], values: tuple[float, ...], season: int | None) -> Persistence | None:
    """The correlation of neighbours in `values` beside their trend, and what it does to S.

    The values are taken as a line (with a level per season, where there are seasons) and a first-order
    autoregression. r = e'Ae/e'e of the least-squares residuals e, A holding the neighbours, is far too low in
    short series, because the line takes a part of what lasts: it is compared with its expectation under each
    correlation, tr(MAMR)/tr(MR). The variance of S under that correlation follows from
    E[sign(x) sign(y)] = (2/pi) arcsin(corr(x, y)) over all pairs of differences. Degrees of freedom are half
    of the residuals' plus one, by simulation: benchmarks.directions.

    Args:
        times: of the periods, in months, ascending; neighbours are those at the smallest distance.
        values: as many.
        season: months after which seasons return; only differences within a season count. None for all.

    Returns: None where no residual is left to judge by.

    Source: Hamed and Rao 1998, Journal of Hydrology 204 (the variance of S of an autocorrelated series);
        Sheppard 1899 (the sign of normals); Hirsch and Slack 1984, Water Resources Research 20 (seasons).
    """
    shape = _shape(times, season)
    if shape.rank < 1:
        return None
    residuals = shape.annihilator @ np.asarray(values)
    squares = float(residuals @ residuals)
    if squares <= 1e-20 * float(np.square(values).sum()):
        return Persistence(correlation=0.0, factor=1.0, df=shape.rank / 2 + 1)
    r = float(residuals @ shape.neighbours @ residuals) / squares
    correlation = float(np.interp(r, shape.expected, _CORRELATIONS))
    factor = shape.variance(correlation) / shape.variance(0.0)
    return Persistence(correlation=correlation, factor=factor, df=shape.rank / 2 + 1)


@dataclass(frozen=True)
class _Shape:
    """What depends on the times alone.

    Attributes:
        annihilator: turns values into least-squares residuals.
        rank: of it, the residuals that are free.
        neighbours: half a one where two periods are at the smallest distance.
        expected: of r under each of `_CORRELATIONS`, ascending.
        steps: the distance of each two periods in smallest distances.
        first, second: the pairs that S counts.
    """

    annihilator: FloatArray
    rank: int
    neighbours: FloatArray
    expected: FloatArray
    steps: FloatArray
    first: IntArray
    second: IntArray

    def variance(self, correlation: float) -> float:
        """Of S, for normal values without a trend whose neighbours have that correlation."""
        r = _correlated(self.steps, correlation)
        i, j = self.first, self.second
        both = r[np.ix_(j, j)] - r[np.ix_(j, i)] - r[np.ix_(i, j)] + r[np.ix_(i, i)]
        own = np.sqrt(np.diag(both))
        return float(2 / np.pi * np.arcsin(np.clip(both / own / own[:, None], -1, 1)).sum())


@lru_cache(maxsize=64)
def _shape(times: tuple[int, ...], season: int | None) -> _Shape:
    t = np.asarray(times, dtype=np.float64)
    n = len(t)
    first, second = np.triu_indices(n, 1)
    levels = np.ones((n, 1))
    if season is not None:
        which = np.asarray(times) % season
        levels = (which[:, None] == np.unique(which)).astype(np.float64)
        within = which[first] == which[second]
        first, second = first[within], second[within]
    line = np.column_stack([levels, t - t.mean()])
    annihilator = np.eye(n) - line @ np.linalg.pinv(line)
    apart = np.abs(t[:, None] - t)
    steps = apart / np.diff(t).min()
    neighbours = (steps == 1) / 2.0
    turned = annihilator @ neighbours @ annihilator
    correlated = [_correlated(steps, c) for c in _CORRELATIONS]
    expected = [np.trace(turned @ r) / max(np.trace(annihilator @ r), 1e-12) for r in correlated]
    return _Shape(
        annihilator=annihilator,
        rank=n - int(np.linalg.matrix_rank(line)),
        neighbours=neighbours,
        expected=np.maximum.accumulate(expected),
        steps=steps,
        first=first,
        second=second,
    )


def _correlated(steps: FloatArray, correlation: float) -> FloatArray:
    return np.asarray(correlation**steps)  # 0 ** 0 is 1: each period with itself
