"""Whether the odds of the letter are true: said beside true, by tenths and by words, in drawn provinces.

    python -m benchmarks.odds [--quick]

Seeded. A province is drawn of units of which each has its own index, its own kind of users (how alike a
person's answers are, how many give one score throughout) and its own number of answers a month; the index of
a unit moves from month to month. Twelve months are what the peers are found from, by the product's own code;
then every unit has one more month of n sheets, whose odds are told. True is the letter of the people who gave
them. Beside it what was told before: the confidence distribution whose points are the ends of the interval.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.special import stdtr, stdtrit

from analytics.ikm import SKM_2017, Month, Peers, Sample, peers_of
from analytics.ikm.moderated import sample_of
from analytics.ikm.odds import chances_below, lower_edges
from benchmarks.interval_methods import EXPECTED
from benchmarks.people import FloatArray, IntArray, Sheets, loyal

MONTHS = 12
SIZES, PROVINCES = (3, 5, 10, 30, 100), (10, 20, 60, 300)
#: n/N, where N is known.
KNOWN = (0.25, 0.5, 2 / 3, 10 / 11)
#: Drawn units, at least, for each line.
UNITS = 2400
#: Tenths with fewer said chances tell nothing.
TOLD = 200
EDGES = [(edge - 25) / 75 for edge in lower_edges(SKM_2017)]

#: How the indices of a province's units lie.
Kind = Callable[[Generator, int], FloatArray]
KINDS: dict[str, Kind] = {
    "round 82, sd 5": lambda rng, k: rng.normal(82, 5, k),
    "round 85, sd 2.5": lambda rng, k: rng.normal(85, 2.5, k),
    "round 78, sd 9": lambda rng, k: rng.normal(78, 9, k),
    "two groups, 72 and 90": lambda rng, k: np.where(
        rng.random(k) < 0.4, rng.normal(72, 2, k), rng.normal(90, 2, k)
    ),
    "most high, a tail below": lambda rng, k: 98 - rng.gamma(2, 5, k),
}
#: Of a month to the next: what stays of a unit's deviation, and its standard deviation in points.
STAYS, MOVES = 0.6, 1.5


@dataclass(frozen=True)
class Told:
    """Chances of the letters, and which was true."""

    chances: FloatArray
    true: IntArray


def province(
    kind: Kind, units: int, n: int, rng: Generator, known: float = 0.0
) -> tuple[Peers | None, list[Sample], IntArray]:
    """What twelve months tell, one more month of each unit, and the places of their true letters.

    `known`: n/N. With it the true letter is that of the N people of the month, of whom n answered.
    """
    months, samples, true = list[list[Month]](), list[Sample](), list[int]()
    for mean in kind(rng, units):
        lines, rho = round(rng.uniform(0, 0.5), 1), round(rng.choice((0.1, 0.15, 0.2, 0.25, 0.3)), 2)
        a_month, deviation, told = int(np.exp(rng.normal(np.log(15), 0.8))) + 5, 0.0, list[Month]()
        for start in range(MONTHS + 1):
            deviation = STAYS * deviation + rng.normal(0, MOVES * (1 - STAYS**2) ** 0.5)
            people = loyal(round(4 * float(np.clip(mean + deviation, 45, 98.5))) / 4, lines, rho)
            sheets = people.draw(rng, a_month if start < MONTHS else n)
            told.append(Month(start=start, sample=_sample(sheets, known if start == MONTHS else 0.0)))
        months.append(told[:-1])
        samples.append(told[-1].sample)
        if known:
            everyone = sheets + people.draw(rng, round(n / known) - n)
            truth = float(everyone @ np.arange(len(everyone)) / everyone.sum() / people.steps)
        else:
            truth = people.truth
        true.append(int(np.searchsorted(EDGES, truth, side="right")))
    return peers_of(months, MONTHS), samples, np.array(true)


def _sample(counts: IntArray, known: float) -> Sample:
    sheets = Sheets.of(counts[np.newaxis])
    position, variance = float(sheets.position[0]), float(sheets.variance[0])
    return sample_of(
        position=position, variance=variance, sheets=sheets.n, unseen=1 - known, expected=EXPECTED, past=None
    )


def confidence(sample: Sample) -> list[float]:
    """What was told before: the distribution whose 2.5 % and 97.5 % are the ends of the interval."""
    phi, freedom = sample.moderated
    t = float(stdtrit(freedom, 0.975))
    bend = 0.07 * phi / sample.sheets * (t * t * (1 - sample.freedom / freedom) - 1)
    x, e = sample.position - bend, 1 - 2 * bend
    return [float(stdtr(freedom, (e * p - x) / np.sqrt(phi / sample.sheets * p * (1 - p)))) for p in EDGES]


def told(kind: Kind, units: int, n: int, drawn: int, rng: Generator, known: float = 0.0) -> dict[str, Told]:
    """Of as many provinces as have `drawn` units together."""
    found: dict[str, list[list[float]]] = {"decided": [], "confidence": []}
    true = list[int]()
    for _ in range(-(-drawn // units)):
        peers, samples, letters = province(kind, units, n, rng, known)
        for sample in samples:
            found["decided"].append(chances_below(sample, EDGES, peers))
            found["confidence"].append(confidence(sample))
        true.extend(letters.tolist())
    return {
        way: Told(np.diff(np.array(below), axis=1, prepend=0, append=1), np.array(true))
        for way, below in found.items()
    }


def tenths(told: Told) -> Iterator[tuple[float, float, int]]:
    """Said, true and how many, of every tenth of the chances of all letters with enough of them."""
    hits = told.true[:, np.newaxis] == np.arange(told.chances.shape[1])
    tenth = np.minimum((told.chances * 10).astype(int), 9)
    for place in range(10):
        chosen = tenth == place
        if chosen.sum() >= TOLD:
            yield float(told.chances[chosen].mean()), float(hits[chosen].mean()), int(chosen.sum())


def worst(told: Told) -> tuple[float, float, int]:
    """The tenth whose said and true lie farthest apart."""
    return max(tenths(told), key=lambda row: abs(row[0] - row[1]))


def said_surely(told: Told, least: float, most: float = 1.01) -> tuple[float, int]:
    """How often the likeliest letter was true where its chance was in a range, and of how many."""
    top = told.chances.max(axis=1)
    chosen = (top >= least) & (top < most)
    right = told.chances.argmax(axis=1) == told.true
    return (float(right[chosen].mean()) if chosen.any() else float("nan")), int(chosen.sum())


#: The likeliest letter was told this much and less than the next.
SURE = (0.95, 0.75, 0.5)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fourth of the draws")
    parser.add_argument("--draws", type=int, default=UNITS, help=f"units a line, {UNITS} unless told")
    asked = parser.parse_args(argv)
    drawn = asked.draws // 4 if asked.quick else asked.draws
    print("worst tenth of all letters: said/true (how many); the likeliest right where told .95, .75, .5 on")
    for name, kind in KINDS.items():
        for units in PROVINCES:
            for n in SIZES:
                rng = np.random.default_rng([12, len(name), units, n])
                for way, found in told(kind, units, n, drawn, rng).items():
                    _print(f"{name:>24} {units:>4} {n:>4}      {way:>10}", found)
    name, kind = next(iter(KINDS.items()))
    for n in (10, 30):
        for known in KNOWN:
            found = told(kind, 60, n, drawn, np.random.default_rng([13, n]), known)["decided"]
            _print(f"{name:>24}   60 {n:>4} of {round(n / known):>2}    decided", found)


def _print(head: str, found: Told) -> None:
    said, true, count = worst(found)
    words = [said_surely(found, low, high) for low, high in zip(SURE, (1.01, *SURE), strict=False)]
    sure = "  ".join(f"{share:.2f} ({k})" for share, k in words)
    print(f"{head} {said:.2f}/{true:.2f} {said - true:+.3f} ({count})  {sure}", flush=True)


if __name__ == "__main__":
    main()
