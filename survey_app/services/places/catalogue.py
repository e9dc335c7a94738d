"""Use cases around agencies (OPD), unit layanan and services."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from analytics import Period
from survey_app import instruments
from survey_app.errors import NotFound, Problem, Refused
from survey_app.services.places import entered, unit_entry
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited, place_of, refused
from survey_app.services.places.permissions import Action
from survey_app.services.places.regions import known_region
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry as UnitEntry
from survey_app.services.places.unit_kinds import known_kind
from survey_app.storage import places, responses
from survey_app.storage.database import Database
from survey_app.storage.places import Agency, Service
from survey_app.storage.places import as_code as as_code
from survey_app.text import Text

#: Every unit begins with this service, so that a first answer needs nothing more.
DEFAULT_SERVICE = ("umum", "Layanan umum")
DEFAULT_INSTRUMENT = "skm-2017@1"
#: More users than any period of a unit has; what the database holds is twice as many.
MOST_USERS = 1_000_000_000
UNIT_UNKNOWN = Text("Unit layanan {code} tidak dikenal.", "There is no service unit {code}.")


def list_agencies(database: Database) -> list[Agency]:
    with database.read() as connection:
        return places.agencies(connection)


def find_agency(database: Database, code: str) -> Agency:
    """Raises: NotFound `agency-unknown`."""
    with database.read() as connection:
        agency = places.find_agency(connection, code)
    if agency is None:
        text = Text("Instansi {code} tidak dikenal.", "There is no agency {code}.")
        raise NotFound("agency-unknown", text.format(code=code))
    return agency


def list_units(database: Database, within: Scope) -> list[UnitEntry]:
    """The units within the scope, in the order of agency and name."""
    with database.read() as connection:
        entries = unit_entry.every(places.directory(connection))
    return list(entries) if within == PROVINCE else [entry for entry in entries if within.covers(entry)]


def find_unit(database: Database, unit_code: str, within: Scope) -> UnitEntry:
    """The unit of that code; one outside `within` is as unknown as one that does not exist.

    Raises: NotFound `unit-unknown`.
    """
    entry = unit_entry.find(database, unit_code)
    if entry is None or not within.covers(entry):
        raise unknown_unit(unit_code)
    return entry


def find_unit_for(database: Database, acting: Acting, unit_code: str) -> UnitEntry:
    """The unit that an address names, for who asks. One elsewhere is as unknown as none, and written down.

    Raises: NotFound `unit-unknown`.
    """
    entry = unit_entry.find(database, unit_code)
    if entry is not None and acting.scope.covers(entry):
        return entry
    if entry is not None:
        what = {"service": "places.catalogue.find_unit_for"}
        refused(database, acting, Action.SEE_RESULTS, what, place_of(entry))
    raise unknown_unit(unit_code)


def find_unit_of(database: Database, response_id: UUID) -> UnitEntry:
    """The unit that a stored response is for. Raises: NotFound `response-unknown`."""
    with database.read() as connection:
        code = responses.unit_code_of(connection, response_id)
    if code is None:
        raise NotFound("response-unknown", Text("Jawaban tidak dikenal.", "There is no such response."))
    return find_unit(database, code, PROVINCE)


def unknown_unit(unit_code: str) -> NotFound:
    """What is raised for a unit that does not exist, or that whoever asks may not see."""
    return NotFound("unit-unknown", UNIT_UNKNOWN.format(code=unit_code))


def find_service(entry: UnitEntry, service_code: str) -> Service:
    """Raises: NotFound `service-unknown`."""
    service = entry.service(service_code)
    if service is None:
        text = Text("Layanan {code} tidak ada di unit ini.", "This unit has no service {code}.")
        raise NotFound("service-unknown", text.format(code=service_code))
    return service


def require(
    database: Database, acting: Acting, scope: Scope, action: Action, *, to_read: bool = False
) -> None:
    """Let nobody pass who may not do it, or with `to_read` look at it, in all that lies in `scope`.

    Raises: Refused `viewing-as`, `role-refused`, `scope-refused`, NotFound `unit-unknown`.
    """
    if scope.unit is None:
        acting.require_whole(scope.agency, action, to_read=to_read)
    else:
        acting.require(find_unit(database, scope.unit, PROVINCE), action, to_read=to_read)


def required(database: Database, acting: Acting, unit_code: str, action: Action) -> UnitEntry:
    """The unit of that code, for who may do that there. Raises: as `require`."""
    entry = find_unit(database, unit_code, PROVINCE)
    acting.require(entry, action)
    return entry


@audited(Action.CREATE_UNITS, "code", "name")
def create_agency(database: Database, acting: Acting, code: str, name: str) -> Agency:
    """A new agency of the province.

    Raises:
        Refused: `role-refused`, `scope-refused`; `input-refused` for a code or name that cannot be used.
        Conflict: the code is taken.
    """
    acting.require_whole(None, Action.CREATE_UNITS)
    _refuse_if(entered.code_problems("code", code) + entered.name_problems(name))
    return database.write(lambda connection: places.add_agency(connection, as_code(code), name.strip()))


@audited(Action.CREATE_UNITS, "code", "name", "time_zone", "instrument", "region", "kind")
def create_unit(
    database: Database,
    acting: Acting,
    agency_code: str,
    code: str,
    name: str,
    *,
    time_zone: str,
    instrument: str = DEFAULT_INSTRUMENT,
    region: str | None = None,
    kind: str | None = None,
) -> UnitEntry:
    """Create a unit with its default service; `region` is the code of the kabupaten or kota it serves.

    Raises: Refused as `create_agency`, Conflict, NotFound for an unknown agency, instrument, region or kind.
    """
    acting.require_whole(agency_code, Action.CREATE_UNITS)
    check_new_unit(code, name, time_zone, instrument)
    agency, of = find_agency(database, agency_code), (known_region(region), known_kind(kind))
    unit, service = database.write(
        lambda connection: places.add_unit(
            connection, agency.id, as_code(code), name.strip(), time_zone, instrument, DEFAULT_SERVICE, *of
        )
    )
    return UnitEntry(agency, unit, (service,))


def check_new_unit(code: str, name: str, time_zone: str, instrument: str) -> None:
    """Raises: Refused for a code, name or time zone that cannot be used, NotFound for the instrument."""
    _refuse_if(
        entered.code_problems("code", code) + entered.name_problems(name) + entered.zone_problems(time_zone)
    )
    instruments.get(instrument)


def check_new_agency(database: Database, code: str) -> None:
    """Raises: Refused for the code of an agency that does not exist and cannot be created."""
    with database.read() as connection:
        agency = places.find_agency(connection, code)
    if agency is None:
        _refuse_if(entered.code_problems("agency", code))


@audited(Action.MANAGE_UNIT, "code", "name")
def create_service(database: Database, acting: Acting, unit_code: str, code: str, name: str) -> Service:
    """Raises: Refused as `create_agency`, Conflict, and NotFound for an unknown unit."""
    unit = required(database, acting, unit_code, Action.MANAGE_UNIT).unit
    _refuse_if(entered.code_problems("code", code) + entered.name_problems(name))
    return database.write(
        lambda connection: places.add_service(connection, unit.id, as_code(code), name.strip())
    )


@audited(Action.MANAGE_UNIT, "service_code", "active")
def set_service_active(
    database: Database, acting: Acting, unit_code: str, service_code: str, active: bool
) -> None:
    """Stop or resume taking answers for a service; its past answers stay.

    Raises: NotFound, Refused `role-refused`, `scope-refused`.
    """
    service = find_service(required(database, acting, unit_code, Action.MANAGE_UNIT), service_code)
    database.write(lambda connection: places.set_service_active(connection, service.id, active))


@audited(Action.CREATE_UNITS, "active")
def set_unit_active(database: Database, acting: Acting, unit_code: str, active: bool) -> None:
    """Stop or resume taking answers for a unit; its past answers stay.

    Raises: NotFound, Refused `role-refused`, `scope-refused`.
    """
    unit = required(database, acting, unit_code, Action.CREATE_UNITS).unit
    database.write(lambda connection: places.set_unit(connection, unit.id, active=active))


@audited(
    Action.CHANGE_QUESTIONNAIRES,
    "instrument",
    before=lambda database, given: find_unit(database, given["unit_code"], PROVINCE).unit.instrument,
)
def choose_instrument(database: Database, acting: Acting, unit_code: str, instrument: str) -> None:
    """Draw the unit's forms from another published instrument; answers to the old one stay as they are.

    Raises: NotFound for an unknown unit or instrument, Refused `role-refused`, `scope-refused`.
    """
    unit = required(database, acting, unit_code, Action.CHANGE_QUESTIONNAIRES).unit
    ref = instruments.get(instrument).ref
    database.write(lambda connection: places.set_unit(connection, unit.id, instrument=ref))


def recorded_volumes(
    database: Database, unit_code: str, period: Period, *, within: Scope
) -> dict[str, int | None]:
    """Users served in exactly `period` by service code; None where nothing is recorded. Raises: NotFound."""
    entry = find_unit(database, unit_code, within)
    with database.read() as connection:
        found = places.volumes(connection, entry.unit.id, [str(period)])
    return {s.code: found.get((s.id, str(period))) for s in entry.services}


@audited(
    Action.MANAGE_UNIT,
    "service_code",
    "period",
    "users",
    before=lambda database, given: recorded_volumes(
        database, given["unit_code"], given["period"], within=PROVINCE
    ).get(as_code(given["service_code"])),
)
def record_volume(
    database: Database, acting: Acting, unit_code: str, service_code: str, period: Period, users: int
) -> None:
    """Record how many users a service served in a period.

    Raises: NotFound, Refused `role-refused`, `scope-refused`, `volume-negative`, `volume-high`.
    """
    entry = required(database, acting, unit_code, Action.MANAGE_UNIT)
    _refuse_if(users_problems([users]))
    service = find_service(entry, service_code)
    row = (entry.unit.id, service.id, str(period), users)
    database.write(lambda connection: places.set_volumes(connection, [row]))


def users_problems(counts: Iterable[int]) -> list[Problem]:
    """What is wrong with numbers of users that somebody typed in: `volume-negative`, `volume-high`."""
    given = list(counts)
    problems = []
    if any(n < 0 for n in given):
        text = Text(
            "Jumlah pengguna layanan tidak boleh negatif.", "The number of service users cannot be negative."
        )
        problems.append(Problem("volume-negative", "users", text))
    if any(n > MOST_USERS for n in given):
        text = Text(
            "Jumlah pengguna layanan paling banyak {most} juta.",
            "The number of service users is at most {most} million.",
        )
        problems.append(Problem("volume-high", "users", text.format(most=MOST_USERS // 1_000_000)))
    return problems


def slug(text: str) -> str:
    """A code made from a name: lower case letters, digits and hyphens, at most 40 characters."""
    return simplified(text)[:40].strip("-")


def simplified(text: str) -> str:
    """A name as codes are made of it, whole: two names that differ here are two names."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _refuse_if(problems: list[Problem]) -> None:
    if problems:
        raise Refused.entries(problems)
