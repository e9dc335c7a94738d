"""A random sample of comments in which every group is: unequal probabilities, each of them known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Drawn:
    """One comment of a sample.

    Attributes:
        index: its place among those it was drawn from.
        probability: with which it is in a sample such as this one, above 0 and 1 at most.
        rate: how many of all were drawn, as a share: the probability if all had the same.
    """

    index: int
    probability: float
    rate: float


def draw_comments(strata: Sequence[str], size: int, rng: np.random.Generator) -> tuple[Drawn, ...]:
    """Draw `size` of the comments whose strata are given, in a random order; all where there are fewer.

    A stratum of N has the weight of the square root of N, so that small groups are read too; its comments
    share it alike. The sample is systematic along the strata in their order, after a random start: each has
    as many as are its due, rounded up or down, and every comment has a probability above 0. Within a stratum
    the order is random.

    Source: Madow (1949), systematic sampling with unequal probabilities; Särndal, Swensson, Wretman (1992),
    section 3.6.
    """
    total = len(strata)
    if size >= total:
        return tuple(Drawn(int(i), 1.0, 1.0) for i in rng.permutation(total))
    if size < 1:
        return ()
    sizes = Counter(strata)
    probability = _capped(np.array([sizes[s] ** -0.5 for s in strata]), size)
    shuffled = rng.permutation(total)
    order = shuffled[np.argsort(np.array(strata)[shuffled], kind="stable")]
    # Rounding must not lose the last one: the ends are whole numbers.
    ends = np.cumsum(probability[order])
    ends *= size / ends[-1]
    taken = order[np.searchsorted(ends, rng.uniform() + np.arange(size), side="right").clip(max=total - 1)]
    rate = size / total
    return tuple(Drawn(int(i), float(probability[i]), rate) for i in rng.permutation(taken))


def _capped(weights: np.ndarray, size: int) -> np.ndarray:
    """Probabilities that add up to `size`, in proportion to weights, none above 1."""
    certain = np.zeros(len(weights), dtype=bool)
    while True:
        free = ~certain
        left = size - certain.sum()
        share = np.where(free, weights * left / weights[free].sum(), 1.0)
        above = free & (share > 1)
        if not above.any():
            return share
        certain |= above
