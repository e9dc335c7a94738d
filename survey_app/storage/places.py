"""Agencies (OPD), units (unit layanan), their services and the users they served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.errors import Conflict
from survey_app.storage.tables import agency, service, unit, volume
from survey_app.text import Text


@dataclass(frozen=True)
class Agency:
    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Unit:
    """A unit layanan. `instrument` is the ref its forms are drawn from; `time_zone` decides its periods.

    `region`: the code of the kabupaten or kota it serves; None for the whole province, or not said.
    `kind`: the key of its kind (jenis layanan); None where nobody said.
    """

    id: int
    agency_id: int
    code: str
    name: str
    time_zone: str
    instrument: str
    active: bool
    region: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Service:
    """A service of a unit. `codes_required`: a live answer needs a one-time code from a queue slip."""

    id: int
    unit_id: int
    code: str
    name: str
    active: bool
    codes_required: bool = False


@dataclass(frozen=True, eq=False)
class Directory:
    """All agencies and units, each in the order of names, and the services of each unit, the default first.

    Compared by identity: while nothing of it changes, one object is given out again and again, so that what
    is made of it can be kept by it.
    """

    agencies: tuple[Agency, ...]
    units: tuple[Unit, ...]
    services: Mapping[int, tuple[Service, ...]]


def as_code(text: str) -> str:
    """The code that is meant where it is written in capitals, as on a sign: all are stored in lower case."""
    return text.strip().lower()


def agencies(connection: Connection) -> list[Agency]:
    return [Agency(*row) for row in connection.execute(sa.select(agency).order_by(agency.c.name))]


def find_agency(connection: Connection, code: str) -> Agency | None:
    """The agency of that code. Files once brought some in capitals: what is written as stored comes first."""
    meant = sa.select(agency).where(agency.c.code.in_({code, as_code(code)}))
    row = connection.execute(meant.order_by(agency.c.code != code)).first()
    return None if row is None else Agency(*row)


def units(connection: Connection) -> list[Unit]:
    return [Unit(*row) for row in connection.execute(sa.select(unit).order_by(unit.c.name))]


def find_unit(connection: Connection, code: str) -> Unit | None:
    row = connection.execute(sa.select(unit).where(unit.c.code == as_code(code))).first()
    return None if row is None else Unit(*row)


def services(connection: Connection, unit_id: int) -> list[Service]:
    """All services of a unit, the first created first: it is the default."""
    query = sa.select(service).where(service.c.unit_id == unit_id).order_by(service.c.id)
    return [Service(*row) for row in connection.execute(query)]


def find_entry(connection: Connection, code: str) -> tuple[Agency, Unit, list[Service]] | None:
    """A unit, its agency and `services` in one statement: an answer waits for every trip to the database."""
    query = sa.select(agency, unit, service).select_from(sa.join(unit, agency).outerjoin(service))
    rows = connection.execute(query.where(unit.c.code == as_code(code)).order_by(service.c.id)).all()
    if not rows:
        return None
    first, last = len(agency.c), len(agency.c) + len(unit.c)
    found = [Service(*row[last:]) for row in rows if row[last] is not None]
    return Agency(*rows[0][:first]), Unit(*rows[0][first:last]), found


def directory(connection: Connection) -> Directory:
    """Read at every call; the connection is one snapshot where the three must fit each other."""
    agencies = connection.execute(sa.select(agency).order_by(agency.c.name)).all()
    units = connection.execute(sa.select(unit).order_by(unit.c.name)).all()
    services = connection.execute(sa.select(service).order_by(service.c.id)).all()
    return _directory(_as_tuples(agencies), _as_tuples(units), _as_tuples(services))


def _as_tuples(rows: Sequence[sa.Row[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, rows))


# A page reads it many times, and comparing the rows is much cheaper than making them anew. Kept under every
# stored value, so that it is never older than what was read.
@lru_cache(maxsize=4)
def _directory(
    agencies: tuple[tuple[Any, ...], ...],
    units: tuple[tuple[Any, ...], ...],
    services: tuple[tuple[Any, ...], ...],
) -> Directory:
    by_unit: dict[int, list[Service]] = {}
    for row in services:
        made = Service(*row)
        by_unit.setdefault(made.unit_id, []).append(made)
    return Directory(
        tuple(Agency(*row) for row in agencies),
        tuple(Unit(*row) for row in units),
        {unit_id: tuple(found) for unit_id, found in by_unit.items()},
    )


def set_unit(connection: Connection, unit_id: int, **changes: str | bool | None) -> None:
    """Change a unit's name, instrument, region, kind or whether it is in use."""
    connection.execute(sa.update(unit).where(unit.c.id == unit_id).values(changes))


