"""How the respondents of a unit answered, and whether a way of answering goes with another index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.disclosure import MINIMUM, hide_small_cells
from analytics.ikm import Estimate, IntArray, Moments, score
from analytics.sampling import WayDifference, compare_ways, levelled
from survey_app import instruments
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.answered import UNKNOWN_WAY, WAYS, Sheets, sheets_of
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class WayOfAnswering:
    """Those who answered in one way.

    Attributes:
        n: respondents; None is hidden, and everything else of the way with it.
        index: their IKM as they came.
        difference: against the main way for the same service in the same month; None for the main way, and
            for files, which do not say how people answered.
    """

    way: Channel
    n: int | None
    index: Estimate | None = None
    difference: WayDifference | None = None


@dataclass(frozen=True, kw_only=True)
class WaysOfUnit:
    """The ways of answering of a unit, the most used first; `main` is the one others are held against."""

    main: Channel | None
    ways: tuple[WayOfAnswering, ...]


def ways_of_unit(database: Database, result: UnitResult) -> WaysOfUnit | None:
    """None where nobody or only a few answered, all answered in one way, or the result is hidden."""
    if narrowed.unsur_hidden(result.score) or result.score.n < MINIMUM:
        return None
    found = _of(sheets_of(database, result), result.instrument.ref)
    return found if len(found.ways) > 1 else None


def main_way(ways: IntArray) -> int | None:
    """The way with most sheets, of those that are known: the number of `WAYS`; None without any."""
    counts = np.bincount(ways, minlength=len(WAYS))
    counts[WAYS.index(UNKNOWN_WAY)] = 0
    return int(counts.argmax()) if counts.any() else None


# Sheets are compared by identity, and are the same object as long as the answers are the same. As many are
# remembered as of the sheets themselves, which this keeps as well.
@lru_cache(maxsize=16)
def _of(sheets: Sheets, instrument_ref: str) -> WaysOfUnit:
    instrument = instruments.get(instrument_ref)
    main = main_way(sheets.ways)
    differences = {}
    if main is not None:
        known = sheets.where(sheets.ways != WAYS.index(UNKNOWN_WAY))
        values = levelled(known.answers, known.strata, instrument.levels, instrument.weights)
        found = compare_ways(values, known.strata, known.ways, known.units, main)
        differences = {difference.way: difference for difference in found}
    told = used_ways(sheets.ways, main)
    ways = []
    for way, n in told.items():
        if n is None:
            ways.append(WayOfAnswering(way=WAYS[way], n=None))
            continue
        moments = Moments.from_answers(sheets.answers[sheets.ways == way], instrument.levels)
        index = Estimate.of(score(moments, weights=instrument.weights))
        # A difference from a main way that is hidden would tell of those few.
        apart = None if main is None or told[main] is None else differences.get(way)
        ways.append(WayOfAnswering(way=WAYS[way], n=n, index=index, difference=apart))
    return WaysOfUnit(main=None if main is None else WAYS[main], ways=tuple(ways))


def used_ways(ways: IntArray, main: int | None) -> dict[int, int | None]:
    """The ways that have sheets with what may be told of their counts: the main one first, then by size."""
    counts = np.bincount(ways, minlength=len(WAYS))
    used = sorted(np.flatnonzero(counts).tolist(), key=lambda way: (way != main, -counts[way]))
    return dict(zip(used, told_counts(counts[used]), strict=True))


def told_counts(counts: IntArray) -> tuple[int | None, ...]:
    """The counts that may stand beside their total: as of profiles, and none where those that are hidden are
    a few people together, whose index the others' would tell."""
    table = hide_small_cells(np.array([counts], dtype=np.int64), MINIMUM)
    hidden = sum(int(n) for n, told in zip(counts, table.cells[0], strict=True) if told is None)
    if table.total is None or 0 < hidden < MINIMUM:
        return (None,) * len(counts)
    return table.cells[0]
