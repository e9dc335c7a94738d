"""How often is a unit of the same kind called clearly better in any unsur by chance?

    python -m benchmarks.same_kind [--units 1000]

Seeded. A unit and its peers are drawn from the same people, so that whatever is called better is chance; the
product's own code scores the sheets, unsur by unsur, and judges (`analytics.comparison.ahead`), all pairs of
peer and unsur together, as `services.disclosure.same_kind` does. Printed is the share of units of whose page
any false "clearly better" would stand; at most .05 is promised. `seen` is the share of units that have one
peer which is better by 8 points or so in one unsur, and of which that is said.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from analytics.comparison import ahead
from analytics.ikm import Estimate, Moments, score
from benchmarks.beside_mean import UNSUR, sheets

SEED = 20261140
#: Answers of the unit, of its peers, and how content people are (1.4: most give 4 of 4).
CASES = {
    "9 units of 20-400": ((60,), (20, 60, 120, 400), 8, 0.1),
    "3 units of 200": ((200,), (200,), 2, 0.1),
    "20 units of 30": ((30,), (30,), 19, 0.1),
    "9 units of 5-10": ((5, 10), (5, 7, 10), 8, 0.1),
    "9 units of 10-40, content": ((10, 40), (10, 20, 40), 8, 1.4),
    "5 beside 9 of 400": ((5,), (400,), 8, 0.1),
}
#: One of these chances less in each answer's latent scale is some 8 points of an unsur.
HIGHER = 0.6


@dataclass
class Count:
    """Units drawn, those with a false claim, and those of which the true one was made."""

    units: int = 0
    wrong: int = 0
    seen: int = 0


def better(own: Moments, peers: list[Moments]) -> list[list[bool]]:
    """For each unsur and peer whether it is called clearly better."""
    judged = UNSUR * len(peers)
    found = []
    for element in range(UNSUR):
        mine, *theirs = (Estimate.of(score(m.alone(element))) for m in (own, *peers))
        found.append(list(ahead(mine, theirs, judged=judged)))
    return found


def run(
    own: tuple[int, ...], peers: tuple[int, ...], count: int, level: float, units: int, rng: Generator
) -> Count:
    """So many units, each beside `count` peers that do not differ; and again with one that does."""
    found = Count()
    for unit in range(units):
        mine = Moments.from_answers(sheets(own[unit % len(own)], rng, level))
        others = [sheets(peers[i % len(peers)], rng, level) for i in range(count)]
        sums = [Moments.from_answers(one) for one in others]
        found.units += 1
        found.wrong += any(any(row) for row in better(mine, sums))
        lifted = others[-1].copy()
        lifted[:, 2] = sheets(len(lifted), rng, level + HIGHER)[:, 2]
        found.seen += better(mine, [*sums[:-1], Moments.from_answers(lifted)])[2][-1]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1000)
    units = parser.parse_args().units
    rng = np.random.default_rng(SEED)
    print(f"{'':28} {'wrong':>6} {'seen':>6}")
    for name, (own, peers, count, level) in CASES.items():
        found = run(own, peers, count, level, units, rng)
        print(f"{name:28} {found.wrong / found.units:6.3f} {found.seen / found.units:6.3f}")


if __name__ == "__main__":
    main()
