"""The sheets of one point of a series: how many, how far apart, and how one of them comes out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from analytics.finite import require_finite
from analytics.ikm.moments import Moments
from analytics.ikm.residuals import residual_squares

FloatArray = NDArray[np.float64]

#: Standard deviations of a sum that its distribution is worked out for, twelve on each side.
_WIDTH = 24


@dataclass(frozen=True)
class Sheets:
    """What a chart needs to know of the sheets behind one point.

    Attributes:
        n: sheets, at least one.
        squares: sum of their squared distances from the point's value, in points squared; of the linearised
            index where sheets lack answers.
        histogram: complete sheets by the sum of their scores, from 0 to `levels` times the unsur.
        levels: highest score.
    """

    n: int
    squares: float
    histogram: tuple[int, ...]
    levels: int = 4

    def __post_init__(self) -> None:
        require_finite(n=self.n, squares=self.squares)

    @classmethod
    def of(cls, moments: Moments, weights: Sequence[Fraction]) -> Sheets:
        """Those of a point with a defined index; `weights` of the unsur sum to 1."""
        squares = Fraction(100, moments.levels) ** 2 * residual_squares(moments, weights)
        return cls(moments.n, float(squares), tuple(moments.histogram.tolist()), moments.levels)

    @property
    def low(self) -> float:
        """Lowest index that a sheet can have, in points."""
        return 100 / self.levels


def pooled_sd(sheets: Sequence[Sheets]) -> float:
    """Standard deviation of one sheet within its point, in points: sqrt(sum squares / sum (n - 1)).

    A point whose sheets all agree counts with its sheets, so it narrows the pool and leaves no gap. 0 when
    sheets differ nowhere, or there is no point with two.
    """
    freedom = sum(s.n - 1 for s in sheets)
    return float(np.sqrt(sum(s.squares for s in sheets) / freedom)) if freedom else 0.0


def pooled_shape(sheets: Sequence[Sheets], centre: float, sd: float) -> FloatArray:
    """Share of the sheets of all points with each sum of scores, from 0 up.

    Mostly it is what was counted: the complete sheets by their sums. Where fewer than half of the sheets are
    complete, those that are may be people of another kind; then it is the beta-binomial distribution over the
    same sums that has this `centre` and `sd` (in points), which keeps the skewness near the end of the scale.

    Where unsur weigh differently, the plain sum still says how lopsided sheets are, all that is asked.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(centre=centre, sd=sd)
    counts = np.sum([s.histogram for s in sheets], axis=0)
    if 2 * counts.sum() < sum(s.n for s in sheets):
        return _modelled(len(counts) - 1, sheets[0], centre, sd)
    return np.asarray(counts / counts.sum(), dtype=np.float64)


def draw_means(shape: FloatArray, n: int, rng: Generator, draws: int) -> FloatArray:
    """Mean sums of scores of `draws` times `n` sheets out of `shape`.

    The sum over n sheets has its exact distribution, the n-fold convolution of the one of a sheet, and each
    draw is one number from it: many times faster than drawing sheets. The convolution goes round a circle of
    `_WIDTH` standard deviations at least, beyond which there is nothing to see.
    """
    values = np.arange(len(shape))
    mean = float(values @ shape)
    sd = math.sqrt(float((values - mean) ** 2 @ shape) * n)
    size = 1 << max(len(shape), math.ceil(_WIDTH * sd)).bit_length()
    first = max(0, math.floor(mean * n) - size // 2)
    circle = np.fft.irfft(np.fft.rfft(shape, size) ** n, size)
    below = np.cumsum(np.maximum(np.roll(circle, -(first % size)), 0.0))
    drawn = first + np.searchsorted(below, rng.random(draws) * below[-1], side="right")
    return np.asarray(drawn / n, dtype=np.float64)


def _modelled(highest: int, form: Sheets, centre: float, sd: float) -> FloatArray:
    """Beta-binomial over the steps from the lowest sum to the highest."""
    lowest = highest // form.levels
    steps, span = highest - lowest, 100 - form.low
    p = (centre - form.low) / span
    shared = (steps * (sd / span) ** 2 / (p * (1 - p)) - 1) / max(1, steps - 1)
    spare = 1 / float(np.clip(shared, 1e-6, 1 - 1e-6)) - 1
    a, b, j = p * spare, (1 - p) * spare, np.arange(steps + 1)
    ways = gammaln(steps + 1) - gammaln(j + 1) - gammaln(steps - j + 1)
    shares = np.zeros(highest + 1)
    shares[lowest:] = np.exp(ways + betaln(j + a, steps - j + b) - betaln(a, b))
    return np.asarray(shares / shares.sum(), dtype=np.float64)
