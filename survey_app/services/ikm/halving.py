"""How many more answers would halve the interval of an index."""

from __future__ import annotations

import math
from dataclasses import replace

from analytics.ikm import Sample

#: Times as many sheets as there are, beyond which nobody would plan.
_MOST = 64


def answers_to_halve(sample: Sample, n: int) -> int | None:
    """Answers beside the `n` there are with which the 95% interval would be half as wide, rounded up.

    The same interval of the same sample (`Sample.interval`) with more sheets: the position, how much people
    differ and what earlier months tell stay, and where N is known, less of it is unknown.

    Args:
        sample: of the index.
        n: its respondents, at least 2; some may have left unsur out, and as many of those to come.

    Returns:
        at least 1; None where the interval has no width, and where 64 times as many do not halve it.
    """
    goal = _width(sample, 1.0) / 2
    if goal == 0:
        return None
    known = 1 - sample.unseen
    low, high = n, math.floor(n * min(_MOST, 1 / known)) if known > 0 else n * _MOST
    if _width(sample, high / n) > goal:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _width(sample, middle / n) > goal:
            low = middle
        else:
            high = middle
    return high - n


def _width(sample: Sample, times: float) -> float:
    """Of the interval, 0 to 1, with so many times the sheets."""
    sheets = times * sample.sheets
    own = sample.freedom / (sample.sheets - 1) if sample.sheets > 1 else 0.0
    unseen = max(0.0, 1 - times * (1 - sample.unseen))
    low, high = replace(sample, sheets=sheets, freedom=own * (sheets - 1), unseen=unseen).interval()
    return high - low
