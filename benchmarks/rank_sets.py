"""How often do the ranges of ranks of all units hold together, and how wide are they?

    python -m benchmarks.rank_sets [--quick]

Seeded. Provinces of units are drawn (`people.loyal`), and the product's own code says who is clearly above
whom. A province counts as held where the range of every unit has all places that its true value may have:
those of tied units in any order. Widths are shares of the K places. Beside it

- the joint region of Klein, Wright and Wieczorek (2020): each unit's own interval at .95^(1/K), clearly above
  where two do not overlap;
- the ranges of single units (`ranking.rank_intervals`), which say nothing of all of them and need units of
  which all vary. `outside`: those that reach beyond the range for all units.

Rows in which fewer than .95 seem to hold are drawn afresh with six times the provinces, and only those told.
Sheets `30-200`: the units of a province that are ranked, where those of fewer are left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.rank_sets import RankSet, rank_sets
from analytics.comparison.ranking import rank_intervals, shrink
from analytics.ikm import Estimate
from analytics.ikm.intervals import on_scale
from analytics.ikm.moderated import sample_of
from benchmarks.interval_methods import EXPECTED
from benchmarks.people import FloatArray, IntArray, Sheets, loyal

SEED = 20261130
#: Provinces by the number of their units.
PROVINCES = {5: 2_000, 20: 1_000, 60: 500, 500: 100}
#: Below this share a row is drawn afresh, with so many times the provinces.
DOUBTFUL, AFRESH = 0.95, 6
#: Those in which the ranges of single units are simulated as well, and with how many draws.
SINGLE, DRAWS = 60, 1_000
#: Sheets of a unit; where there are several, each unit has one of them by chance.
SIZES = {"5": (5,), "30": (30,), "200": (200,), "5-200": (5, 10, 30, 60, 200), "30-200": (30, 60, 120, 200)}
#: Share who give one score throughout, and how alike a person's answers are.
PEOPLE = {"alike": (0.0, 0.1), "usual": (0.3, 0.2), "differing": (0.6, 0.3)}
#: True values: all one, thirds of the units 3 points apart, and normal (mean, standard deviation).
EQUAL, TIED, NORMAL = "equal", "three ties", "normal"
CASES = ((EQUAL, 80.0, 0.0), (EQUAL, 92.0, 0.0), (EQUAL, 97.0, 0.0), (TIED, 85.0, 3.0), (NORMAL, 82.0, 4.0))
HIGHEST = 99.0

Ranges = Sequence[RankSet]


@dataclass
class Count:
    """Of one method: provinces in which all ranges held, and the widths of its ranges."""

    held: int = 0
    width: float = 0.0
    provinces: int = 0

    def add(self, ranges: Ranges, places: tuple[IntArray, IntArray]) -> None:
        low, high = np.array([r.low for r in ranges]), np.array([r.high for r in ranges])
        self.held += bool(((low <= places[0]) & (places[1] <= high)).all())
        self.width += float((high - low + 1).mean()) / len(ranges)
        self.provinces += 1

    def shown(self) -> str:
        if not self.provinces:
            return f"{'':>11}"
        return f"{self.held / self.provinces:5.3f} {self.width / self.provinces:5.2f}"


def true_values(kind: str, centre: float, spread: float, units: int, rng: Generator) -> FloatArray:
    """True index of every unit, in tenths so that people of each are made once."""
    if kind == TIED:
        return np.asarray(centre + spread * (np.arange(units) % 3 - 1.0), dtype=np.float64)
    return np.asarray(np.minimum(HIGHEST, np.round(rng.normal(centre, spread, units), 1)))


def places_of(true: FloatArray) -> tuple[IntArray, IntArray]:
    """The best and the worst place that each true value may have."""
    higher, lower = (true[None, :] - true[:, None] > 1e-9), (true[:, None] - true[None, :] > 1e-9)
    return 1 + higher.sum(axis=1), len(true) - lower.sum(axis=1)


def draw(
    true: FloatArray, sizes: Sequence[int], people: tuple[float, float], rng: Generator
) -> list[Estimate]:
    """What the product estimates of each unit, from sheets drawn anew."""
    ns = rng.choice(sizes, len(true)).tolist()
    return [
        _estimate(Sheets.of(loyal(ikm, *people).draw(rng, n, 1)), n) for ikm, n in zip(true, ns, strict=True)
    ]


def _estimate(sheets: Sheets, n: int) -> Estimate:
    position, variance = float(sheets.position[0]), float(sheets.variance[0])
    sample = sample_of(position=position, variance=variance, sheets=n, unseen=1.0, expected=EXPECTED)
    return Estimate(
        exact=25 + 75 * Fraction(position),
        se=75 * (variance / n) ** 0.5 if variance else None,
        df=n - 1.0 if variance else None,
        interval=on_scale(sample.interval()),
        n=n,
        sample=sample,
    )


def klein(units: Sequence[Estimate]) -> Ranges:
    """Clearly above where the intervals at .95^(1/K) do not overlap."""
    low, high = np.array([u.interval_at(0.95 ** (1 / len(units))) for u in units], dtype=np.float64).T
    above = low[:, None] > high[None, :]
    pairs = zip(above.sum(axis=0).tolist(), above.sum(axis=1).tolist(), strict=True)
    return [RankSet(1 + a, len(units) - b) for a, b in pairs]


def single(units: Sequence[Estimate], rng: Generator) -> Ranges | None:
    """As the product does; None where some unit cannot tell its error."""
    values, ns = [u.value or 0.0 for u in units], [u.n or 0 for u in units]
    ses = [u.se for u in units if u.se is not None]
    if len(ses) < len(units):
        return None
    shrunken = shrink(values, pooled_ses(values, ses, ns))
    ranks = rank_intervals(shrunken.values, shrunken.sds, rng, draws=DRAWS)
    return [RankSet(r.low, r.high) for r in ranks]


def row(case: tuple[str, float, float], size: str, people: str, units: int, provinces: int) -> str:
    """One row of the table, from a seed of its own; drawn afresh where our share seems low."""
    seed = (SEED, units, CASES.index(case), list(SIZES).index(size), list(PEOPLE).index(people))
    told = _drawn(case, size, people, units, provinces, np.random.default_rng(seed))
    if told.ours.held < DOUBTFUL * provinces:
        told = _drawn(case, size, people, units, AFRESH * provinces, np.random.default_rng((*seed, 1)))
    return told.shown()


@dataclass
class Drawn:
    """What was counted in the provinces of a row; `outside` of single-unit ranges."""

    ours: Count
    klein: Count
    single: Count
    outside: list[bool]

    def shown(self) -> str:
        share = f"{np.mean(self.outside):7.3f}" if self.outside else ""
        return f"{self.ours.shown()} | {self.klein.shown()} | {self.single.shown()} {share}"


def _drawn(
    case: tuple[str, float, float], size: str, people: str, units: int, provinces: int, rng: Generator
) -> Drawn:
    ours, kleins, singles = Count(), Count(), Count()
    outside: list[bool] = []
    for i in range(provinces):
        true = true_values(*case, units, rng)
        estimates, places = draw(true, SIZES[size], PEOPLE[people], rng), places_of(true)
        together = rank_sets(estimates)
        ours.add(together, places)
        kleins.add(klein(estimates), places)
        if i < SINGLE and (alone := single(estimates, rng)) is not None:
            singles.add(alone, places)
            outside += [a.low < t.low or a.high > t.high for a, t in zip(alone, together, strict=True)]
    return Drawn(ours, kleins, singles, outside)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a tenth of the provinces: two minutes")
    part = 10 if parser.parse_args(arguments).quick else 1
    print(f"{'':40}{'decided':>11} | {'Klein':>11} | {'single':>11}")
    heads = " |".join(["   all width"] * 3)
    print(f"{'values':15} {'people':9} {'sheets':6} {'units':>5}  {heads} outside")
    for case in CASES:
        for people in PEOPLE:
            for size in SIZES:
                for units, provinces in PROVINCES.items():
                    label = f"{case[0]} {case[1]:.0f}"
                    found = row(case, size, people, units, max(10, provinces // part))
                    print(f"{label:15} {people:9} {size:>6} {units:5d}   {found}", flush=True)


if __name__ == "__main__":
    main()
