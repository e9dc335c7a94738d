"""The result of an agency (OPD) in a period: its units side by side, and together by three methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.aggregate import Aggregate, Method, aggregate
from analytics.compare import Adjusted, Difference, adjust, difference
from analytics.estimate import Estimate
from analytics.period import Period
from analytics.strata import Stratum
from survey_app.errors import NotFound
from survey_app.services import catalogue, results
from survey_app.services.results import UnitResult
from survey_app.storage.catalog import Agency
from survey_app.storage.database import Database
from survey_app.text import Text

#: Instruments of one family measure the same index: skm-2017 and skm-2017-tanpa-biaya, but not spak.
FAMILY = "skm"


@dataclass(frozen=True)
class UnitChange:
    """A unit against its own period before, adjusted for the number of units compared."""

    unit: UnitResult
    difference: Difference
    adjusted: Adjusted


@dataclass(frozen=True)
class AgencyResult:
    """An agency's units in a period.

    Attributes:
        units: by name; those without a value are listed too. Units of other surveys are not.
        aggregates: mean of units first; the others where the units' questionnaires allow them.
        changes: units with a value in this period and the one before.
    """

    agency: Agency
    period: Period
    units: tuple[UnitResult, ...]
    aggregates: tuple[Aggregate, ...]
    changes: tuple[UnitChange, ...]

    @property
    def official(self) -> Aggregate:
        """The mean of the units' values, which is the practice of provincial reports."""
        return self.aggregates[0]


def agency_result(database: Database, agency_code: str, period: Period) -> AgencyResult:
    """Compute the result of every active unit of an agency, and of the agency.

    Raises:
        NotFound: `agency-unknown`.
    """
    agency = next((a for a in catalogue.list_agencies(database) if a.code == agency_code), None)
    if agency is None:
        text = Text("Instansi {code} tidak dikenal", "There is no agency {code}")
        raise NotFound("agency-unknown", text.format(code=agency_code))
    entries = [e for e in catalogue.list_units(database, agency_code) if e.unit.active]
    found = [results.unit_result(database, entry.unit.code, period) for entry in entries]
    units = tuple(unit for unit in found if unit.instrument.id.split("-")[0] == FAMILY)
    return AgencyResult(agency, period, units, _aggregates(units), _changes(units))


def _aggregates(units: Sequence[UnitResult]) -> tuple[Aggregate, ...]:
    """Pooling and weighing need one questionnaire; the mean of values on one scale does not."""
    strata = [Stratum(u.entry.unit.name, u.current.moments, u.score.population) for u in units]
    one = len({u.instrument.series for u in units}) == 1
    weights = units[0].instrument.weights if one else None
    methods = (Method.MEAN_OF_UNITS, Method.POOLED, Method.BY_VOLUME) if one else (Method.MEAN_OF_UNITS,)
    return tuple(aggregate(strata, method, weights=weights) for method in methods)


def _changes(units: Sequence[UnitResult]) -> tuple[UnitChange, ...]:
    pairs = [(unit, unit.trend[-2].score) for unit in units if len(unit.trend) > 1]
    known = [(unit, before) for unit, before in pairs if None not in (unit.score.ikm, before.ikm)]
    differences = [difference(Estimate.of(before), Estimate.of(unit.score)) for unit, before in known]
    adjusted = adjust(differences)
    return tuple(
        UnitChange(unit, change, family)
        for (unit, _), change, family in zip(known, differences, adjusted, strict=True)
    )
