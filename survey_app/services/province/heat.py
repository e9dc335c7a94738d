"""The table of units and unsur: which of its letters are beyond chance, and in which order its rows stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analytics.comparison import alike_order
from analytics.ikm import Band, classify, unsur_estimate
from analytics.rounding import half_up
from survey_app.services.ikm.results import PeriodResult
from survey_app.services.province.comparison import Comparison, HeatRow

#: With that confidence every letter that is called sure is right.
LEVEL = 0.95


def sure_letters(comparison: Comparison) -> tuple[tuple[bool, ...], ...]:
    """For each row and unsur of the comparison whether the letter is beyond chance.

    It is where the interval of the unsur lies within its letter, at the level 0.95^(1/cells) of all cells
    that have a value: so of all that are called sure, hardly ever one is not (Sidak).
    Missing data: what has no value, or no sums that tell its error, is not sure.
    """
    cells = sum(value is not None for row in comparison.heat for _, value in row.values)
    if not cells:
        return tuple((False,) * len(comparison.elements) for _ in comparison.heat)
    each = LEVEL ** (1 / cells)
    keys = [element.key for element in comparison.elements]
    return tuple(_of_row(row, keys, each) for row in comparison.heat)


def alike_rows(comparison: Comparison) -> tuple[int, ...]:
    """The rows in an order in which units that are strong and weak in the same unsur stand together."""
    keys = [element.key for element in comparison.elements]
    table = [dict(row.values) for row in comparison.heat]
    return alike_order([[None if (v := row.get(key)) is None else float(v) for key in keys] for row in table])


def _of_row(row: HeatRow, keys: Sequence[str], level: float) -> tuple[bool, ...]:
    result = row.result
    sure = _sure(result.current, tuple(result.instrument.bands), level)
    shown = {key: value is not None for key, value in row.values}
    of_key = dict(zip(result.instrument.keys, sure, strict=True))
    return tuple(shown.get(key, False) and of_key[key] for key in keys)


# Remembered by the result, which is equal to itself alone.
@lru_cache(maxsize=2048)
def _sure(part: PeriodResult, bands: tuple[Band, ...], level: float) -> tuple[bool, ...]:
    moments, scale = part.moments, 100 / part.moments.levels
    found = []
    for element in range(moments.k):
        estimate = unsur_estimate(moments, element, part.score.population)
        ends = estimate.interval_at(level)
        letters = {classify(half_up(end * scale), bands).mutu for end in ends} if ends else set()
        found.append(len(letters) == 1)
    return tuple(found)