def add_agency(connection: Connection, code: str, name: str) -> Agency:
    """Raises: Conflict `agency-exists`."""
    if find_agency(connection, code) is not None:
        raise _exists("agency", Text("instansi", "agency"), code)
    return Agency(_insert(connection, agency, {"code": code, "name": name}), code, name)


def add_unit(
    connection: Connection,
    agency_id: int,
    code: str,
    name: str,
    time_zone: str,
    instrument: str,
    first_service: tuple[str, str],
    region: str | None = None,
    kind: str | None = None,
) -> tuple[Unit, Service]:
    """A unit with its first service (code, name). Raises: Conflict `unit-exists`."""
    if find_unit(connection, code) is not None:
        raise _exists("unit", Text("unit layanan", "service unit"), code)
    new = Unit(
        id=0,
        agency_id=agency_id,
        code=code,
        name=name,
        time_zone=time_zone,
        instrument=instrument,
        active=True,
        region=region,
        kind=kind,
    )
    stored = replace(new, id=_insert(connection, unit, asdict(new)))
    return stored, add_service(connection, stored.id, *first_service)


def add_service(connection: Connection, unit_id: int, code: str, name: str) -> Service:
    """Raises: Conflict `service-exists`."""
    if any(s.code == code for s in services(connection, unit_id)):
        raise _exists("service", Text("layanan", "service"), code)
    new = Service(id=0, unit_id=unit_id, code=code, name=name, active=True)
    return replace(new, id=_insert(connection, service, asdict(new)))


def set_service_active(connection: Connection, service_id: int, active: bool) -> None:
    connection.execute(sa.update(service).where(service.c.id == service_id).values(active=active))


def set_codes_required(connection: Connection, service_id: int, required: bool) -> None:
    connection.execute(sa.update(service).where(service.c.id == service_id).values(codes_required=required))


def set_volumes(connection: Connection, rows: Sequence[tuple[int, int, str, int]]) -> None:
    """Record users served as (unit id, service id, period, users); a correction replaces the number."""
    if not rows:
        return
    names = ("unit_id", "service_id", "period", "users")
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(volume)
    statement = statement.on_conflict_do_update(
        index_elements=list(names[:3]), set_={"users": statement.excluded.users}
    )
    connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def volumes(connection: Connection, unit_id: int, periods: Sequence[str]) -> dict[tuple[int, str], int]:
    """Users served by (service id, period) of one unit."""
    query = sa.select(volume.c.service_id, volume.c.period, volume.c.users).where(
        volume.c.unit_id == unit_id, volume.c.period.in_(periods)
    )
    return {(row.service_id, row.period): row.users for row in connection.execute(query)}


def volumes_by_unit(connection: Connection, periods: Sequence[str]) -> dict[int, dict[tuple[int, str], int]]:
    """Users served by (service id, period), of every unit that recorded some."""
    query = sa.select(volume.c.unit_id, volume.c.service_id, volume.c.period, volume.c.users)
    found: dict[int, dict[tuple[int, str], int]] = {}
    for unit_id, service_id, period, users in connection.execute(
        query.where(volume.c.period.in_(periods))
    ).all():
        found.setdefault(unit_id, {})[service_id, period] = users
    return found


def _insert(connection: Connection, table: sa.Table, values: Mapping[str, Any]) -> int:
    without_id = {name: value for name, value in values.items() if name != "id"}
    statement = sa.insert(table).values(without_id).returning(table.c.id)
    return int(connection.execute(statement).scalar_one())


def _exists(kind: str, name: Text, code: str) -> Conflict:
    text = Text(
        "Kode {kind} {code} sudah dipakai. Pilih kode lain.",
        "The {kind} code {code} is already in use. Choose another.",
    )
    return Conflict(f"{kind}-exists", text.format(kind=name, code=code))
