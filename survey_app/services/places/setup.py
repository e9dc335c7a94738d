"""Beginning: an agency and a unit from their names alone, codes made from the names."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from survey_app.errors import Problem, Refused
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import DEFAULT_INSTRUMENT, UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.storage.places import Agency
from survey_app.text import Text

NAMELESS_UNIT = Text("Nama unit layanan belum diisi.", "The service unit has no name yet.")


def add_unit(
    database: Database,
    acting: Acting,
    agency_name: str,
    unit_name: str,
    time_zone: str,
    instrument: str = DEFAULT_INSTRUMENT,
    region: str | None = None,
    kind: str | None = None,
) -> UnitEntry:
    """Create a unit in the agency of that name, which is created too when it is new.

    Raises: Refused as `catalogue.create_unit`, also for a name without letters or digits, Conflict when the
        unit exists.
    """
    problems = [*_nameless("agency", agency_name), *_nameless("unit", unit_name)]
    if problems:
        raise Refused(
            "input-refused", Text("Data yang diisi belum lengkap.", "Some entries are missing."), problems
        )
    agency = _agency(database, acting, agency_name.strip())
    units = {e.unit.code: e.unit.name for e in catalogue.list_units(database, PROVINCE)}
    return catalogue.create_unit(
        database,
        acting,
        agency.code,
        _code(unit_name, units),
        unit_name,
        time_zone=time_zone,
        instrument=instrument,
        region=region,
        kind=kind,
    )


def _agency(database: Database, acting: Acting, name: str) -> Agency:
    known = catalogue.list_agencies(database)
    same = next((a for a in known if _names(name, a)), None)
    code = _code(name, {a.code: a.name for a in known})
    return same or catalogue.create_agency(database, acting, code, name)


def _names(name: str, agency: Agency) -> bool:
    """Whether `name` is the agency's, or the code that somebody chose for it."""
    chosen = agency.code if agency.code != catalogue.slug(agency.name) else None
    return catalogue.simplified(name) in (catalogue.simplified(agency.name), chosen)


def _code(name: str, taken: Mapping[str, str]) -> str:
    """The code of a name; numbered where the code is that of another name, which begins alike.

    Args:
        taken: names by their codes.
    """
    first = catalogue.slug(name)
    numbered = (f"{first[: 39 - len(str(i))].rstrip('-')}-{i}" for i in itertools.count(2))
    mine = catalogue.simplified(name)
    return next(
        code
        for code in itertools.chain([first], numbered)
        if code not in taken or catalogue.simplified(taken[code]) == mine
    )


def _nameless(path: str, name: str) -> list[Problem]:
    if catalogue.slug(name):
        return []
    wording = {
        "agency": Text("Nama instansi belum diisi.", "The agency has no name yet."),
        "unit": NAMELESS_UNIT,
    }
    return [Problem("name-missing", path, wording[path])]
