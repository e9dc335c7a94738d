"""/hasil: published results for anyone to read, and the same as open data."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from analytics.errors import AnalyticsError
from analytics.period import Period
from survey_app.errors import NotFound
from survey_app.services import catalogue, follow_up, public_recaps, public_results
from survey_app.services.public_recaps import PublicRecap
from survey_app.services.public_results import PublicResult
from survey_app.text import Language
from survey_app.web import open_data, open_index, public_page, submissions
from survey_app.web.site import Endpoint, Site, status_of

#: What is published changes rarely and may be a minute late.
_CACHED = {"Cache-Control": "public, max-age=60"}


def public_routes(site: Site) -> list[Route]:
    """Routes below /hasil."""
    return [
        Route("/{unit}.csv", _csv(site)),
        Route("/{unit}.json", _json(site)),
        Route("/{unit}", _unit(site)),
    ]


def public_index(site: Site) -> Endpoint:
    """/hasil itself: every unit that has published, by name."""

    async def index(request: Request) -> Response:
        words = request.query_params.get("q", "")[:100]
        found = await run_in_threadpool(public_results.latest, site.database(), words)
        recaps = await run_in_threadpool(public_recaps.latest, site.database())
        return _page(public_page.index_html(found, recaps, words, _language(request)))

    return index


def public_index_csv(site: Site) -> Endpoint:
    """/hasil.csv: every published recap, and the last period of every unit."""

    async def data(_: Request) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="hasil.csv"', **_CACHED}
        text = open_index.csv_text(*await _everything(site))
        return Response(text, media_type="text/csv", headers=headers)

    return data


def public_index_json(site: Site) -> Endpoint:
    """/hasil.json: the same."""

    async def data(_: Request) -> Response:
        text = open_index.json_text(*await _everything(site))
        return Response(text, media_type="application/json", headers=_CACHED)

    return data


async def _everything(site: Site) -> tuple[Sequence[PublicRecap], Sequence[PublicResult]]:
    recaps = await run_in_threadpool(public_recaps.published, site.database())
    return recaps, await run_in_threadpool(public_results.latest, site.database())


def public_error(request: Request, error: Exception) -> Response:
    """The error as a page of the public results."""
    status, headers = status_of(error)
    policy = {"Content-Security-Policy": public_page.policy()}
    return HTMLResponse(
        public_page.error_html(status, _language(request)), status, {**policy, **(headers or {})}
    )


def _unit(site: Site) -> Endpoint:
    async def unit(request: Request) -> Response:
        code, found = await _found(site, request)
        language = _language(request)
        if not found:
            entry = await run_in_threadpool(catalogue.find_unit, site.database(), code)
            return _page(public_page.nothing_html(entry, language))
        pairs = await run_in_threadpool(follow_up.published_pairs, site.database(), code)
        return _page(public_page.unit_html(found, _chosen(found, request), pairs, language))

    return unit


def _csv(site: Site) -> Endpoint:
    async def data(request: Request) -> Response:
        code, found = await _found(site, request)
        headers = {"Content-Disposition": f'attachment; filename="hasil-{code}.csv"', **_CACHED}
        return Response(open_data.csv_text(found), media_type="text/csv", headers=headers)

    return data


def _json(site: Site) -> Endpoint:
    async def data(request: Request) -> Response:
        code, found = await _found(site, request)
        return Response(open_data.json_text(code, found), media_type="application/json", headers=_CACHED)

    return data


async def _found(site: Site, request: Request) -> tuple[str, Sequence[PublicResult]]:
    """The unit's code and what it has published. Raises: HTTPException 404 for an unknown unit."""
    code = request.path_params["unit"]
    if not submissions.is_plain(code):
        raise HTTPException(404)
    try:
        entry = await run_in_threadpool(catalogue.find_unit, site.database(), code)
    except NotFound:
        raise HTTPException(404) from None
    return entry.unit.code, await run_in_threadpool(public_results.of_unit, site.database(), entry.unit.code)


def _chosen(found: Sequence[PublicResult], request: Request) -> PublicResult:
    """The period in the address, else the last with a value. Raises: HTTPException 404 for an unknown one."""
    wanted = request.query_params.get("period")
    if wanted is None:
        return public_results.preferred(reversed(found))
    try:
        period = Period.parse(wanted)
    except AnalyticsError:
        raise HTTPException(404) from None
    for result in found:
        if result.period == period:
            return result
    raise HTTPException(404)


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("lang") == "en" else "id"


def _page(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": public_page.policy(), **_CACHED})
