"""What to mend first: derived importance against performance.

The form has no question on importance, so importance is derived (the item-rest correlation) and has to be
labelled so. A regression on the nine unsur would say nothing: they explain the IKM identically (R2 = 1).
`what_if` has what a change of one unsur does to the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analytics.ikm.correlation import fisher_interval
from analytics.ikm.estimate import unsur_estimate
from analytics.ikm.intervals import Interval
from analytics.ikm.moments import Moments
from analytics.ikm.reliability import reliability
from analytics.reason import Reason


class Quadrant(StrEnum):
    """Importance and performance against the means of all unsur (Martilla and James 1977)."""

    MEND_FIRST = "mend-first"  # important, below the mean performance
    KEEP_UP = "keep-up"
    LOW_PRIORITY = "low-priority"
    ENOUGH = "enough"  # less important, above the mean performance


@dataclass(frozen=True, kw_only=True)
class Priority:
    """One unsur on the map.

    Attributes:
        nrr: performance, 1 to levels; nrr_interval: its 95 % interval, as `unsur_estimate` gives it.
        importance: item-rest correlation; importance_interval: 95 % by Fisher's z.
        quadrant: None where importance or performance is undefined.
        clear: both intervals keep to one side of the means, so the quadrant is more than chance.
    """

    nrr: float | None
    nrr_interval: Interval | None
    importance: float | None
    importance_interval: Interval | None
    quadrant: Quadrant | None
    clear: bool


@dataclass(frozen=True)
class PriorityMap:
    """Unsur in the instrument's order, and the means that divide the map; `reason` says why it is empty."""

    unsur: tuple[Priority, ...]
    mean_nrr: float | None
    mean_importance: float | None
    reason: Reason | None


def priorities(moments: Moments, population: int | None = None) -> PriorityMap:
    """Importance (item-rest) and performance (NRR) of every unsur with intervals and quadrant.

    `population` are the users served in the period, at least n: they narrow the interval of an NRR.

    Missing data: as `reliability` (pairwise); NRR over the sheets that answer the unsur. Without a defined
    reliability there is no importance, and `reason` says why.
    """
    result = reliability(moments)
    nrr = [t / n if n else None for n, t in zip(moments.answered, moments.totals, strict=True)]
    mean_nrr, mean_importance = _mean(nrr), _mean(result.item_rest)
    unsur = tuple(
        _priority(
            nrr[i],
            unsur_estimate(moments, i, population).interval,
            r,
            None if r is None else fisher_interval(r, result.n_effective),
            (mean_nrr, mean_importance),
        )
        for i, r in enumerate(result.item_rest)
    )
    return PriorityMap(unsur, mean_nrr, mean_importance, result.reason)


def _priority(
    nrr: float | None,
    nrr_interval: Interval | None,
    importance: float | None,
    importance_interval: Interval | None,
    means: tuple[float | None, float | None],
) -> Priority:
    quadrant = None
    if nrr is not None and importance is not None and means[0] is not None and means[1] is not None:
        quadrant = _QUADRANTS[importance >= means[1], nrr >= means[0]]
    clear = _excludes(nrr_interval, means[0]) and _excludes(importance_interval, means[1])
    return Priority(
        nrr=nrr,
        nrr_interval=nrr_interval,
        importance=importance,
        importance_interval=importance_interval,
        quadrant=quadrant,
        clear=clear,
    )


_QUADRANTS: dict[tuple[bool, bool], Quadrant] = {
    (True, False): Quadrant.MEND_FIRST,
    (True, True): Quadrant.KEEP_UP,
    (False, False): Quadrant.LOW_PRIORITY,
    (False, True): Quadrant.ENOUGH,
}


def _excludes(interval: Interval | None, value: float | None) -> bool:
    return interval is not None and value is not None and not interval[0] <= value <= interval[1]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return float(np.mean(known)) if known else None
