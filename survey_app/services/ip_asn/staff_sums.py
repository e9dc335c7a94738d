"""What the staff of a year add up to, per unit: stored with the imports it stands on.

Imports are only ever added. Sums of other imports than there are now are never used: then everyone who counts
is read again, which takes longer and gives the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache, partial

from analytics.ip_asn import Staff, StaffSums, add_sums, person_sums
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.storage.ip_asn import Alike

#: By unit id and rule set.
Sums = Mapping[int, Mapping[str, Staff]]
_Key = tuple[int, str, str, bool]


def read(database: Database, year: int) -> Sums:
    """The sums of everyone who counts in a year."""
    with database.read() as connection:
        stored = ip_asn.stored_sums(connection, year)
        if stored is not None and stored[0] == ip_asn.version(connection, year):
            return _load(stored[1])
        alike = ip_asn.alike(connection, year)
    return _by_unit(_added_up(alike))


def refresh(database: Database, year: int, *, anew: bool = False) -> None:
    """Store the sums of a year unless they stand already on all its imports, or in any case `anew`."""
    with database.read() as connection:
        version, stored = ip_asn.version(connection, year), ip_asn.stored_sums(connection, year)
        if stored is not None and stored[0] == version and not anew:
            return
        alike = ip_asn.alike(connection, year)
    written = _dump(_added_up(alike))
    database.write(partial(ip_asn.store_sums, year=year, version=version, sums=written))


def rebuild(database: Database) -> None:
    """Add up the staff of every year anew."""
    with database.read() as connection:
        years = ip_asn.years(connection)
    for year in years:
        refresh(database, year, anew=True)


def _added_up(alike: Iterable[Alike]) -> dict[_Key, StaffSums]:
    groups: defaultdict[_Key, list[StaffSums]] = defaultdict(list)
    for found in alike:
        one = _person(found.scores, found.recorded)
        groups[found.unit_id, found.ruleset, found.status, found.penyetaraan].append(one.times(found.staff))
    return {key: add_sums(parts) for key, parts in groups.items()}


@lru_cache(maxsize=4096)
def _person(scores: tuple[Decimal | None, ...], recorded: tuple[bool, ...]) -> StaffSums:
    return person_sums(scores, recorded)


def _by_unit(sums: Mapping[_Key, StaffSums]) -> Sums:
    found: defaultdict[int, defaultdict[str, dict[tuple[str, bool], StaffSums]]]
    found = defaultdict(lambda: defaultdict(dict))
    for (unit, ruleset, status, moved), staff in sums.items():
        found[unit][ruleset][status, moved] = staff
    return found


def _dump(sums: Mapping[_Key, StaffSums]) -> str:
    rows = [[*key, *map(int, s.counts), *map(str, s.points)] for key, s in sorted(sums.items())]
    return json.dumps(rows, separators=(",", ":"))


def _load(stored: str) -> Sums:
    return _by_unit({(u, r, s, m): _sums(numbers) for u, r, s, m, *numbers in json.loads(stored)})


def _sums(numbers: list[int | str]) -> StaffSums:
    counts = tuple(n for n in numbers if isinstance(n, int))
    return StaffSums(counts, tuple(Decimal(p) for p in numbers[len(counts) :]))
