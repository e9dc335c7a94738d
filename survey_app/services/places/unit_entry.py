"""A unit with all that belongs to it: what scopes cover, and what nearly every service is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from survey_app.storage import places
from survey_app.storage.database import Connection, Database
from survey_app.storage.places import Agency, Directory, Service, Unit, as_code


@dataclass(frozen=True)
class UnitEntry:
    """A unit with its agency and services, the default service first."""

    agency: Agency
    unit: Unit
    services: tuple[Service, ...]

    def service(self, code: str | None) -> Service | None:
        """The service of that code; without a code the first active one."""
        candidates = (s for s in self.services if (s.active if code is None else s.code == as_code(code)))
        return next(candidates, None)


def find(database: Database, code: str) -> UnitEntry | None:
    """The unit of that code, whoever asks; None when there is none."""
    with database.look() as connection:
        return read(connection, code)


def read(connection: Connection, code: str) -> UnitEntry | None:
    """The same within a transaction."""
    found = places.find_entry(connection, code)
    return None if found is None else UnitEntry(found[0], found[1], tuple(found[2]))


# Kept by the directory itself, which is another one as soon as one value of it is.
@lru_cache(maxsize=4)
def every(stored: Directory) -> tuple[UnitEntry, ...]:
    """All units of the directory, in the order of agency and name."""
    members: defaultdict[int, list[UnitEntry]] = defaultdict(list)
    by_id = {agency.id: agency for agency in stored.agencies}
    for unit in stored.units:
        if unit.agency_id in by_id:
            services = stored.services.get(unit.id, ())
            members[unit.agency_id].append(UnitEntry(by_id[unit.agency_id], unit, services))
    return tuple(entry for agency in stored.agencies for entry in members[agency.id])
