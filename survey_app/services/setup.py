"""Beginning: an agency and a unit from their names alone, codes made from the names."""

from __future__ import annotations

from survey_app.errors import Problem, Refused
from survey_app.services import catalogue
from survey_app.services.catalogue import DEFAULT_INSTRUMENT, UnitEntry
from survey_app.storage.catalog import Agency
from survey_app.storage.database import Database
from survey_app.text import Text


def add_unit(
    database: Database,
    agency_name: str,
    unit_name: str,
    time_zone: str,
    instrument: str = DEFAULT_INSTRUMENT,
) -> UnitEntry:
    """Create a unit in the agency of that name, which is created too when it is new.

    Raises: Refused for a name without letters or digits, Conflict when the unit exists.
    """
    problems = [*_nameless("agency", agency_name), *_nameless("unit", unit_name)]
    if problems:
        raise Refused("input-refused", Text("Isian belum lengkap", "The input is not complete"), problems)
    agency = _agency(database, agency_name.strip())
    return catalogue.create_unit(
        database,
        agency.code,
        catalogue.slug(unit_name),
        unit_name,
        time_zone=time_zone,
        instrument=instrument,
    )


def _agency(database: Database, name: str) -> Agency:
    known = catalogue.list_agencies(database)
    same = (a for a in known if a.name.casefold() == name.casefold() or a.code == catalogue.slug(name))
    return next(same, None) or catalogue.create_agency(database, catalogue.slug(name), name)


def _nameless(path: str, name: str) -> list[Problem]:
    if catalogue.slug(name):
        return []
    wording = {
        "agency": Text("Nama instansi belum diisi", "The agency has no name yet"),
        "unit": Text("Nama unit layanan belum diisi", "The service unit has no name yet"),
    }
    return [Problem("name-missing", path, wording[path])]
