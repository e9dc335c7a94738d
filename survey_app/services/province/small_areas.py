"""Where units of few respondents probably are: for looking after them, never in the place of the IKM."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from analytics import Period
from analytics.comparison import Area, small_areas
from analytics.disclosure import MINIMUM
from analytics.ikm import Moments, Sample, on_scale, sample, together
from survey_app.services.ikm.history import comparable
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.comparison import on_the_scale
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database

#: The year before a period, in periods of its length; and how far the summary reads back, which then reads
#: the same.
_YEAR = {"month": 12, "quarter": 4, "semester": 2, "year": 1}
_BACK = 5
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
    back = max(_BACK, _YEAR[period.kind])
    units = [u for u in overview(database, PROVINCE, period, back=back).units if _counts(u)]
    found = _estimated(tuple((u.trend[-1 - _YEAR[period.kind] :], u.instrument.weights) for u in units))
    return dict(zip((u.entry.unit.id for u in units), found, strict=True)) if found else {}


def _counts(unit: UnitResult) -> bool:
    enough = unit.score.n >= MINIMUM and unit.score.sample is not None
    return enough and unit.instrument.gives_ikm and on_the_scale(unit)


# Remembered by the results, compared by identity: as long as no answer comes, nothing is drawn anew.
@lru_cache(maxsize=16)
def _estimated(
    parts: tuple[tuple[tuple[PeriodResult, ...], tuple[Fraction, ...]], ...],
) -> tuple[Estimated, ...]:
    areas = [
        Area(now, _past(trend, weights))
        for trend, weights in parts
        if (now := trend[-1].score.sample) is not None
    ]
    found = small_areas(areas, np.random.default_rng(_SEED)).estimates
    return tuple(Estimated(on_scale((e.position, 1))[0], on_scale(e.interval)) for e in found)


def _past(trend: tuple[PeriodResult, ...], weights: tuple[Fraction, ...]) -> Sample | None:
    """All sheets of the year before that may be told; None for none, and across a change of the rule."""
    earlier = [p.moments for p in trend[:-1] if comparable(p.period, trend[-1].period)]
    told = [earlier[place] for block in together([[m.n] for m in earlier], MINIMUM) for place in block]
    if not told:
        return None
    return sample(Moments.merge_all(told, len(weights), trend[-1].moments.levels), weights=weights)
