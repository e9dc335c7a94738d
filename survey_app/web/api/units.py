"""Agencies, units and services: created and changed, with a key."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from analytics import Period
from survey_app import settings
from survey_app.services.places import audited, catalogue, opening_hours, unit_kind
from survey_app.services.places.opening_hours import Hours
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.places import Service
from survey_app.web.api import problems
from survey_app.web.api.caller import ByKey, SiteHere
from survey_app.web.api.parameters import Code, PeriodPath, UnitPath, both
from survey_app.web.api.written import Written

router = APIRouter(tags=["units"])
_CREATING = problems.responses(401, 403, 404, 409, 413, 422, 429, 503)
_CHANGING = problems.responses(401, 403, 404, 413, 422, 429, 503)


class _Body(BaseModel):
    # What is misspelt would otherwise be left out without a word.
    model_config = ConfigDict(extra="forbid")


class NewAgency(_Body):
    """An agency to create."""

    code: Code
    name: Written


class NewUnit(_Body):
    """A unit to create, with its first service."""

    agency: Annotated[Code, Field(description="Code of the agency.")]
    code: Code
    name: Written
    time_zone: Annotated[Written | None, Field(description="IANA; by default the server's.")] = None
    instrument: Annotated[Written, Field(description="Questionnaire.")] = catalogue.DEFAULT_INSTRUMENT
    kind: Annotated[Written | None, Field(description="Key of its kind (jenis layanan).")] = None


class NewService(_Body):
    """A service to add to a unit."""

    code: Code
    name: Written


class UnitChange(_Body):
    """What is to be otherwise; what is left out stays."""

    active: Annotated[StrictBool | None, Field(description="Whether it takes answers.")] = None
    instrument: Annotated[Written | None, Field(description="Questionnaire.")] = None
    kind: Annotated[Written | None, Field(description="Key of its kind (jenis layanan).")] = None


class ServiceChange(_Body):
    """Whether a service takes answers."""

    active: StrictBool


class UsersServed(_Body):
    """How many people a service served in a period."""

    users: Annotated[StrictInt, Field(ge=0, le=catalogue.MOST_USERS)]


class Day(_Body):
    """When the counter opens and closes, local time."""

    opens: time
    closes: time


class WeekHours(_Body):
    """Monday to Sunday; null is a day without service."""

    week: Annotated[list[Day | None], Field(min_length=7, max_length=7)]


class AgencyShown(BaseModel):
    """An agency."""

    code: str
    name: str


class ServiceShown(BaseModel):
    """A service of a unit."""

    code: str
    name: str
    active: bool


class UnitShown(BaseModel):
    """A unit as it is now."""

    agency: str
    code: str
    name: str
    time_zone: str
    instrument: str
    kind: str | None
    active: bool
    services: list[ServiceShown]


@router.post(
    "/agencies",
    status_code=201,
    responses=_CREATING,
    summary=both("Buat instansi", "Create an agency"),
)
def create_agency(site: SiteHere, acting: ByKey, agency: NewAgency) -> AgencyShown:
    """Create an agency."""
    made = catalogue.create_agency(site.database(), acting, agency.code, agency.name)
    return AgencyShown(code=made.code, name=made.name)


@router.post(
    "/units",
    status_code=201,
    responses=_CREATING,
    summary=both("Buat unit layanan", "Create a service unit"),
)
def create_unit(site: SiteHere, acting: ByKey, unit: NewUnit) -> UnitShown:
    """Create a unit with its first service."""
    made = catalogue.create_unit(
        site.database(),
        acting,
        unit.agency,
        unit.code,
        unit.name,
        time_zone=unit.time_zone or settings.load().default_time_zone,
        instrument=unit.instrument,
        kind=unit.kind,
    )
    return _unit(made)


@router.patch(
    "/units/{unit}",
    responses=_CHANGING,
    summary=both(
        "Buka, tutup, atau ganti kuesioner atau jenis unit",
        "Open or close a unit, or change its questionnaire or kind",
    ),
)
def change_unit(site: SiteHere, acting: ByKey, unit: UnitPath, change: UnitChange) -> UnitShown:
    """Open or close a unit, or give it another questionnaire or kind; the same again changes nothing."""
    database = site.database()
    if change.instrument is None and change.active is None and change.kind is None:
        # It shows the unit all the same, and its closed services: to who could change it.
        what, place = {"service": "places.catalogue.find_unit_for"}, Scope(unit=unit)
        with audited.refusals(database, acting, Action.CREATE_UNITS, what, place):
            catalogue.require(database, acting, place, Action.CREATE_UNITS)
    # First what may be unknown: of a change that is refused no part is made.
    if change.instrument is not None:
        catalogue.choose_instrument(database, acting, unit, change.instrument)
    if change.kind is not None:
        unit_kind.set_kind(database, acting, unit, change.kind)
    if change.active is not None:
        catalogue.set_unit_active(database, acting, unit, change.active)
    return _unit(catalogue.find_unit(database, unit, PROVINCE))


@router.post(
    "/units/{unit}/services",
    status_code=201,
    responses=_CREATING,
    summary=both("Tambah layanan", "Add a service"),
)
def create_service(site: SiteHere, acting: ByKey, unit: UnitPath, service: NewService) -> ServiceShown:
    """Add a service to a unit."""
    return _service(catalogue.create_service(site.database(), acting, unit, service.code, service.name))


@router.patch(
    "/units/{unit}/services/{service}",
    responses=_CHANGING,
    summary=both("Buka atau tutup layanan", "Open or close a service"),
)
def change_service(
    site: SiteHere, acting: ByKey, unit: UnitPath, service: Code, change: ServiceChange
) -> ServiceShown:
    """Open or close a service; its answers stay."""
    database = site.database()
    catalogue.set_service_active(database, acting, unit, service, change.active)
    return _service(catalogue.find_service(catalogue.find_unit(database, unit, PROVINCE), service))


@router.put(
    "/units/{unit}/services/{service}/users/{period}",
    responses=_CHANGING,
    summary=both("Catat jumlah pengguna layanan", "Record how many people were served"),
)
def record_users(
    site: SiteHere, acting: ByKey, unit: UnitPath, service: Code, period: PeriodPath, served: UsersServed
) -> UsersServed:
    """Record how many people a service served in a period; a correction replaces the number."""
    catalogue.record_volume(site.database(), acting, unit, service, Period.parse(period), served.users)
    return served


@router.put(
    "/units/{unit}/hours/{valid_from}",
    responses=_CHANGING,
    summary=both("Tetapkan jam layanan", "Set opening hours"),
)
def set_hours(site: SiteHere, acting: ByKey, unit: UnitPath, valid_from: date, hours: WeekHours) -> WeekHours:
    """Record the opening hours that hold from a day on, in the place of others from that day."""
    week = tuple(None if day is None else (day.opens, day.closes) for day in hours.week)
    opening_hours.set_hours(site.database(), acting, unit, Hours(valid_from, week))
    return hours


@router.delete(
    "/units/{unit}/hours/{valid_from}",
    status_code=204,
    responses=_CHANGING,
    summary=both("Hapus jam layanan", "Remove opening hours"),
)
def remove_hours(site: SiteHere, acting: ByKey, unit: UnitPath, valid_from: date) -> None:
    """Forget the opening hours that hold from exactly that day on."""
    opening_hours.remove_hours(site.database(), acting, unit, valid_from)


def _unit(entry: UnitEntry) -> UnitShown:
    unit = entry.unit
    return UnitShown(
        agency=entry.agency.code,
        code=unit.code,
        name=unit.name,
        time_zone=unit.time_zone,
        instrument=unit.instrument,
        kind=unit.kind,
        active=unit.active,
        services=[_service(service) for service in entry.services],
    )


def _service(service: Service) -> ServiceShown:
    return ServiceShown(code=service.code, name=service.name, active=service.active)
