"""How often is a unit, or a cell of the table of units and unsur, called clearly beside the mean by chance?

    python -m benchmarks.beside_mean [--provinces 400]

Seeded. In every province all units are drawn from the same people, so that each unit and each cell has the
true value of the mean and whatever is called clear is chance. The product's own code scores the sheets
(`analytics.ikm.score`), takes the mean (`aggregate`) and judges (`beside_mean`): all units of a province
together, all cells of its table together. Printed is the share of provinces in which any is called clear;
at most .05 is promised. `seen` is the share of units whose true value is 4 points lower that are called so.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from analytics.comparison import Side, aggregate, beside_mean
from analytics.ikm import Estimate, IntArray, Moments, score
from analytics.sampling import Stratum

SEED = 20261133
UNSUR = 9
#: Where a judgement turns into 2, 3 and 4, as in the demonstration; and how much easier each unsur is.
_THRESHOLDS = (-2.3, -1.25, 0.75)
_EASE = np.array([0.15, 0.0, -0.35, 0.55, 0.1, 0.2, 0.3, -0.3, -0.15])
#: A unit so much harder has an index about 4 points lower.
LOWER = -0.38
CASES = {"60 units of 30": (60, (30,)), "60 of 30-400": (60, (30, 60, 120, 400)), "20 of 200": (20, (200,))}


@dataclass
class Count:
    """Provinces, those with a unit or a cell called clear, and lower units seen of those drawn."""

    provinces: int = 0
    units: int = 0
    cells: int = 0
    seen: int = 0
    lower: int = 0


def sheets(n: int, rng: Generator, level: float = 0.1) -> IntArray:
    """(n, 9) answers of people who are more or less content with everything."""
    latent = level + _EASE + rng.normal(0, 0.85, (n, 1)) + rng.normal(0, 0.75, (n, UNSUR))
    return np.asarray(1 + np.digitize(latent, _THRESHOLDS), dtype=np.int64)


def judged(answers: list[Moments], comparisons: int) -> list[Side]:
    """The side of each unit, its sums given, as one of so many comparisons."""
    scores = [score(moments) for moments in answers]
    mean = aggregate([Stratum("", moments, None) for moments in answers], scores=scores).estimate
    found = beside_mean([Estimate.of(s) for s in scores], mean, len(scores), judged=comparisons)
    return [one.side for one in found]


def run(units: int, sizes: tuple[int, ...], provinces: int, rng: Generator, *, cells: bool = True) -> Count:
    """Provinces in which all units are alike; and as many in which the first is lower."""
    count = Count()
    for _ in range(provinces):
        drawn = [sheets(sizes[i % len(sizes)], rng) for i in range(units)]
        sums = [Moments.from_answers(one) for one in drawn]
        count.provinces += 1
        count.units += any(side is not Side.LEVEL for side in judged(sums, units))
        if cells:
            columns = [[m.alone(element) for m in sums] for element in range(UNSUR)]
            sides = [side for column in columns for side in judged(column, units * UNSUR)]
            count.cells += any(side is not Side.LEVEL for side in sides)
        sums[0] = Moments.from_answers(sheets(sizes[-1], rng, 0.1 + LOWER))
        count.lower += 1
        count.seen += judged(sums, units)[0] is Side.BELOW
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provinces", type=int, default=400)
    provinces = parser.parse_args().provinces
    rng = np.random.default_rng(SEED)
    print(f"{'':18} {'units':>6} {'cells':>6} {'seen':>6}")
    for name, (units, sizes) in CASES.items():
        found = run(units, sizes, provinces, rng)
        print(
            f"{name:18} {found.units / found.provinces:6.3f} {found.cells / found.provinces:6.3f}"
            f" {found.seen / found.lower:6.3f}"
        )


if __name__ == "__main__":
    main()
