"""The table of units and unsur: cells that differ from the unsur's mean beyond chance, and its order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analytics.comparison import Side, aggregate, alike_order, beside_mean
from analytics.ikm import Estimate, IkmResult, Moments, score
from analytics.sampling import Stratum
from survey_app.services.ikm.results import PeriodResult
from survey_app.services.province.comparison import Comparison, HeatRow, on_the_scale

#: An unsur of a unit as a questionnaire of nothing else: its sheets, its score.
_Alone = tuple[Moments, IkmResult]


def sides(comparison: Comparison) -> tuple[tuple[Side, ...], ...]:
    """For each row and unsur of the comparison where the cell lies beside the mean of that unsur.

    Clearly above or below is what differs from the simple mean of all units beyond chance, all cells of the
    table allowed for (`beside_mean`). Missing data: what has no value, no sums that tell its error, or other
    levels than four is not judged, and level.
    """
    cells = sum(value is not None for row in comparison.heat for _, value in row.values)
    rows = tuple((row.result.current, row.result.instrument.keys, _known(row)) for row in comparison.heat)
    columns = [_column(rows, element.key, cells) for element in comparison.elements]
    return tuple(tuple(column[i] for column in columns) for i in range(len(rows)))


def alike_rows(comparison: Comparison) -> tuple[int, ...]:
    """The rows in an order in which units that are strong and weak in the same unsur stand together."""
    keys = [element.key for element in comparison.elements]
    table = [dict(row.values) for row in comparison.heat]
    return alike_order([[None if (v := row.get(key)) is None else float(v) for key in keys] for row in table])


def _known(row: HeatRow) -> frozenset[str]:
    """The unsur of the row that may be judged."""
    if not on_the_scale(row.result):
        return frozenset()
    return frozenset(key for key, value in row.values if value is not None)


# These two are remembered by the results, which are equal to themselves alone.
@lru_cache(maxsize=64)
def _column(
    rows: tuple[tuple[PeriodResult, tuple[str, ...], frozenset[str]], ...], key: str, cells: int
) -> tuple[Side, ...]:
    judged: dict[int, _Alone] = {}
    for place, (part, keys, known) in enumerate(rows):
        if key in known and part.moments.n:
            judged[place] = unsur_alone(part, keys.index(key))
    found: Sequence[_Alone] = list(judged.values())
    scores = [scored for _, scored in found]
    strata = [Stratum("", moments, scored.population) for moments, scored in found]
    mean = aggregate(strata, scores=scores).estimate
    if mean.interval is None:
        return (Side.LEVEL,) * len(rows)
    estimates = {place: Estimate.of(scored) for place, (_, scored) in judged.items()}
    sure = {place: e for place, e in estimates.items() if e.interval_at(0.95) is not None}
    beside = beside_mean(list(sure.values()), mean, len(found), judged=cells)
    by_place = {place: one.side for place, one in zip(sure, beside, strict=True)}
    return tuple(by_place.get(place, Side.LEVEL) for place in range(len(rows)))


@lru_cache(maxsize=8192)
def unsur_alone(part: PeriodResult, element: int) -> tuple[Moments, IkmResult]:
    """An unsur of a unit, at its place in the questionnaire, as a questionnaire of nothing else."""
    moments = part.moments.alone(element)
    return moments, score(moments, population=part.score.population, bands=part.score.bands)
