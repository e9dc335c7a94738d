"""The staff of a year, by unit, agency and province, and what was measured of each.

Values are headcount-weighted: an agency's is that of all its staff in one list, not the mean of its units.
Unit a1 has 11 staff who come to 875 points, a2 has 5 with 300. Their values are 875 / 11 = 79.55 and
300 / 5 = 60.00, and that of their agency is (875 + 300) / 16 = 73.44. So the sums of the units are added up,
and no person is read.

An index also says how two parts of the staff differ, PNS and PPPK for one (`splits.Split`). Whether that may
be shown is decided for the whole province at once: a unit with 3 PPPK is not split, and then neither is
another unit of its agency, as the agency less all its other units would be these 3. So the whole year is read
even where one unit is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import ip_asn
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Measure:
    """What was measured of some staff.

    Attributes:
        rulesets: the rules they were measured by, oldest first; none if nothing was imported.
        index: None without a measurement, and also under several rule sets: their values are not averaged.
        missing: what is not recorded, per dimension; empty without an index.
        hidden_splits: not shown in two parts by these, because a part would be too small.
        hidden: there is an index, and it may not be told outside (`outgoing_staff`).
    """

    rulesets: tuple[Ruleset, ...] = ()
    index: UnitIndex | None = None
    missing: tuple[MissingSums, ...] = ()
    hidden_splits: frozenset[Split] = frozenset()
    hidden: bool = False

    @property
    def ruleset(self) -> Ruleset | None:
        """The rule set of `index`."""
        return self.rulesets[0] if len(self.rulesets) == 1 else None


@dataclass(frozen=True, eq=False)
class StaffOfYear:
    """Everyone measured in a year.

    Compared by identity, because measures are kept under it: there is one of each version of a year's imports
    (`_read`), and comparing all its sums would take longer than working a measure out.

    Attributes:
        sums: by unit.
        units: the units with staff in each scope; a scope that is not in it has none.
        hidden_splits: of each of these scopes.
    """

    sums: Sums
    units: Mapping[Scope, Sequence[int]]
    hidden_splits: Mapping[Scope, frozenset[Split]]

    def measure(self, scope: Scope) -> Measure:
        """What was measured of everyone in `scope`."""
        return _measure(self, scope)


class _Place(NamedTuple):
    """Where a unit stands, by id and by codes."""

    unit_id: int
    unit: str
    agency: str

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Those that it lies in."""
        return (
            PROVINCE,
            Scope(agency=self.agency),
            Scope(unit=self.unit),
            Scope(agency=self.agency, unit=self.unit),
        )


def staff_of_year(database: Database, entries: Sequence[UnitEntry], year: int) -> StaffOfYear:
    """Everyone measured in a year; `entries` are all units there are."""
    with database.read() as connection:
        version = ip_asn.version(connection, year)
    places = tuple(_Place(e.unit.id, e.unit.code, e.agency.code) for e in entries)
    return _read(database, year, version, places)


# Imports are only ever added, so their version names a year's data; what is kept are a few sums per unit.
@lru_cache(maxsize=32)
def _read(database: Database, year: int, version: tuple[int, int], places: tuple[_Place, ...]) -> StaffOfYear:
    sums = staff_sums.read(database, year)
    measured = [place for place in places if place.unit_id in sums]
    units: defaultdict[Scope, list[int]] = defaultdict(list)
    for place in measured:
        for scope in place.scopes:
            units[scope].append(place.unit_id)
    hidden = {split: _hidden(measured, sums, split) for split in Split}
    return StaffOfYear(
        sums=sums,
        units=units,
        hidden_splits={
            scope: frozenset(split for split in Split if _holds(hidden[split], scope, of_scope))
            for scope, of_scope in units.items()
        },
    )


def _hidden(places: Sequence[_Place], sums: Sums, split: Split) -> Hidden:
    """Which units, which agencies, and whether the province, must not be split."""
    agencies: defaultdict[str, dict[int, splits.Parts]] = defaultdict(dict)
    for place in places:
        by_rules = list(sums[place.unit_id].values())
        # Under several rule sets there is no index, so there is nothing to split.
        if len(by_rules) == 1:
            agencies[place.agency][place.unit_id] = splits.parts_of(by_rules[0], split)
    return splits.decide(agencies)


def _holds(hidden: Hidden, scope: Scope, units: Sequence[int]) -> bool:
    """Whether a scope, with these units in it, is among what is hidden."""
    if scope.unit is not None:
        return units[0] in hidden.units
    return hidden.province if scope.agency is None else scope.agency in hidden.agencies


@lru_cache(maxsize=8192)
def _measure(year: StaffOfYear, scope: Scope) -> Measure:
    units = [year.sums[unit] for unit in year.units.get(scope, ())]
    found = _rulesets({ref for by_rules in units for ref in by_rules})
    if len(found) != 1:
        return Measure(rulesets=found)
    (ruleset,), staff = found, merge_staff(part for by_rules in units for part in by_rules.values())
    hidden_splits = year.hidden_splits[scope]
    return Measure(
        rulesets=found,
        index=_index(staff, ruleset, hidden_splits),
        missing=staff_missing(staff, ruleset),
        hidden_splits=hidden_splits,
    )


def _index(staff: Staff, ruleset: Ruleset, hidden_splits: Collection[Split]) -> UnitIndex:
    index = staff_index(staff, ruleset)
    for split in hidden_splits:
        index = splits.without(index, split)
    return index


def _rulesets(refs: Collection[str]) -> tuple[Ruleset, ...]:
    return tuple(sorted(map(rulesets.get, refs), key=lambda ruleset: (ruleset.first_year, ruleset.id)))
