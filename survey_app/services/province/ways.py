"""Ways of answering over many units: what goes with them where the same people could have used either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics import Period
from analytics.ikm import IntArray
from analytics.sampling import WayDifference, compare_ways, levelled
from survey_app import instruments
from survey_app.services.answers import questionnaires
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import answered as unit_answered
from survey_app.services.ikm.answered import UNKNOWN_WAY, WAYS
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.ikm.ways import main_way, used_ways
from survey_app.services.province.comparison import on_the_scale
from survey_app.storage import answered
from survey_app.storage.answered import Answered
from survey_app.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class WaysOfMany:
    """The ways of answering of the units of a scope.

    Attributes:
        main: the way that the others are held against; None where no way is known.
        counts: respondents of every way that has any, the main one first; None is hidden.
        differences: every other known way that is not hidden against `main`, where both were used; none
            where that is.
        units: measured units that these are of.
    """

    main: Channel | None
    counts: tuple[tuple[Channel, int | None], ...]
    differences: tuple[WayDifference, ...]
    units: int

    @staticmethod
    def number(way: Channel) -> int:
        """The number of a way in the differences."""
        return WAYS.index(way)


def ways_of_many(database: Database, period: Period, of_units: Sequence[UnitResult]) -> WaysOfMany:
    """Of those of the units that are measured in `period` on one scale with a questionnaire of the IKM."""
    measured = [u for u in of_units if u.score.ikm is not None and u.instrument.gives_ikm and on_the_scale(u)]
    units = tuple((u.entry.unit.id, u.instrument.ref, u.current) for u in measured)
    with database.look() as connection:
        files = answered.standing_of_files(connection, [unit_id for unit_id, _, _ in units])
    return _of(database, period, units, files)


# Remembered by the units' results, as the sheets of one unit are: see `services.ikm.answered`.
@lru_cache(maxsize=16)
def _of(
    database: Database,
    period: Period,
    units: tuple[tuple[int, str, PeriodResult], ...],
    files: tuple[tuple[int, str], ...],
) -> WaysOfMany:
    refs = {unit_id: ref for unit_id, ref, _ in units}
    every = [ref for ref, i in instruments.published().items() if i.gives_ikm]
    with database.look() as connection:
        found = answered.read(connection, list(refs), period.month_range, every, profiles=False)
    of_series: defaultdict[str, list[Answered]] = defaultdict(list)
    for group in found:
        ref = refs[group.unit_id]
        if questionnaires.series(group.instrument) == questionnaires.series(ref):
            of_series[questionnaires.series_name(ref)].append(group)
    return _compared(list(of_series.values()), len(units))


def _compared(of_series: list[list[Answered]], units: int) -> WaysOfMany:
    """Every sheet by its own questionnaire, all differences together: they are in points of one scale."""
    parts: list[tuple[np.ndarray, IntArray, IntArray, IntArray]] = []
    for groups in of_series:
        instrument = instruments.get(groups[0].instrument)
        sheets = unit_answered.sheets_in(groups, len(instrument.elements))
        values = levelled(sheets.answers, sheets.strata, instrument.levels, instrument.weights)
        first = sum(int(part[1].max()) + 1 for part in parts)
        parts.append((values, sheets.strata + first, sheets.ways, sheets.units))
    if not parts:
        return WaysOfMany(main=None, counts=(), differences=(), units=units)
    values, strata, ways, unit_ids = (np.concatenate(column) for column in zip(*parts, strict=True))
    main = main_way(ways)
    counted = used_ways(ways, main)
    known = ways != WAYS.index(UNKNOWN_WAY)
    return WaysOfMany(
        main=None if main is None else WAYS[main],
        counts=tuple((WAYS[way], n) for way, n in counted.items()),
        # What is hidden of a way is hidden with its difference, as in a unit.
        differences=()
        if main is None or counted[main] is None
        else tuple(
            found
            for found in compare_ways(values[known], strata[known], ways[known], unit_ids[known], main)
            if counted[found.way] is not None
        ),
        units=units,
    )
