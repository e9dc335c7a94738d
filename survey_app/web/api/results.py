"""Published results, for anybody: what /hasil shows, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from analytics import Period
from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.disclosure.public_results import PublicResult, by_end
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE
from survey_app.web.api import answering, paging, problems, published
from survey_app.web.api.caller import SiteHere
from survey_app.web.api.parameters import (
    USUAL_LIMIT,
    After,
    AgencyPath,
    Code,
    Limit,
    PeriodPath,
    PeriodText,
    UnitPath,
    both,
)
from survey_app.web.api.published import Result, Results, UnitPeriods, UnitPeriodWhole
from survey_app.web.public_results import Everything, read_everything, read_unit
from survey_app.web.site import Site

router = APIRouter(prefix="/results", tags=["results"])

Kind = Literal["province", "agency", "unit"]
_KINDS: tuple[Kind, ...] = ("province", "agency", "unit")
#: Results in the order of their keys: province, agencies, units; of one of them in the order of the ends.
_Keyed = Sequence[tuple[str, Result]]


@router.get(
    "",
    summary=both("Hasil terakhir yang dipublikasikan", "Latest published results"),
    response_model=Results,
    responses=answering.CACHEABLE_PAGES,
)
async def list_results(
    request: Request,
    site: SiteHere,
    agency: Annotated[Code | None, Query(description=both("Kode instansi", "Code of the agency"))] = None,
    kind: Annotated[Kind | None, Query(description=both("Hasil siapa", "Whose results"))] = None,
    period: Annotated[
        PeriodText | None, Query(description=both("Hanya periode ini", "Only this period"))
    ] = None,
    after: After = None,
    limit: Limit = USUAL_LIMIT,
) -> Response:
    """Every published recap of the province and of agencies, and the last period of every unit."""
    wanted = None if agency is None else catalogue.as_code(agency)
    kept = [
        (key, result)
        for key, result in await _keyed(site)
        if (kind is None or result.kind == kind)
        and (period is None or result.period == period)
        and (wanted is None or (result.agency is not None and result.agency.code == wanted))
    ]
    return _page(request, kept, after, limit)


@router.get(
    "/province",
    summary=both("Hasil provinsi", "Results of the province"),
    response_model=Results,
    responses=answering.CACHEABLE_PAGES,
)
async def list_results_of_province(
    request: Request, site: SiteHere, after: After = None, limit: Limit = USUAL_LIMIT
) -> Response:
    """Every period of which a recap of the province is published."""
    found = [(key, result) for key, result in await _keyed(site) if result.kind == "province"]
    return _page(request, found, after, limit)


@router.get(
    "/agencies/{agency}",
    summary=both("Hasil sebuah instansi", "Results of an agency"),
    response_model=Results,
    responses={**problems.responses(404), **answering.CACHEABLE_PAGES},
)
async def list_results_of_agency(
    request: Request, site: SiteHere, agency: AgencyPath, after: After = None, limit: Limit = USUAL_LIMIT
) -> Response:
    """Every period of which a recap of the agency is published."""
    code = catalogue.as_code(agency)
    found = [
        (key, result)
        for key, result in await _keyed(site)
        if result.kind == "agency" and result.agency is not None and result.agency.code == code
    ]
    if not found:
        await run_in_threadpool(catalogue.find_agency, site.database(), code)
    return _page(request, found, after, limit)


@router.get(
    "/units/{unit}",
    summary=both("Semua periode sebuah unit", "Every period of a unit"),
    response_model=UnitPeriods,
    responses={**problems.responses(404), **answering.CACHEABLE_PAGES},
)
async def list_results_of_unit(
    request: Request, site: SiteHere, unit: UnitPath, after: After = None, limit: Limit = USUAL_LIMIT
) -> Response:
    """Every period a unit has published, without its unsur."""
    results = await _of_unit(site, unit)
    found = [(_by_end(result.period), result) for result in results]
    items, following = paging.cut(found, after, limit)
    shown = [published.of_period(result) for result in items]
    return answering.public(request, UnitPeriods(items=shown, next=following))


@router.get(
    "/units/{unit}/{period}",
    summary=both("Satu periode sebuah unit, dengan unsur", "One period of a unit, with its service elements"),
    response_model=UnitPeriodWhole,
    responses={**problems.responses(404), **answering.CACHEABLE},
)
async def show_result_of_unit(
    request: Request, site: SiteHere, unit: UnitPath, period: PeriodPath
) -> Response:
    """A published period of a unit, with the values of its unsur and who answered."""
    for result in await _of_unit(site, unit):
        if str(result.period) == period:
            return answering.public(request, published.of_whole_period(result))
    raise HTTPException(404)


async def _of_unit(site: Site, code: str) -> Sequence[PublicResult]:
    """What a unit has published. Raises: NotFound `unit-unknown`."""
    entry = await run_in_threadpool(catalogue.find_unit, site.database(), code, PROVINCE)
    return await read_unit(site, entry.unit.code)


async def _keyed(site: Site) -> _Keyed:
    everything = await read_everything(site)
    return await site.kept.made_of(everything, "api results", partial(_in_order, everything))


def _in_order(everything: Everything) -> _Keyed:
    recaps, units = everything
    keyed = [(_recap_key(recap), published.of_recap(recap)) for recap in recaps]
    keyed += [(_key("unit", unit.unit_code, unit.period), published.of_latest(unit)) for unit in units]
    return sorted(keyed, key=lambda pair: pair[0])


def _recap_key(recap: PublicRecap) -> str:
    if recap.agency is None:
        return _key("province", "", recap.period)
    return _key("agency", recap.agency.code, recap.period)


def _key(kind: Kind, code: str, shown: Period) -> str:
    return f"{_KINDS.index(kind)}.{code}.{_by_end(shown)}"


def _by_end(shown: Period) -> str:
    end, months = by_end(shown)
    return f"{end:05d}-{months:02d}"


def _page(request: Request, keyed: _Keyed, after: str | None, limit: int) -> Response:
    items, following = paging.cut(keyed, after, limit)
    return answering.public(request, Results(items=items, next=following))
