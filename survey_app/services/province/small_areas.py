"""Where units of few respondents probably are: for looking after them, never in the place of the IKM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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
        told = defaultdict[int, list[_Told]](list)
        for cell in rollup.read(connection, None, _year_before(period)):
            told[cell.unit_id].append((cell.month, cell.instrument, cell.sums))
    pasts = [_past(tuple(told[u.entry.unit.id]), u.instrument.ref, period) for u in units]
    found = _estimated(tuple(zip((u.current for u in units), pasts, strict=True)))
    return dict(zip((u.entry.unit.id for u in units), found, strict=True)) if found else {}


def _counts(unit: UnitResult) -> bool:
    enough = unit.score.n >= MINIMUM and unit.score.sample is not None
    return enough and unit.instrument.gives_ikm and on_the_scale(unit)


def _year_before(period: Period) -> tuple[int, int]:
    first, last = Period(period.start - _YEAR, 1), Period(period.start - 1, 1)
    return first.month_range[0], last.month_range[1]


#: Month, questionnaire and sums of a cell.
_Told = tuple[int, str, bytes]


# A unit's past stays as it is while others get answers.
@lru_cache(maxsize=4_096)
def _past(cells: tuple[_Told, ...], instrument_ref: str, period: Period) -> Sample | None:
    """Of all months that may be told, to the same questionnaire and under the same rule."""
    instrument, months = instruments.get(instrument_ref), defaultdict[int, list[bytes]](list)
    for month, ref, sums in cells:
        if questionnaires.series(ref) == instrument.series and comparable(Period.of_month(month), period):
            months[month].append(sums)
    in_order = [months[month] for month in sorted(months)]
    blocks = together([[sum(map(sheets_in, sums))] for sums in in_order], MINIMUM)
    told = [sums for block in blocks for place in block for sums in in_order[place]]
    merged = Moments.merge_bytes(told, len(instrument.elements), instrument.levels)
    return sample(merged, weights=instrument.weights)


# Remembered by the results, compared by identity: as long as no answer comes, nothing is drawn anew.
@lru_cache(maxsize=16)
def _estimated(units: tuple[tuple[PeriodResult, Sample | None], ...]) -> tuple[Estimated, ...]:
    samples = [(result.score.sample, past) for result, past in units]
    areas = [Area(now, past) for now, past in samples if now is not None]
    found = small_areas(areas, np.random.default_rng(_SEED)).estimates
    return tuple(Estimated(on_scale((e.position, 1))[0], on_scale(e.interval)) for e in found)
