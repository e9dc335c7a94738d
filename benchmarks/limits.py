"""How often do limits of months and of units cry wolf? python -m benchmarks.limits [--quick]

Seeded. Stable months, and units that are all alike, are drawn (`people.loyal`), and set against their limits,
of which the lower should be crossed by .00135 of months (three sigma) and .001 of units (99.8 %), the upper
by as many. Beside what is decided, Anscombe's angle with a moderated dispersion and sigma_z of 1 at least:

- before: of months the mean -+ 3 sigma_z standard errors, sigma_z by moving ranges alone; of units the logit;
- logit: for months the empirical logit, else as decided;
- unbounded: for months as decided, but sigma_z may fall below 1.

A last column says how often a month is found that is 12 points lower than the others. `charts`: the share of
charts of months with any outside, and what the product's own code says of it beforehand.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from analytics.comparison.funnel import funnel_limits
from analytics.comparison.laney import laney
from analytics.comparison.limits import angles, around
from analytics.comparison.series import Point, Series
from analytics.ikm.sheets import Sheets
from analytics.period import Period
from benchmarks.interval_methods import EXPECTED
from benchmarks.people import FloatArray, IntArray, loyal

BoolArray = NDArray[np.bool_]
#: By way: points below their limits, and above.
Outside = dict[str, tuple[BoolArray, BoolArray]]

SEED = 20261130
INDICES, SIZES, MONTHS = (70.0, 88.0, 96.0), (3, 5, 10, 30, 200), (12, 24, 36)
#: Share who give one score throughout, and how alike a person's answers are.
PEOPLE = {"alike": (0.0, 0.1), "usual": (0.3, 0.2), "differing": (0.6, 0.3)}
SERIES, CHARTED, PROVINCES, DRAWS = 4_000, 100, 500, 400
#: Units of a province with as many sheets as the row says, and as many with 30 to 200.
UNITS = 20
FALLEN = 12.0
_ROUNDING, _D2 = 1e-9, 2 / np.sqrt(np.pi)
_FIRST = Period.parse("2020-01")


def _sums(counts: IntArray, n: IntArray | int) -> tuple[FloatArray, FloatArray]:
    """Mean positions, and sums of squares around them."""
    places = np.arange(counts.shape[-1]) / (counts.shape[-1] - 1)
    y = counts @ places / n
    return np.asarray(y), np.asarray(counts @ places**2 - n * y**2)


def months_outside(counts: IntArray, n: int) -> Outside:
    """Of (series, months, steps) counts."""
    y, squares = _sums(counts, n)
    c = y.mean(axis=1)
    room = np.maximum(c * (1 - c), 1e-12)
    freedom = y.shape[1] * (n - 1) * np.minimum(1, 9 * room)
    seen = squares.sum(axis=1) / (y.shape[1] * (n - 1)) / room
    effective = (n * (6 + freedom) / (6 * EXPECTED + freedom * seen))[:, None]
    half = 3 * np.abs(np.diff(y, axis=1)).mean(axis=1)[:, None] / _D2
    found = {"before": _beyond(y, c[:, None] - half, np.minimum(1, c[:, None] + half))}
    z = angles(y, effective) - 2 * np.sqrt(effective) * np.arcsin(np.sqrt(c))[:, None]
    moving = np.abs(np.diff(z, axis=1)).mean(axis=1)[:, None] / _D2
    for way, sigma in (("decided", np.maximum(1, moving)), ("unbounded", moving)):
        found[way] = _beyond(y, *around(c[:, None], effective, 3 * sigma))
    odds = (
        np.log((y * effective + 0.5) / ((1 - y) * effective + 0.5))
        - logit(np.clip(c, 1e-9, 1 - 1e-9))[:, None]
    )
    z = odds * np.sqrt(effective * room[:, None])
    sigma = np.maximum(1, np.abs(np.diff(z, axis=1)).mean(axis=1)[:, None] / _D2)
    found["logit"] = (z < -3 * sigma, z > 3 * sigma)
    return found


def _beyond(y: FloatArray, low: FloatArray, high: FloatArray) -> tuple[BoolArray, BoolArray]:
    return y < low - _ROUNDING, y > high + _ROUNDING


def units_outside(ikm: float, people: tuple[float, float], n: int, rng: Generator, level: float) -> Outside:
    """Units of `n` sheets in provinces of units that are all alike."""
    found: dict[str, list[tuple[BoolArray, BoolArray]]] = {"before": [], "decided": []}
    for _ in range(PROVINCES):
        sizes = np.concatenate([np.full(UNITS, n), rng.choice((30, 60, 120, 200), UNITS)])
        counts = np.stack([loyal(ikm, *people).draw(rng, int(k)) for k in sizes])
        y, squares = _sums(counts, sizes)
        target, sd = float(sizes @ y / sizes.sum()), float((squares.sum() / (sizes - 1).sum()) ** 0.5)
        half = ndtri((1 + level) / 2) * sd / n**0.5 / (target * (1 - target))
        y = y[:UNITS]
        found["before"].append(_beyond(y, expit(logit(target) - half), expit(logit(target) + half)))
        low, high = funnel_limits(25 + 75 * target, 75 * sd, n, level)
        found["decided"].append(_beyond(y, np.array((low - 25) / 75), np.array((high - 25) / 75)))
    return {w: (np.array([a for a, _ in p]), np.array([b for _, b in p])) for w, p in found.items()}


def said(counts: IntArray, n: int, rng: Generator, draws: int = DRAWS) -> tuple[float, float]:
    """Of the charts of the product's own code: with a month outside, and what they say of it, on average."""
    outside, told = list[bool](), list[float]()
    for series in counts:
        y, squares = _sums(series, n)
        sheets = [
            Sheets(n, 75**2 * float(s), (0,) * 9 + tuple(row))
            for s, row in zip(squares, series.tolist(), strict=True)
        ]
        points = tuple(Point(Period(_FIRST.start + i, 1), 25 + 75 * float(v)) for i, v in enumerate(y))
        chart = laney(Series(points), sheets, rng, expected=EXPECTED, draws=draws)
        if chart.false_alarm is not None:
            outside.append(bool(chart.outside))
            told.append(chart.false_alarm.per_chart)
    return float(np.mean(outside)), float(np.mean(told))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="charts of 24 months and usual people only")
    quick = parser.parse_args(arguments).quick
    print("months below / above their limits, in thousandths; charts with any; a fallen month found")
    for people in ("usual",) if quick else PEOPLE:
        for months in (24,) if quick else MONTHS:
            for ikm in INDICES:
                for n in SIZES:
                    _print_months(people, months, ikm, n)
    print("units below / above their 99.8 % limits, in thousandths, and their 95 % limits, in hundredths")
    for people in ("usual",) if quick else PEOPLE:
        for ikm in INDICES:
            for n in SIZES:
                rng = np.random.default_rng([SEED, 2, int(ikm), n])
                far, near = (units_outside(ikm, PEOPLE[people], n, rng, level) for level in (0.998, 0.95))
                cells = [
                    f"{way} {1000 * far[way][0].mean():5.1f} {1000 * far[way][1].mean():5.1f} "
                    f"{100 * near[way][0].mean():5.1f} {100 * near[way][1].mean():5.1f}"
                    for way in far
                ]
                print(f"{people:9} {ikm:.0f} {n:3d}  " + " | ".join(cells), flush=True)


def _print_months(people: str, months: int, ikm: float, n: int) -> None:
    rng = np.random.default_rng([SEED, 1, months, int(ikm), n])
    counts = loyal(ikm, *PEOPLE[people]).draw(rng, n, SERIES, months)
    found = months_outside(counts, n)
    fallen = counts.copy()
    fallen[:, months // 2] = loyal(ikm - FALLEN, *PEOPLE[people]).draw(rng, n, SERIES)
    power = {way: low[:, months // 2].mean() for way, (low, _) in months_outside(fallen, n).items()}
    cells = [
        f"{way} {1000 * low.mean():4.1f} {1000 * high.mean():4.1f} "
        f"{(low | high).any(axis=1).mean():.3f} {power[way]:.2f}"
        for way, (low, high) in found.items()
    ]
    happens, told = said(counts[:CHARTED], n, rng)
    print(
        f"{people:9} {months} {ikm:.0f} {n:3d}  {' | '.join(cells)} | charts {happens:.3f} said {told:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
