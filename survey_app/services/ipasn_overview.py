"""IP ASN of a province, its agencies and its units: in a year, and over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analytics.ip_asn import (
    EmployeeScore,
    MissingSums,
    Ruleset,
    UnitIndex,
    merge_missing,
    merge_units,
    missing,
    unit_index,
)
from survey_app import rulesets
from survey_app.services import catalogue, ipasn_splits
from survey_app.services.catalogue import UnitEntry
from survey_app.services.ipasn import measurements
from survey_app.services.ipasn_splits import Split
from survey_app.services.scope import Scope
from survey_app.storage import ipasn
from survey_app.storage.catalog import Agency
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Measure:
    """What was measured of some staff.

    Attributes:
        rulesets: the rules they were measured by, oldest first; none if nothing was imported.
        index: None without a measurement, and also under several rule sets: their values are not averaged.
        missing: what is not recorded, per dimension; empty without an index.
        whole: splits not shown because a part would be too small.
    """

    rulesets: tuple[Ruleset, ...] = ()
    index: UnitIndex | None = None
    missing: tuple[MissingSums, ...] = ()
    whole: frozenset[Split] = frozenset()

    @property
    def ruleset(self) -> Ruleset | None:
        """The rule set of `index`."""
        return self.rulesets[0] if len(self.rulesets) == 1 else None


@dataclass(frozen=True)
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
        return ipasn.years(connection)


def ip_asn_year(database: Database, scope: Scope, year: int) -> IpAsnYear:
    """IP ASN of everything in `scope`; agencies and the whole are headcount-weighted."""
    with database.read() as connection:
        version = ipasn.version(connection, year)
    entries = catalogue.list_units(database)
    measured = _province(database, year, version, tuple(entries))
    mine = [e for e in entries if scope.covers(e)]
    agencies = {e.agency.code: e.agency for e in mine}.values() if scope.unit is None else ()
    return IpAsnYear(
        scope,
        year,
        measured.get(_own(scope), Measure()) if mine else Measure(),
        tuple((agency, measured.get(Scope(agency=agency.code), Measure())) for agency in agencies),
        tuple((e, measured.get(Scope(unit=e.unit.code), Measure())) for e in mine),
    )


def last_ip_asn_year(database: Database, scope: Scope, until: int) -> IpAsnYear | None:
    """The last year up to `until` with an import, in a scope; None before the first."""
    measured = [year for year in years(database) if year <= until]
    return ip_asn_year(database, scope, measured[-1]) if measured else None


def ip_asn_series(database: Database, scope: Scope) -> tuple[YearPoint, ...]:
    """The whole of `scope` in every year with an import, with a break wherever the rules begin anew."""
    points: list[YearPoint] = []
    last: int | None = None
    for year in years(database):
        measure = ip_asn_year(database, scope, year).whole
        era = rulesets.era(measure.rulesets[-1]) if measure.rulesets else last
        points.append(YearPoint(year, measure, last is not None and era != last))
        last = era
    return tuple(points)


# Imports are only ever added, so their version names a year's data; what is kept are a few sums per unit.
@lru_cache(maxsize=32)
def _province(
    database: Database, year: int, version: tuple[int, int], entries: tuple[UnitEntry, ...]
) -> Mapping[Scope, Measure]:
    """Every measure of a year by its scope: province, agencies, units."""
    units = _units(database, year)
    agencies: defaultdict[str, dict[int, Measure]] = defaultdict(dict)
    for entry in entries:
        if entry.unit.id in units:
            agencies[entry.agency.code][entry.unit.id] = units[entry.unit.id]
    found = {Scope(agency=code): _together(list(members.values())) for code, members in agencies.items()}
    found[Scope()] = _together(list(units.values()))
    found |= {Scope(unit=e.unit.code): units[e.unit.id] for e in entries if e.unit.id in units}
    for split in Split:
        found = _guarded(found, split, entries, agencies)
    return found


def _own(scope: Scope) -> Scope:
    """The scope under which a measure is kept: a unit's without its agency."""
    return scope if scope.unit is None else Scope(unit=scope.unit)


def _units(database: Database, year: int) -> dict[int, Measure]:
    scores: defaultdict[int, list[EmployeeScore]] = defaultdict(list)
    for _, score in measurements(database, year):
        scores[int(score.unit)].append(score)
    return {unit: _measure(staff) for unit, staff in scores.items()}


def _measure(staff: Sequence[EmployeeScore]) -> Measure:
    found = _rules([score.ruleset for score in staff])
    return Measure(found) if len(found) > 1 else Measure(found, unit_index(staff), missing(staff))


def _together(units: Sequence[Measure]) -> Measure:
    found = _rules([ruleset for unit in units for ruleset in unit.rulesets])
    indices = [unit.index for unit in units if unit.index is not None]
    if len(found) > 1 or not indices:
        return Measure(found)
    sums = zip(*(unit.missing for unit in units), strict=True)
    return Measure(found, merge_units(indices, found[0]), tuple(merge_missing(parts) for parts in sums))


def _rules(found: Sequence[Ruleset]) -> tuple[Ruleset, ...]:
    by_id = {ruleset.id: ruleset for ruleset in found}
    return tuple(sorted(by_id.values(), key=lambda ruleset: (ruleset.first_year, ruleset.id)))


def _guarded(
    found: Mapping[Scope, Measure],
    split: Split,
    entries: Sequence[UnitEntry],
    agencies: Mapping[str, Mapping[int, Measure]],
) -> dict[Scope, Measure]:
    """The measures, kept whole where the split would show too few."""
    parts = {
        code: {u: ipasn_splits.parts_of(m.index, split) for u, m in members.items() if m.index is not None}
        for code, members in agencies.items()
    }
    hidden = ipasn_splits.decide(parts)
    scopes = {Scope(unit=e.unit.code) for e in entries if e.unit.id in hidden.units}
    scopes |= {Scope(agency=code) for code in hidden.agencies}
    scopes |= {Scope()} if hidden.whole else set()
    return {scope: _whole(m, split) if scope in scopes else m for scope, m in found.items()}


def _whole(measure: Measure, split: Split) -> Measure:
    if measure.index is None:
        return measure
    return replace(measure, index=ipasn_splits.without(measure.index, split), whole=measure.whole | {split})
