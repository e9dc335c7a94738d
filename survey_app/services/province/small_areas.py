"""Where units of few respondents probably are: for looking after them, never in the place of the IKM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics import Period
from analytics.comparison import Area, small_areas
from analytics.disclosure import MINIMUM
from analytics.ikm import Moments, Sample, on_scale, sample, sheets_in, together
from survey_app import instruments
from survey_app.services.answers import questionnaires
from survey_app.services.ikm.history import comparable
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.comparison import on_the_scale
from survey_app.services.province.overview import overview
from survey_app.storage import rollup
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell

#: Months before a period that are its past.
_YEAR = 12
#: The same draws everywhere, so that every page says the same.
_SEED = 20_170_014


@dataclass(frozen=True)
class Estimated:
    """The estimate of a unit in points of the IKM, and its 95% interval."""

    value: float
    interval: tuple[float, float]


def estimates(database: Database, period: Period) -> Mapping[int, Estimated]:
    """Of the units of the province with at least `disclosure.MINIMUM` respondents in the period, by their id.

    All of them lean on one another, whichever of them are looked at: a unit has one estimate. A unit of fewer
    people has none, and takes no part in those of others, from which it could be found; nor do months of
    so few in what the year before tells, but together. Empty where fewer than ten units are left. Services,
    questionnaires without an IKM and other scales have none.
    """
    units = [u for u in overview(database, PROVINCE, period, back=0).units if _counts(u)]
    with database.read() as connection:
        cells = defaultdict[int, list[Cell]](list)
        for cell in rollup.read(connection, None, _year_before(period)):
            cells[cell.unit_id].append(cell)
    pasts = [_past(_told(cells[u.entry.unit.id], u), u.instrument.ref) for u in units]
    found = _estimated(tuple(zip((u.current for u in units), pasts, strict=True)))
    return dict(zip((u.entry.unit.id for u in units), found, strict=True)) if found else {}


def _counts(unit: UnitResult) -> bool:
    enough = unit.score.n >= MINIMUM and unit.score.sample is not None
    return enough and unit.instrument.gives_ikm and on_the_scale(unit)


def _year_before(period: Period) -> tuple[int, int]:
    first, last = Period(period.start - _YEAR, 1), Period(period.start - 1, 1)
    return first.month_range[0], last.month_range[1]


def _told(cells: Sequence[Cell], unit: UnitResult) -> tuple[bytes, ...]:
    """The sums of all months that may be told, to the same questionnaire and under the same rule."""
    months = defaultdict[int, list[bytes]](list)
    for cell in questionnaires.same(cells, unit.instrument):
        if comparable(Period.of_month(cell.month), unit.period):
            months[cell.month].append(cell.sums)
    in_order = [months[month] for month in sorted(months)]
    blocks = together([[sum(map(sheets_in, sums))] for sums in in_order], MINIMUM)
    return tuple(sums for block in blocks for place in block for sums in in_order[place])


# A unit's past stays as it is while others get answers.
@lru_cache(maxsize=4_096)
def _past(sums: tuple[bytes, ...], instrument_ref: str) -> Sample | None:
    instrument = instruments.get(instrument_ref)
    merged = Moments.merge_bytes(sums, len(instrument.elements), instrument.levels)
    return sample(merged, weights=instrument.weights)


# Remembered by the results, compared by identity: as long as no answer comes, nothing is drawn anew.
@lru_cache(maxsize=16)
def _estimated(units: tuple[tuple[PeriodResult, Sample | None], ...]) -> tuple[Estimated, ...]:
    samples = [(result.score.sample, past) for result, past in units]
    areas = [Area(now, past) for now, past in samples if now is not None]
    found = small_areas(areas, np.random.default_rng(_SEED)).estimates
    return tuple(Estimated(on_scale((e.position, 1))[0], on_scale(e.interval)) for e in found)
