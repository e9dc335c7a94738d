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

from analytics.finite import require_finite

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: The correlation of neighbours is looked for here; a stronger one cannot be told from a trend.
CORRELATIONS = np.linspace(0.0, 0.9, 46)
#: Pairs compared with all pairs at a time: the square of those of a long series would not fit into memory.
_AT_A_TIME = 512
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Persistence:
    """What the residuals say of a series.

    Attributes:
        correlation: of periods at the smallest distance, 0 to 0.9.
        factor: of the variance that S would have if the periods were independent, at least 1.
        df: degrees of freedom for S over its standard deviation: the correlation is estimated from few.
    """

    correlation: float
    factor: float
    df: float


def persistence(times: tuple[int, ...], values: tuple[float, ...], season: int | None) -> Persistence | None:
    """The correlation of neighbours in `values` beside their trend, and what it does to S.

    The values are taken as a line (with a level per season, where there are seasons) and a first-order
    autoregression, weaker over a gap: correlation ** distance. r = e'Ae/e'e of the least-squares residuals e,
    A holding each two periods in a row, is far too low in short series, because the line takes a part of what
    lasts: it is compared with what it comes to under each correlation, E(e'Ae)/E(e'e) = tr(MAMR)/tr(MR). The
    variance of S under that correlation follows from E[sign(x) sign(y)] = (2/pi) arcsin(corr(x, y)) over all
    pairs of differences. Degrees of freedom are half of the residuals' and two, at most all of them, which
    simulation showed to suffice: benchmarks.directions.

    Args:
        times: of the periods, in months, ascending, at least two; a missing period is a longer step.
        values: as many.
        season: months after which seasons return; only differences within a season count. None for all.

    Returns: None where fewer than two residuals are free: of one, r is always the same.

    Raises:
        AnalyticsError: `not-finite`.

    Source: Hamed and Rao 1998, Journal of Hydrology 204 (the variance of S of an autocorrelated series);
        Sheppard 1899 (the sign of normals); Hirsch and Slack 1984, Water Resources Research 20 (seasons).
    """
    require_finite(values=values)
    shape = shape_of(tuple(time - times[0] for time in times), season)
    if shape.rank < 2:
        return None
    df = min(shape.rank / 2 + 2, shape.rank)
    residuals = shape.annihilator @ np.asarray(values)
    squares = float(residuals @ residuals)
    if squares <= 1e-20 * float(np.square(values).sum()):
        return Persistence(correlation=0.0, factor=1.0, df=df)
    r = float(residuals[1:] @ residuals[:-1]) / squares
    if abs(r - shape.expected[-1]) <= _ROUNDING:
        # Where every correlation gives the same r, it is told from none: not by rounding, but the strongest.
        correlation = float(CORRELATIONS[-1])
    else:
        correlation = float(np.interp(r, shape.expected, CORRELATIONS))
    # Between seasons with long gaps differences can oppose each other; nothing is called clear for that.
    factor = max(1.0, shape.variance(correlation) / shape.variance(0.0)) if correlation > 0 else 1.0
    return Persistence(correlation=correlation, factor=factor, df=df)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What depends on the times alone.

    Attributes:
        annihilator: M, turns values into least-squares residuals.
        rank: of it, the residuals that are free.
        expected: what r comes to under each of `CORRELATIONS`, ascending; held so where long gaps, or seasons
            with few years, cannot tell strong ones from each other.
        steps: the distance of each two periods in smallest distances.
        first, second: the pairs that S counts.
    """

    annihilator: FloatArray
    rank: int
    expected: FloatArray
    steps: FloatArray
    first: IntArray
    second: IntArray

    def variance(self, correlation: float) -> float:
        """Of S, for normal values without a trend whose neighbours have that correlation, 0 to 0.9."""
        r = correlation**self.steps  # 0 ** 0 is 1: each period with itself
        i, j = self.first, self.second
        own = r[j, j] - r[j, i] - r[i, j] + r[i, i]  # in the same order as below: 1 stays 1 for the arcsine
        total = 0.0
        for begin in range(0, len(i), _AT_A_TIME):
            a, b = i[begin : begin + _AT_A_TIME], j[begin : begin + _AT_A_TIME]
            both = r[np.ix_(b, j)] - r[np.ix_(b, i)] - r[np.ix_(a, j)] + r[np.ix_(a, i)]
            scale = np.sqrt(np.outer(own[begin : begin + _AT_A_TIME], own))
            total += float(np.arcsin(np.clip(both / scale, -1, 1)).sum())
        return 2 / np.pi * total


@lru_cache(maxsize=64)
def shape_of(times: tuple[int, ...], season: int | None) -> Shape:
    """The shape of a series with these times, in months from any month on; as `persistence` takes them."""
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
    steps = np.abs(t[:, None] - t) / np.diff(t).min()
    turned = annihilator @ (np.eye(n, k=1) + np.eye(n, k=-1)) @ annihilator / 2
    correlated = [c**steps for c in CORRELATIONS]
    # tr(XR) is the sum of the products, both being symmetric; without a free residual M is 0.
    expected = [(turned * r).sum() / max((annihilator * r).sum(), 1e-12) for r in correlated]
    return Shape(
        annihilator=annihilator,
        rank=n - int(np.linalg.matrix_rank(line)),
        expected=np.maximum.accumulate(expected),
        steps=steps,
        first=first,
        second=second,
    )
