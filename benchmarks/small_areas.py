"""Whether estimates of small units are near the truth, and whether their intervals hold.

    python -m benchmarks.small_areas [--quick]

Seeded. Provinces are drawn of units of 5 to 200 sheets (`people.loyal`), with six times as many in the year
before, and estimated by the product's own code. Of each kind of province and of unit: the share of intervals
that hold the truth, their width in points, and the mean squared error as a multiple of that of the unit's own
IKM. Beside them the unit's own IKM with its interval, and `ranking.shrink` with values -+ 1.96 sd, which
knows no past. One unit in sixteen is atypical: its index has moved by .9 on the logit scale since (12 points
of 82), three times of four downwards; without a past it lies 1.3 from the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit, logit

from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.ranking import shrink
from analytics.comparison.small_areas import Area, small_areas
from analytics.ikm.moderated import Sample, sample_of
from benchmarks.interval_methods import EXPECTED
from benchmarks.people import FloatArray, IntArray, Sheets, loyal

BoolArray = NDArray[np.bool_]

SEED = 20261130
UNITS = (10, 20, 60, 300)
SIZES = (5, 8, 12, 20, 30, 60, 200)
#: Units that are drawn of each line, in as many provinces as that takes.
DRAWN = 6_000
#: Sheets of the year before, for each of the period; draws of the bootstrap.
EARLIER, DRAWS = 6, 400
ODD, MOVED, ALONE = 1 / 16, 0.9, 1.3
LEAST, MOST = 45.0, 98.5
#: How all move from one year to the next on the logit scale, and by how much units differ in that.
KINDS = {
    "stable": (0.0, 0.08),
    "drifting": (0.15, 0.25),
    "two groups": (0.0, 0.15),
    "high": (0.0, 0.15),
    "no past": (0.0, 0.1),
}
#: Below it a unit is not ranked.
FEW = 30


@dataclass(frozen=True)
class Province:
    """Units with their true positions, which of them are atypical, and their sheets."""

    areas: list[Area]
    true: FloatArray
    odd: BoolArray
    n: IntArray


def _on_logit(ikm: FloatArray | float) -> FloatArray:
    return np.asarray(logit((np.clip(ikm, LEAST, MOST) - 25) / 75))


def _levels(kind: str, units: int, rng: Generator) -> FloatArray:
    if kind == "two groups":
        return np.where(rng.random(units) < 0.4, rng.normal(72, 2, units), rng.normal(90, 2, units))
    return 98 - rng.gamma(2, 4, units) if kind == "high" else rng.normal(82, 5, units)


def draw(kind: str, units: int, rng: Generator) -> Province:
    """One province."""
    before, (all_move, differ) = _on_logit(_levels(kind, units, rng)), KINDS[kind]
    now = before + all_move + rng.normal(0, differ, units)
    odd, sign = rng.random(units) < ODD, np.where(rng.random(units) < 0.75, -1, 1)
    now = np.where(odd, _on_logit(82) + sign * ALONE if kind == "no past" else now + sign * MOVED, now)
    n, areas, true = rng.choice(SIZES, units), list[Area](), list[float]()
    for i in range(units):
        lines, rho = round(rng.uniform(0, 0.5), 1), round(rng.choice((0.1, 0.15, 0.2, 0.25, 0.3)), 2)
        people = loyal(_tenths(now[i]), lines, rho)
        past = None
        if kind != "no past":
            past = _sample(Sheets.of(loyal(_tenths(before[i]), lines, rho).draw(rng, EARLIER * n[i], 1)))
        areas.append(Area(_sample(Sheets.of(people.draw(rng, n[i], 1))), past))
        true.append(people.truth)
    return Province(areas, np.array(true), odd, n)


def _tenths(theta: float) -> float:
    """In quarters of a point, so that people of each index are made once."""
    return float(np.clip(np.round(4 * (25 + 75 * expit(theta))) / 4, LEAST, MOST))


def _sample(sheets: Sheets) -> Sample:
    position, variance = float(sheets.position[0]), float(sheets.variance[0])
    return sample_of(position=position, variance=variance, sheets=sheets.n, unseen=1.0, expected=EXPECTED)


#: Values and both ends of their intervals, as positions: (3, units).
Way = FloatArray


def ways(province: Province, rng: Generator, draws: int = DRAWS) -> dict[str, Way]:
    """The unit's own, shrunken, and estimated."""
    own = [(a.sample.position, *a.sample.interval()) for a in province.areas]
    found = small_areas(province.areas, rng, draws=draws).estimates
    estimated = [(e.position, *e.interval) for e in found]
    return {"own": np.array(own).T, "shrink": _shrunken(province), "estimate": np.array(estimated).T}


