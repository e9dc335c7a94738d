"""The map of regions that anyone may see: of nothing but values that are published one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics import Period
from analytics.ikm import IkmResult, Moments
from survey_app.instruments import Instrument
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.services.ikm.results import PeriodResult
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_region import province_of
from survey_app.services.province.by_region import ByRegion, by_region, regions_of
from survey_app.storage.database import Database


@dataclass(frozen=True)
class PublicRegions:
    """The regions in one period."""

    period: Period
    found: ByRegion


def of_results(database: Database, results: Sequence[PublicResult]) -> PublicRegions | None:
    """The regions of the period that most of `results` are of, the newest of several; None without any.

    Each value stands on published values that are shown, with their intervals: who can read these could work
    it out. A result that is hidden, withheld or of another period is in no region, and is not counted there.
    None as well where no unit is said to serve a region.
    """
    entries = catalogue.list_units(database, PROVINCE)
    province = province_of(entries)
    shown = [r for r in results if r.score is not None and r.score.ikm is not None and r.instrument.gives_ikm]
    if province is None or not shown:
        return None
    counts = Counter(r.period for r in shown)
    period = max(counts, key=lambda p: (counts[p], p.end_day, p.months))
    of_unit = {entry.unit.code: entry.unit.region for entry in entries}
    placed = [
        (of_unit.get(r.unit_code), (r.unit_code, r.instrument.ref, _part(r)))
        for r in shown
        if r.period == period
    ]
    found = regions_of(province, placed)
    return PublicRegions(period, found) if found.measured else None


def of_paper(paper: RecapPaper) -> ByRegion | None:
    """The regions of a recap as one edition may tell them; None without any value.

    Of the public edition each value stands on the values that are printed there unit by unit, as on the
    public page; what is hidden is in no region, and is not counted there.
    """
    units = paper.result.summary.units
    if paper.internal:
        found = by_region(units)
        return found if found is not None and found.measured else None
    shown = [u for u in units if u.score.ikm is not None and u.instrument.gives_ikm]
    province = province_of(u.entry for u in units)
    if province is None or not shown:
        return None
    placed = [
        (u.entry.unit.region, (u.entry.unit.code, u.instrument.ref, _shown(u.instrument, u.period, u.score)))
        for u in shown
    ]
    found = regions_of(province, placed)
    return found if found.measured else None


def _part(result: PublicResult) -> PeriodResult:
    assert result.score is not None  # of results that are shown
    return _shown(result.instrument, result.period, result.score)


def _shown(instrument: Instrument, period: Period, score: IkmResult) -> PeriodResult:
    """A score that is told as a period of a unit; its sums stay inside."""
    sums = Moments.zero(len(instrument.elements), instrument.levels)
    return PeriodResult(period, sums, score, population_ignored=False)
