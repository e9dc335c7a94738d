"""The result of an agency (OPD) in a period: its units side by side, and together by three methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.aggregate import Aggregate, Coverage, Covers, Method, aggregate
from analytics.compare import Adjusted, Difference, adjust, difference
from analytics.estimate import Estimate
from analytics.period import Period
from analytics.reason import Reason
from analytics.strata import Stratum, weighted_sum
from survey_app.errors import NotFound
from survey_app.services import catalogue
from survey_app.services.overview import overview
from survey_app.services.results import UnitResult
from survey_app.services.scope import PROVINCE, Scope
from survey_app.storage.catalog import Agency
from survey_app.storage.database import Database
from survey_app.text import Text

#: Instruments of one family measure the same index: skm-2017 and skm-2017-tanpa-biaya, but not spak.
FAMILY = "skm"

_NO_UNITS = Estimate.undefined(Reason.NO_UNITS)


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
    return _result(database, Scope(agency=agency_code), agency, period)


def province_result(database: Database, name: str, period: Period) -> AgencyResult:
    """The same for every active unit of every agency, under the name the province is given."""
    return _result(database, PROVINCE, Agency(0, "", name), period)


def _result(database: Database, scope: Scope, agency: Agency, period: Period) -> AgencyResult:
    found = overview(database, scope, period).units
    units = tuple(u for u in found if u.entry.unit.active and _family(u) == FAMILY)
    return AgencyResult(agency, period, units, _aggregates(units), _changes(units))


def _family(unit: UnitResult) -> str:
    return unit.instrument.id.split("-")[0]


def _aggregates(units: Sequence[UnitResult]) -> tuple[Aggregate, ...]:
    """The mean of the units' own values always; pooling and weighing need one questionnaire."""
    if len({u.instrument.series for u in units}) != 1:
        return (_mean(units),)
    strata = [Stratum(u.entry.unit.name, u.current.moments, u.score.population) for u in units]
    weights = units[0].instrument.weights
    others = (aggregate(strata, method, weights=weights) for method in (Method.POOLED, Method.BY_VOLUME))
    return (_mean(units), *others)


def _mean(units: Sequence[UnitResult]) -> Aggregate:
    """Each unit by its own questionnaire and weights, as its report says it; all share one scale."""
    scored = [(u, Estimate.of(u.score)) for u in units]
    known = [e for _, e in scored if e.exact is not None]
    missing = tuple(u.entry.unit.name for u, e in scored if e.exact is None)
    value = weighted_sum(known, [Fraction(1, len(known))] * len(known)) if known else _NO_UNITS
    n = sum(u.score.n for u, e in scored if e.exact is not None)
    covers = Covers.REPORTING_UNITS if missing else Covers.ALL_UNITS
    coverage = Coverage(len(known), len(units), missing)
    return Aggregate(Method.MEAN_OF_UNITS, value, value.band(), n, coverage, covers)


def _changes(units: Sequence[UnitResult]) -> tuple[UnitChange, ...]:
    pairs = [(unit, unit.trend[-2].score) for unit in units]
    known = [(unit, before) for unit, before in pairs if None not in (unit.score.ikm, before.ikm)]
    differences = [difference(Estimate.of(before), Estimate.of(unit.score)) for unit, before in known]
    adjusted = adjust(differences)
    return tuple(
        UnitChange(unit, change, family)
        for (unit, _), change, family in zip(known, differences, adjusted, strict=True)
    )
