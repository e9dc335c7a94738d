"""IP ASN of a province, its agencies and its units: in a year, and over the years.

What was measured of whom is worked out in `staff_of_year`, with an example in numbers; here it is put
together for who looks at it. Over the years values are compared as far as the rules go: 2021 by those of
2019, then 2023 and 2024 by those of 2023, are a series with a break before 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app import rulesets
from survey_app.services.ip_asn.staff_of_year import Measure, staff_of_year
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.storage.places import Agency


@dataclass(frozen=True, kw_only=True)
class IpAsnYear:
    """A year in a scope: all of it, its agencies, and its units, measured or not, by agency and name."""

    scope: Scope
    year: int
    whole: Measure
    agencies: tuple[tuple[Agency, Measure], ...]
    units: tuple[tuple[UnitEntry, Measure], ...]

    @property
    def measured(self) -> tuple[tuple[UnitEntry, Measure], ...]:
        """Units with an index."""
        return tuple((entry, measure) for entry, measure in self.units if measure.index is not None)


@dataclass(frozen=True)
class YearPoint:
    """A year of a series. `breaks`: values before this year cannot be compared with it and later ones."""

    year: int
    measure: Measure
    breaks: bool


def years(database: Database) -> list[int]:
    """Years with an import, ascending."""
    with database.read() as connection:
        return ip_asn.years(connection)


def ip_asn_year(database: Database, scope: Scope, year: int) -> IpAsnYear:
    """IP ASN of everything in `scope`; agencies and the whole are headcount-weighted.

    A unit has no agencies in it, not even its own.
    """
    every = _every_unit(database)
    staff = staff_of_year(database, every, year)
    units = [entry for entry in every if scope.covers(entry)]
    agencies = {} if scope.unit is not None else {entry.agency.code: entry.agency for entry in units}
    return IpAsnYear(
        scope=scope,
        year=year,
        whole=staff.measure(scope),
        agencies=tuple((agency, staff.measure(Scope(agency=code))) for code, agency in agencies.items()),
        units=tuple((entry, staff.measure(Scope(unit=entry.unit.code))) for entry in units),
    )


def last_ip_asn(database: Database, scope: Scope, until: int) -> tuple[int, Measure] | None:
    """The last year up to `until` with an import, and the whole of `scope` in it; None before the first."""
    imported = [year for year in years(database) if year <= until]
    if not imported:
        return None
    last = imported[-1]
    return last, staff_of_year(database, _every_unit(database), last).measure(scope)


def ip_asn_series(database: Database, scope: Scope) -> tuple[YearPoint, ...]:
    """The whole of `scope` in every year with an import, with a break wherever the rules begin anew."""
    points: list[YearPoint] = []
    every = _every_unit(database)
    before: int | None = None
    for year in years(database):
        measure = staff_of_year(database, every, year).measure(scope)
        # A year without staff of the scope is under no rules, so it begins none.
        era = rulesets.era(measure.rulesets[-1]) if measure.rulesets else before
        points.append(YearPoint(year, measure, breaks=before is not None and era != before))
        before = era
    return tuple(points)


def _every_unit(database: Database) -> Sequence[UnitEntry]:
    """Also those outside the scope that is asked for: what may be shown of it depends on them."""
    return catalogue.list_units(database, PROVINCE)
