"""A unit with all that belongs to it: what scopes cover, and what nearly every service is about."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.storage import places
from survey_app.storage.database import Connection, Database
from survey_app.storage.places import Agency, Service, Unit, as_code


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
