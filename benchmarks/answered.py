"""Who answered and how: what of it holds. python -m benchmarks.answered [DRAWS]

Seeded. Ways of answering: answers of two ways in services and months of one unit, with no difference or one,
and of many units whose ways differ each by its own; by what the product does
(`analytics.sampling.ways.compare_ways`), and by the difference of the two means as they came, which takes the
services that a way is used for with it. Counted is how many of the intervals hold the truth, and in how many
of the draws without any difference one is called beyond chance.

Nonresponse: users of two services, sexes and three ages, of whom the content kinds answer more often; what
the official index is off by on average, and how often its interval and that of the raked index
(`analytics.sampling.raking.rake`) hold the truth of all users; and what becomes of those who leave their age
open, left out as the product does or kept as a kind of their own with their share of the sheets.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.ikm.estimate import Estimate
from analytics.ikm.moments import Moments
from analytics.ikm.scoring import score
from analytics.sampling.levelling import levelled
from analytics.sampling.raking import Margin, rake
from analytics.sampling.ways import WayDifference, compare_ways
from benchmarks.sheets import Loyal

FloatArray = NDArray[np.float64]
SEED = 20261130
DRAWS = 2_000


@dataclass(frozen=True)
class Unit:
    """Sheets of each way, the first one main, in `strata` services and months 4 points apart at random."""

    sizes: tuple[int, ...]
    strata: int
    ikm: float
    apart: float = 0.0
    lines: float = 0.2

    def draw(self, rng: Generator) -> tuple[tuple[WayDifference, ...], tuple[float, float]]:
        """What is said of the ways, and the plain difference of the first two with its standard error.

        Few use a way other than the first in the services that people are most content with.
        """
        way = np.repeat(np.arange(len(self.sizes)), self.sizes)
        levels = np.clip(self.ikm + rng.normal(0, 4, self.strata), 40, 98)
        pull = np.exp((levels - self.ikm) / 8)
        stratum = np.where(
            way == 0,
            rng.choice(self.strata, len(way), p=pull / pull.sum()),
            rng.integers(0, self.strata, len(way)),
        )
        answers = np.empty((len(way), 9), dtype=np.int64)
        for h, level in enumerate(levels):
            for w, lines in ((False, 0.2), (True, self.lines)):
                mine = (stratum == h) & ((way > 0) == w)
                mean = min(99.0, level + (self.apart if w else 0.0))
                answers[mine] = Loyal(mean, lines).answer(rng, int(mine.sum()))
        values = levelled(answers, stratum, 4)
        found = compare_ways(values, stratum, way, np.zeros(len(way), dtype=np.int64), 0)
        y = 25 * answers.mean(axis=1)
        parts = [y[way == w] for w in (0, 1)]
        error = float(np.sqrt(sum(p.var(ddof=1) / len(p) for p in parts)))
        return found, (float(parts[1].mean() - parts[0].mean()), error)


@dataclass(frozen=True)
class Many:
    """Units of `size` sheets or so, whose ways differ by `apart` points on average and by `sd` among them."""

    units: int
    size: int
    sd: float
    ikm: float = 80.0
    apart: float = 0.0

    def draw(self, rng: Generator) -> tuple[WayDifference, ...]:
        """What is said of all units together."""
        values, strata, ways, units = [], [], [], []
        for u in range(self.units):
            n = int(np.clip(rng.lognormal(np.log(self.size), 0.8), 4, 600))
            way, stratum = (rng.random(n) < rng.beta(2, 3)).astype(np.int64), rng.integers(0, 4, n)
            level, apart = self.ikm + rng.normal(0, 5), self.apart + rng.normal(0, self.sd)
            answers = np.empty((n, 9), dtype=np.int64)
            for w in (0, 1):
                mine = way == w
                mean = float(np.clip(level + w * apart, 30, 99))
                answers[mine] = Loyal(mean, 0.2).answer(rng, int(mine.sum()))
            values.append(levelled(answers, stratum, 4))
            strata.append(stratum + 4 * u)
            ways.append(way)
            units.append(np.full(n, u))
        return compare_ways(
            np.concatenate(values), np.concatenate(strata), np.concatenate(ways), np.concatenate(units), 0
        )


UNITS = (
    *(Unit(sizes, h, ikm) for h in (1, 6) for sizes in ((10, 10), (100, 15), (300, 12)) for ikm in (70, 92)),
    Unit((200, 60), 6, 85),
    Unit((200, 60), 6, 85, apart=-5.0),
    Unit((100, 20), 3, 80, apart=-8.0, lines=0.8),
    Unit((100, 20), 3, 80, apart=4.0, lines=0.0),
    Unit((150, 60, 40, 30), 3, 80),
)
MANY = tuple(Many(units, 40, sd) for units in (5, 10, 40) for sd in (0.0, 2.0, 6.0))


def ways_table(draws: int) -> None:
    """One line for each kind of unit, then for each kind of province."""
    print(
        "one unit: sheets of each way, strata, IKM, true difference -> told, holds, any beyond chance, plain"
    )
    for unit in UNITS:
        rng = np.random.default_rng(SEED)
        drawn = [unit.draw(rng) for _ in range(draws)]
        every = [found for found, _ in drawn]
        plain = np.mean([abs(d - unit.apart) <= 1.96 * se for _, (d, se) in drawn])
        sizes = "/".join(map(str, unit.sizes))
        kind = f"{sizes:>16} {unit.strata:2} {unit.ikm:3.0f} {unit.apart:+5.1f}"
        print(f"{kind} {_told(every, unit.apart)} {plain:.3f}")
    print("many units: units, sheets of one, sd of their differences -> told, holds, beyond chance")
    for many in MANY:
        rng = np.random.default_rng(SEED)
        every = [many.draw(rng) for _ in range(draws // 4)]
        print(f"{many.units:3} {many.size:3} {many.sd:3.0f} {_told(every, many.apart)}")


def _told(every: Sequence[tuple[WayDifference, ...]], truth: float) -> str:
    """Shares: of all draws in which there is an interval, of these that hold, and of draws called clear."""
    intervals = [f.interval for found in every for f in found if f.interval is not None]
    told = np.mean([any(f.interval is not None for f in found) for found in every])
    holds = np.mean([low <= truth <= high for low, high in intervals]) if intervals else float("nan")
    clear = np.mean([any(f.beyond_chance for f in found) for found in every])
    return f"{told:.2f} {holds:.3f} {clear:.3f}"


@dataclass(frozen=True)
class Nonresponse:
    """Users of twelve kinds: by service, sex and age.

    Attributes:
        n: sheets.
        pull: how many times as often the most content kind answers as the least content one.
        apart: points between those kinds.
        left: share of the sheets that leave their age open, at random.
        crossed: whether one kind of many answers by itself otherwise than its service, sex and age say.
    """

    n: int
    pull: float
    apart: float
    left: float = 0.0
    crossed: bool = False

    def draw(self, rng: Generator) -> dict[str, Estimate]:
        """The official index, and the raked one by each rule for the ages left open."""
        kinds, level, chance = self._users()
        kind = rng.choice(len(kinds), self.n, p=_USERS * chance / (_USERS @ chance))
        answers = np.empty((self.n, 9), dtype=np.int64)
        for k, mean in enumerate(level):
            answers[kind == k] = Loyal(float(mean), 0.2).answer(rng, int((kind == k).sum()))
        is_open = rng.random(self.n) < self.left
        sizes = [np.bincount(kinds[:, i], _USERS).astype(np.float64) for i in range(3)]
        kept = ~is_open
        found = {"official": Estimate.of(score(Moments.from_answers(answers)))}
        found["raked"] = _raked(answers[kept], kinds[kind[kept]], sizes)
        if self.left:
            with_open = kinds[kind].copy()
            with_open[is_open, 2] = 3
            share = is_open.mean()
            ages = np.append(sizes[2] * (1 - share), sizes[2].sum() * share)
            found["kept"] = _raked(answers, with_open, [*sizes[:2], ages])
        return found

    @property
    def truth(self) -> float:
        """The index of all users."""
        return float(_USERS @ self._users()[1])

    def _users(self) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
        kinds = np.array([(s, x, a) for s in (0, 1) for x in (0, 1) for a in (0, 1, 2)])
        part = (kinds / np.array([1, 1, 2])).mean(axis=1)
        level, chance = 78 + self.apart * (part - 0.5), self.pull**part
        if self.crossed:
            level[3], chance[3] = level[3] - 6, chance[3] * 2
        return kinds, level, chance


#: Shares of the kinds among the users: service x sex x age, not independent of each other.
_USERS = np.array([8, 10, 6, 5, 9, 4, 12, 10, 5, 14, 9, 8], dtype=np.float64) / 100
NONRESPONSE = (
    Nonresponse(100, 1, 12),
    Nonresponse(50, 4, 12),
    Nonresponse(100, 4, 12),
    Nonresponse(300, 4, 12),
    Nonresponse(300, 10, 12),
    Nonresponse(300, 4, 12, left=0.15),
    Nonresponse(300, 4, 12, crossed=True),
)


def _raked(answers: NDArray[np.int64], kinds: NDArray[np.int64], sizes: Sequence[FloatArray]) -> Estimate:
    margins = [
        Margin(str(i), [str(c) for c in kinds[:, i]], {str(c): float(v) for c, v in enumerate(size)})
        for i, size in enumerate(sizes)
    ]
    return rake(answers, margins).weighted


def nonresponse_table(draws: int) -> None:
    """One line for each kind of nonresponse and way to compute: bias in points and coverage."""
    print("nonresponse: n, pull, points apart, ages left open, crossed -> bias and holds, of each")
    for case in NONRESPONSE:
        rng = np.random.default_rng(SEED)
        drawn = [case.draw(rng) for _ in range(draws)]
        said = []
        for name in drawn[0]:
            told = [d[name] for d in drawn if d[name].interval is not None]
            bias = np.mean([e.value for e in told if e.value is not None]) - case.truth
            holds = np.mean([e.interval[0] <= case.truth <= e.interval[1] for e in told if e.interval])
            said.append(f"{name} {bias:+.2f} {holds:.3f}")
        kind = f"{case.n:4} {case.pull:4.0f} {case.apart:4.0f} {case.left:.2f} {case.crossed!s:5}"
        print(f"{kind} {'; '.join(said)}")


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables."""
    draws = int(arguments[0]) if arguments else DRAWS
    ways_table(draws)
    nonresponse_table(draws)


if __name__ == "__main__":
    main(sys.argv[1:])
