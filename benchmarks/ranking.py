"""How often do shrunken values and rank intervals hold the truth? python -m benchmarks.ranking

Seeded. Provinces of units are drawn whose true IKM is normal round a mean; each unit gets 30 to 200 sheets
(see benchmarks.sheets), is scored by the product's own code, and its 95 % intervals are counted that hold the
truth: the shrunken value -+ 1.96 sd, of all units and of the lowest quarter, and the interval of the rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from scipy.stats import rankdata

from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.ranking import rank_intervals, shrink
from analytics.ikm import Moments
from analytics.ikm.scoring import score
from benchmarks.sheets import Users

SEED = 20261128
UNITS, PROVINCES, DRAWS = (5, 12, 40), 1_200, 500
CENTRES, SPREADS = (80.0, 90.0), (1.0, 2.0, 4.0)
#: True values lie on a grid of tenths, so that the level of satisfaction behind each is found once.
GRID, HIGHEST = 10, 99.0


@dataclass(frozen=True)
class Held:
    """Shares of units, for one number of units and one spread of their true values."""

    value: float
    lowest: float
    rank: float


def measure(units: int, centre: float, spread: float, rng: Generator) -> Held:
    """Draw provinces of `units` until `PROVINCES` units are seen at least, and count."""
    values, lowest, ranks = [], [], []
    for _ in range(max(30, PROVINCES // units)):
        true = np.minimum(HIGHEST, np.round(rng.normal(centre, spread, units) * GRID) / GRID)
        ns = rng.integers(30, 200, units)
        sheets = [_users(ikm).answer(rng, n) for ikm, n in zip(true.tolist(), ns.tolist(), strict=True)]
        found = [score(Moments.from_answers(answers)) for answers in sheets]
        y, se = [float(result.exact or np.nan) for result in found], [result.se or 0.0 for result in found]
        shrunken = shrink(y, pooled_ses(y, se, ns.tolist()))
        held = np.abs(true - shrunken.values) <= 1.96 * np.array(shrunken.sds)
        places = rankdata(-true, method="ordinal")
        intervals = rank_intervals(shrunken.values, shrunken.sds, rng, draws=DRAWS)
        values.append(held)
        lowest.append(held[true <= np.quantile(true, 0.25)])
        ranks.append([r.low <= place <= r.high for r, place in zip(intervals, places, strict=True)])
    return Held(*(float(np.concatenate(found).mean()) for found in (values, lowest, ranks)))


@lru_cache
def _users(ikm: float) -> Users:
    return Users.at(ikm)


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(SEED)
    print(f"{'units':>5} {'IKM':>4} {'spread':>6} {'value':>6} {'lowest quarter':>14} {'rank':>6}")
    for units in UNITS:
        for centre in CENTRES:
            for spread in SPREADS:
                h = measure(units, centre, spread, rng)
                print(
                    f"{units:5d} {centre:4.0f} {spread:6.1f} {h.value:6.3f} {h.lowest:14.3f} {h.rank:6.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