def _shrunken(province: Province) -> Way:
    samples = [a.sample for a in province.areas]
    values = [25 + 75 * s.position for s in samples]
    room = [s.position * (1 - s.position) for s in samples]
    # Of the dispersion the variance of one sheet's position, as `sample_of` made it.
    variances = [s.dispersion * r / (1 - s.dispersion / s.sheets) for s, r in zip(samples, room, strict=True)]
    ses = [75 * (v / s.sheets) ** 0.5 for v, s in zip(variances, samples, strict=True)]
    pooled = pooled_ses(values, ses, [int(s.sheets) for s in samples])
    least = 75 * 0.01
    shrunken = shrink(values, [max(se, least) for se in pooled])
    value, half = np.array(shrunken.values), 1.96 * np.array(shrunken.sds)
    return (np.array([value, np.maximum(25, value - half), np.minimum(100, value + half)]) - 25) / 75


def measure(kind: str, units: int, drawn: int, seed: int = SEED) -> dict[str, tuple[Province, Way]]:
    """Every way with all units of as many provinces as that takes."""
    rng = np.random.default_rng([seed, units, list(KINDS).index(kind)])
    provinces = [draw(kind, units, rng) for _ in range(-(-drawn // units))]
    found = [ways(p, rng) for p in provinces]
    true, odd, n = (
        np.concatenate(part) for part in zip(*((p.true, p.odd, p.n) for p in provinces), strict=True)
    )
    together = Province([a for p in provinces for a in p.areas], true, odd, n)
    return {way: (together, np.concatenate([f[way] for f in found], axis=1)) for way in found[0]}


def kinds_of_unit(province: Province) -> dict[str, BoolArray]:
    """Which units are of each kind."""
    few = province.n < FEW
    return {
        "all": np.full(len(few), True),
        "typical, few": few & ~province.odd,
        "typical, 30 on": ~few & ~province.odd,
        "atypical, few": few & province.odd,
        "atypical, 30 on": ~few & province.odd,
    }


def told(province: Province, way: Way, own: Way, which: BoolArray) -> tuple[float, float, float, float]:
    """Coverage, width, mean squared error beside the own, and mean error, in points where it is one."""
    value, low, high = way[:, which]
    true = province.true[which]
    error, before = value - true, own[0, which] - true
    holds = (low <= true) & (true <= high)
    ratio = float((error**2).mean() / (before**2).mean())
    return float(holds.mean()), 75 * float((high - low).mean()), ratio, 75 * float(error.mean())


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a fifth of the units")
    drawn = DRAWN // 5 if parser.parse_args(arguments).quick else DRAWN
    print("coverage, width, mean squared error as a multiple of the own, mean error")
    print(
        f"{'province':10} {'units':>5} {'of':15} "
        + " | ".join(f"{w:^26}" for w in ("own", "shrink", "estimate"))
    )
    for kind in KINDS:
        for units in UNITS:
            found = measure(kind, units, drawn)
            province, own = found["own"]
            for name, which in kinds_of_unit(province).items():
                cells = [told(province, way, own, which) for _, way in found.values()]
                row = " | ".join(f"{c:6.3f} {w:6.1f} {r:5.2f} {e:+6.2f}" for c, w, r, e in cells)
                print(f"{kind:10} {units:5d} {name:15} {row}", flush=True)


if __name__ == "__main__":
    main()
