"""IP ASN of a province, its agencies and its units: in a year, and over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics.ip_asn import (
    MissingSums,
    Ruleset,
    Staff,
    UnitIndex,
    merge_staff,
    staff_index,
    staff_missing,
)
from survey_app import rulesets
from survey_app.services.ip_asn import splits, staff_sums
from survey_app.services.ip_asn.splits import Hidden, Split
from survey_app.services.ip_asn.staff_sums import Sums
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.storage.places import Agency


@dataclass(frozen=True)
class Measure:
    """What was measured of some staff.

    Attributes:
        rulesets: the rules they were measured by, oldest first; none if nothing was imported.
        index: None without a measurement, and also under several rule sets: their values are not averaged.
        missing: what is not recorded, per dimension; empty without an index.
        whole: splits not shown because a part would be too small.
        hidden: there is an index, and it may not be told outside (`outgoing_staff`).
    """

    rulesets: tuple[Ruleset, ...] = ()
    index: UnitIndex | None = None
    missing: tuple[MissingSums, ...] = ()
    whole: frozenset[Split] = frozenset()
    hidden: bool = False

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
        return ip_asn.years(connection)


def ip_asn_year(database: Database, scope: Scope, year: int) -> IpAsnYear:
    """IP ASN of everything in `scope`; agencies and the whole are headcount-weighted."""
    entries = catalogue.list_units(database, PROVINCE)
    staff = _staff_of(database, entries, year)
    mine = [e for e in entries if scope.covers(e)]
    agencies = {e.agency.code: e.agency for e in mine}.values() if scope.unit is None else ()
    return IpAsnYear(
        scope,
        year,
        _measure(staff, _own(scope)) if mine else Measure(),
        tuple((agency, _measure(staff, Scope(agency=agency.code))) for agency in agencies),
        tuple((e, _measure(staff, Scope(unit=e.unit.code))) for e in mine),
    )


def last_ip_asn(database: Database, scope: Scope, until: int) -> tuple[int, Measure] | None:
    """The last year up to `until` with an import, and the whole of `scope` in it; None before the first."""
    measured = [year for year in years(database) if year <= until]
    if not measured:
        return None
    return measured[-1], _whole(database, scope, catalogue.list_units(database, PROVINCE), measured[-1])


def ip_asn_series(database: Database, scope: Scope) -> tuple[YearPoint, ...]:
    """The whole of `scope` in every year with an import, with a break wherever the rules begin anew."""
    points: list[YearPoint] = []
    last: int | None = None
    entries = catalogue.list_units(database, PROVINCE)
    for year in years(database):
        measure = _whole(database, scope, entries, year)
        era = rulesets.era(measure.rulesets[-1]) if measure.rulesets else last
        points.append(YearPoint(year, measure, last is not None and era != last))
        last = era
    return tuple(points)


def _whole(database: Database, scope: Scope, entries: Sequence[UnitEntry], year: int) -> Measure:
    if not any(scope.covers(e) for e in entries):
        return Measure()
    return _measure(_staff_of(database, entries, year), _own(scope))


def _own(scope: Scope) -> Scope:
    """The scope under which a measure is kept: a unit's without its agency."""
    return scope if scope.unit is None else Scope(unit=scope.unit)


@dataclass(frozen=True, eq=False)
class _Province:
    """A year's staff per unit, the units of every scope, and the splits that would show too few there.

    Equal to itself alone: it never changes.
    """

    sums: Sums
    units: Mapping[Scope, Sequence[int]]
    whole: Mapping[Scope, frozenset[Split]]


def _staff_of(database: Database, entries: Sequence[UnitEntry], year: int) -> _Province:
    with database.read() as connection:
        version = ip_asn.version(connection, year)
    places = tuple((e.unit.id, e.unit.code, e.agency.code) for e in entries)
    return _province(database, year, version, places)


# Imports are only ever added, so their version names a year's data; what is kept are a few sums per unit.
@lru_cache(maxsize=32)
def _province(
    database: Database, year: int, version: tuple[int, int], places: tuple[tuple[int, str, str], ...]
) -> _Province:
    sums = staff_sums.read(database, year)
    units: defaultdict[Scope, list[int]] = defaultdict(list)
    agencies: defaultdict[str, dict[int, Staff]] = defaultdict(dict)
    for unit, code, agency in (place for place in places if place[0] in sums):
        for scope in (Scope(), Scope(agency=agency), Scope(unit=code)):
            units[scope].append(unit)
        # Under several rule sets there is no index, so there is nothing to divide.
        if len(sums[unit]) == 1:
            agencies[agency][unit] = next(iter(sums[unit].values()))
    hidden = [(split, _hidden(agencies, split)) for split in Split]
    whole = {scope: frozenset(s for s, h in hidden if _hides(h, scope, units[scope])) for scope in units}
    return _Province(sums, units, whole)


def _hidden(agencies: Mapping[str, Mapping[int, Staff]], split: Split) -> Hidden:
    return splits.decide(
        {
            code: {unit: splits.parts_of(staff, split) for unit, staff in members.items()}
            for code, members in agencies.items()
        }
    )


def _hides(hidden: Hidden, scope: Scope, units: Sequence[int]) -> bool:
    if scope == Scope():
        return hidden.whole
    return scope.agency in hidden.agencies if scope.unit is None else units[0] in hidden.units


@lru_cache(maxsize=8192)
def _measure(province: _Province, scope: Scope) -> Measure:
    """What was measured of a scope: an agency and the province from the sums of their units."""
    units = [province.sums[unit] for unit in province.units.get(scope, ())]
    found = _rules({ref for by_rules in units for ref in by_rules})
    if len(found) != 1:
        return Measure(found)
    staff = merge_staff(part for by_rules in units for part in by_rules.values())
    index, whole = staff_index(staff, found[0]), province.whole[scope]
    for split in whole:
        index = splits.without(index, split)
    return Measure(found, index, staff_missing(staff, found[0]), whole)


def _rules(refs: Collection[str]) -> tuple[Ruleset, ...]:
    return tuple(sorted(map(rulesets.get, refs), key=lambda ruleset: (ruleset.first_year, ruleset.id)))
