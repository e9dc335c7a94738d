"""How often is a unit called rising or falling, and does it? python -m benchmarks.directions

Seeded. Series are drawn whose periods resemble their neighbours, steady ones and ones that move, and judged
by what the product does (`analytics.comparison.trend`), by Mann-Kendall's test as it was before, for
independent periods, and by the correction that the literature has for it: of Hamed and Rao 1998 with the lags
that are significant, of Hirsch and Slack 1984 where months are compared with the same months. The share with
p below .05 is counted: of steady series it should be .05 or less, of moving ones as large as can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy import stats

from analytics.comparison.series import Point, Series
from analytics.comparison.trend import seasonal_trend, trend
from analytics.period import Period

FloatArray = NDArray[np.float64]
SEED = 20261130
SERIES = 2_000
LEVEL = 0.05
#: Periods, and whether they are months that are compared with the same months of other years.
LENGTHS = ((8, False), (12, False), (16, False), (23, False), (24, True), (36, True))
CORRELATIONS = (0.0, 0.3, 0.5, 0.7)
_FIRST = Period.parse("2020-01")
_YEAR = 12


@dataclass(frozen=True)
class Course:
    """What units do.

    Attributes:
        correlation: of neighbouring periods, beside what moves them and beside the noise.
        rise: from the first to the last period, in standard deviations of one period.
        step: how much all periods of the second half are higher, in the same.
        noise: variance of what does not last (the sample of each period), as a multiple of what does.
    """

    correlation: float
    rise: float = 0.0
    step: float = 0.0
    noise: float = 0.0

    def draw(self, rng: Generator, series: int, n: int) -> FloatArray:
        """That many series of n periods, one a row, in standard deviations of one period."""
        y = rng.standard_normal((series, n))
        for i in range(1, n):
            y[:, i] = self.correlation * y[:, i - 1] + (1 - self.correlation**2) ** 0.5 * y[:, i]
        y = (y + self.noise**0.5 * rng.standard_normal((series, n))) / (1 + self.noise) ** 0.5
        return np.asarray(y + self.rise * np.arange(n) / (n - 1) + self.step * (np.arange(n) >= n / 2))

    def __str__(self) -> str:
        moved = f"rises {self.rise:g} sd" if self.rise else f"a step of {self.step:g} sd" if self.step else ""
        return f"{self.correlation:.1f} {moved or 'steady'}{', as much noise' if self.noise else ''}"


def ours(values: FloatArray, seasonal: bool) -> float:
    """p as the unit page has it, in points around 80; 1 where there are too few periods for one."""
    points = (Point(Period(_FIRST.start + i, 1), 80 + float(v)) for i, v in enumerate(values))
    p = (seasonal_trend if seasonal else trend)(Series(tuple(points))).p
    return 1.0 if p is None else p


def independent(values: FloatArray, seasonal: bool) -> float:
    """p of the test for independent periods: exact, or normal where months are compared."""
    if not seasonal:
        return float(stats.kendalltau(np.arange(len(values)), values, method="exact").pvalue)
    return _normal(*(sum(part) for part in zip(*map(_kendall, _months(values)), strict=True)))


def corrected(values: FloatArray, seasonal: bool) -> float:
    """p by Hamed and Rao 1998, or by Hirsch and Slack 1984 where months are compared."""
    return _hirsch_slack(_months(values)) if seasonal else _hamed_rao(values)


def _months(values: FloatArray) -> list[FloatArray]:
    return [values[first::_YEAR] for first in range(_YEAR)]


def _signs(values: FloatArray) -> FloatArray:
    i, j = np.triu_indices(len(values), 1)
    return np.sign(values[j] - values[i])


def _kendall(values: FloatArray) -> tuple[float, float]:
    n = len(values)
    return float(_signs(values).sum()), n * (n - 1) * (2 * n + 5) / 18


def _normal(s: float, variance: float) -> float:
    """Two-sided; 1 where the estimated variance is none."""
    return float(2 * stats.norm.sf(max(abs(s) - 1, 0) / variance**0.5)) if variance > 0 else 1.0


def _hamed_rao(values: FloatArray) -> float:
    n = len(values)
    i, j = np.triu_indices(n, 1)
    slope = np.median((values[j] - values[i]) / (j - i))
    ranks = np.argsort(np.argsort(values - slope * np.arange(n))) - (n - 1) / 2
    factor = 1.0
    for k in range(1, n - 2):
        r = float(ranks[k:] @ ranks[:-k] / (ranks @ ranks))
        if abs(r) > 1.96 / n**0.5:
            factor += 2 * (n - k) * (n - k - 1) * (n - k - 2) * r / (n * (n - 1) * (n - 2))
    s, variance = _kendall(values)
    return _normal(s, variance * factor)


def _hirsch_slack(months: Sequence[FloatArray]) -> float:
    """Of months with as many years each; covariances from their signs and ranks."""
    n = len(months[0])
    signs = np.array([_signs(m) for m in months])
    ranks = np.array([np.argsort(np.argsort(m)) + 1 for m in months])
    covariances = (signs @ signs.T + 4 * ranks @ ranks.T - n * (n + 1) ** 2) / 3
    return _normal(float(signs.sum()), float(covariances.sum()))


#: By name, each giving p.
WAYS: dict[str, Callable[[FloatArray, bool], float]] = {
    "before": independent,
    "literature": corrected,
    "ours": ours,
}


def measure(
    course: Course, n: int, seasonal: bool, rng: Generator, series: int, ways: Sequence[str] = tuple(WAYS)
) -> list[float]:
    """The share of series that each way calls rising or falling."""
    drawn = course.draw(rng, series, n)
    return [sum(WAYS[way](values, seasonal) < LEVEL for values in drawn) / series for way in ways]


def courses() -> list[Course]:
    """Every row of a length."""
    return [
        *(Course(c) for c in CORRELATIONS),
        Course(0.7, noise=1.0),
        *(Course(c, rise=4.0) for c in CORRELATIONS[:3]),
        Course(0.0, step=2.0),
    ]


def main() -> None:
    """Print the tables."""
    rng = np.random.default_rng(SEED)
    print(f"{SERIES} series a row; the standard error of .05 is {(0.05 * 0.95 / SERIES) ** 0.5:.3f}")
    print(f"{'periods':20}{'correlation, course':28}" + "".join(f"{way:>11}" for way in WAYS))
    for n, seasonal in LENGTHS:
        for course in courses():
            shares = measure(course, n, seasonal, rng, SERIES)
            name = f"{n}{' months by month' if seasonal else ''}"
            print(f"{name:20}{course!s:28}" + "".join(f"{s:11.3f}" for s in shares), flush=True)


if __name__ == "__main__":
    main()
