"""What earlier months of a unit tell about how much its users differ, said coarsely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.ikm.moderated import LENT, MOST, Past, Sample

#: Months before a period that count, and the latest of them, which count by themselves as well: people may
#: have begun to answer otherwise lately.
WINDOW, LATEST = 24, (6, 3)
#: In steps of how much the weight of a past is said, and its dispersion.
WEIGHT_STEP, DISPERSION_STEP = 5, 0.01
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month that is over: when, as `Period.start` counts, and what its sheets tell.

    Or several of few people, told together in the last of them (`together`).
    """

    start: int
    sample: Sample


def together(counts: Sequence[Sequence[int]], minimum: int) -> list[list[int]]:
    """Which places of a series may be told alone, and which only put together with others.

    What a past tells is printed, and groups of fewer than `minimum` people are shown nowhere. So a place is
    told alone where none of its groups has fewer (but for nobody), and the others are put together among
    themselves, in their order, until that is so of them together: beside a place that is told they could be
    found by subtraction. A rest waits; a place without anybody is left out.

    Args:
        counts: (places, groups) sheets; places in the order of time, groups the same for all.
        minimum: 1 or more.

    Returns:
        places that are told as one, in the order in which the last of them came.
    """
    told, waiting, sums = list[list[int]](), list[int](), [0] * max(map(len, counts), default=0)
    for place, groups in enumerate(counts):
        if not any(groups):
            continue
        if _tellable(groups, minimum):
            told.append([place])
            continue
        waiting.append(place)
        sums = [a + b for a, b in zip(sums, groups, strict=True)]
        if _tellable(sums, minimum):
            told.append(waiting)
            waiting, sums = [], [0] * len(sums)
    return told


def _tellable(groups: Sequence[int], minimum: int) -> bool:
    return all(n == 0 or n >= minimum for n in groups)


def past_of(months: Sequence[Month], start: int, calibration: int = 0) -> Past | None:
    """The past of a period that begins in month `start`; None where it lends nothing.

    Of the 24 months before: dispersion = sum nu_t phi_t / sum nu_t, and if the latest six or the latest three
    of them show more, as much as they do; weight = half of sum nu_t, at most 60. The weight is rounded down
    to steps of five and the dispersion up to steps of .01: so the interval is never narrower for it, and
    stays as it is while the past is much the same.

    Args:
        months: of one unit (or service) and one questionnaire, none of fewer people than may be shown (see
            `together`); others than the 24 before are left out.
        start: the first month of the period, as `Period.start` counts.
        calibration: the number to give the result.
    """
    counted = [m for m in months if start - WINDOW <= m.start < start]
    freedom = _freedom(counted)
    weight = int(min(freedom * LENT, MOST) / WEIGHT_STEP + _ROUNDING) * WEIGHT_STEP
    if weight == 0:
        return None
    latest = ([m for m in counted if m.start >= start - count] for count in LATEST)
    telling = [run for run in latest if _freedom(run) * LENT >= WEIGHT_STEP - _ROUNDING]
    dispersion = max(_dispersion(run) for run in (counted, *telling))
    said = math.ceil(dispersion / DISPERSION_STEP - _ROUNDING) * DISPERSION_STEP
    return Past(weight=weight, dispersion=round(said, 2), calibration=calibration)


def _freedom(months: Sequence[Month]) -> float:
    return sum(m.sample.freedom for m in months)


def _dispersion(months: Sequence[Month]) -> float:
    """Of months with degrees of freedom."""
    return sum(m.sample.freedom * m.sample.dispersion for m in months) / _freedom(months)
