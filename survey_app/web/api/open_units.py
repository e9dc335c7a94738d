"""Which units take answers, for anybody: what /survei lets citizens choose from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.web.api import answering, paging
from survey_app.web.api.caller import SiteHere
from survey_app.web.api.paging import Page
from survey_app.web.api.parameters import USUAL_LIMIT, After, Limit, both
from survey_app.web.api.published import AgencyName

router = APIRouter(prefix="/units", tags=["units"])


class ServiceName(BaseModel):
    """A service of a unit."""

    code: str
    name: str


class OpenUnit(BaseModel):
    """A service unit that takes answers, with those of its services that do.

    `region`: the Ministry of Home Affairs' code of the kabupaten or kota it serves; null for the province.
    `kind`: the key of its kind; null where nobody said.
    """

    code: str
    name: str
    agency: AgencyName
    time_zone: str
    region: str | None
    kind: str | None
    instrument: str
    services: list[ServiceName]


class OpenUnits(Page[OpenUnit]):
    """Units in the order of their codes."""


@router.get(
    "",
    summary=both("Unit yang menerima jawaban", "Units that take answers"),
    response_model=OpenUnits,
    responses=answering.CACHEABLE_PAGES,
)
async def list_units(
    request: Request, site: SiteHere, after: After = None, limit: Limit = USUAL_LIMIT
) -> Response:
    """Agencies, their units that take answers now, and the services of these."""
    found = await site.kept.read("api units", partial(_open, site.database()))
    items, following = paging.cut(found, after, limit)
    return answering.public(request, OpenUnits(items=items, next=following))


def _open(database: Database) -> Sequence[tuple[str, OpenUnit]]:
    entries = catalogue.list_units(database, PROVINCE)
    return sorted((e.unit.code, _shown(e)) for e in entries if e.unit.active and e.service(None))


def _shown(entry: UnitEntry) -> OpenUnit:
    return OpenUnit(
        code=entry.unit.code,
        name=entry.unit.name,
        agency=AgencyName(code=entry.agency.code, name=entry.agency.name),
        time_zone=entry.unit.time_zone,
        region=entry.unit.region,
        kind=entry.unit.kind,
        instrument=entry.unit.instrument,
        services=[ServiceName(code=s.code, name=s.name) for s in entry.services if s.active],
    )
