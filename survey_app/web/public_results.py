"""/hasil: published results for anyone to read, and the same as open data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from analytics import AnalyticsError, Period
from survey_app.errors import NotFound
from survey_app.services.disclosure import public_recaps, public_regions, public_results
from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.disclosure.public_regions import PublicRegions
from survey_app.services.disclosure.public_results import PublicResult, named
from survey_app.services.follow_up import plans
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.text import Language, language_meant
from survey_app.web import open_data, open_index, public_page, submissions
from survey_app.web.kept import HALF_A_MINUTE
from survey_app.web.site import Endpoint, Site, status_of

#: What is published changes rarely and may be a minute late: half of it here, half in the reader's browser.
CACHED = {"Cache-Control": f"public, max-age={HALF_A_MINUTE}"}


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
        words, language = request.query_params.get("q", "")[:100], _language(request)
        everything = await read_everything(site)
        if words:  # there are more to search for than can be kept
            return _page(await run_in_threadpool(partial(_index_html, everything, None, words, language)))
        of_all = partial(public_regions.of_results, site.database(), everything[1])
        regions = await site.kept.read("regions", of_all)
        draw = partial(_index_html, everything, regions, words, language)
        return _page(await site.kept.made_of((everything, regions), ("index", language), draw))

    return index


def public_index_csv(site: Site) -> Endpoint:
    """/hasil.csv: every published recap, and the last period of every unit."""

    async def data(_: Request) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="hasil.csv"', **CACHED}
        everything = await read_everything(site)
        draw = partial(open_index.csv_text, *everything)
        text = await site.kept.made_of(everything, "index.csv", draw)
        return Response(text, media_type="text/csv", headers=headers)

    return data


def public_index_json(site: Site) -> Endpoint:
    """/hasil.json: the same."""

    async def data(_: Request) -> Response:
        everything = await read_everything(site)
        draw = partial(open_index.json_text, *everything)
        text = await site.kept.made_of(everything, "index.json", draw)
        return Response(text, media_type="application/json", headers=CACHED)

    return data


#: Every published recap, and the last period of every unit.
Everything = tuple[Sequence[PublicRecap], Sequence[PublicResult]]


async def read_everything(site: Site) -> Everything:
    """What /hasil is made of, read once in half a minute."""

    def read() -> Everything:
        database = site.database()
        return public_recaps.published(database), public_results.latest(database)

    return await site.kept.read("everything", read)


def _index_html(everything: Everything, regions: PublicRegions | None, words: str, language: Language) -> str:
    recaps, units = everything
    shown = public_recaps.latest_of(recaps)
    return public_page.index_html(named(units, words), shown, regions, words, language)


def public_error(request: Request, error: Exception) -> Response:
    """The error as a page of the public results."""
    status, headers = status_of(error)
    policy = {"Content-Security-Policy": public_page.policy()}
    return HTMLResponse(
        public_page.error_html(status, _language(request)), status, {**policy, **(headers or {})}
    )


def _unit(site: Site) -> Endpoint:
    async def unit(request: Request) -> Response:
        language = _language(request)
        entry, results = await _found(site, request)
        if not results:
            return _page(public_page.nothing_html(entry, language))
        chosen, code = _chosen(results, request), entry.unit.code
        # What a unit says it has mended can be taken back, and is then gone at once.
        pairs = await run_in_threadpool(plans.published_pairs, site.database(), code)
        draw = partial(public_page.unit_html, results, chosen, pairs, language)
        key = ("unit", code, chosen.period, language)
        return _page(await site.kept.made_of((results, pairs), key, draw))

    return unit


def _csv(site: Site) -> Endpoint:
    async def data(request: Request) -> Response:
        entry, results = await _found(site, request)
        code = entry.unit.code
        headers = {"Content-Disposition": f'attachment; filename="hasil-{code}.csv"', **CACHED}
        text = await site.kept.made_of(results, ("csv", code), partial(open_data.csv_text, results))
        return Response(text, media_type="text/csv", headers=headers)

    return data


def _json(site: Site) -> Endpoint:
    async def data(request: Request) -> Response:
        entry, results = await _found(site, request)
        code = entry.unit.code
        draw = partial(open_data.json_text, code, results)
        text = await site.kept.made_of(results, ("json", code), draw)
        return Response(text, media_type="application/json", headers=CACHED)

    return data


async def _found(site: Site, request: Request) -> tuple[UnitEntry, Sequence[PublicResult]]:
    """The unit and what it has published. Raises: HTTPException 404 for an unknown unit."""
    code = request.path_params["unit"]
    if not submissions.is_plain(code):
        raise HTTPException(404)
    try:
        entry = await run_in_threadpool(catalogue.find_unit, site.database(), code, PROVINCE)
    except NotFound:
        raise HTTPException(404) from None
    return entry, await read_unit(site, entry.unit.code)


async def read_unit(site: Site, code: str) -> Sequence[PublicResult]:
    """What a unit has published, read once in half a minute."""
    of_unit = partial(public_results.of_unit, site.database(), code)
    return await site.kept.read(("results", code), of_unit)


def _chosen(results: Sequence[PublicResult], request: Request) -> PublicResult:
    """The period in the address, else the last with a value. Raises: HTTPException 404 for an unknown one."""
    wanted = request.query_params.get("period")
    if wanted is None:
        return public_results.preferred(reversed(results))
    try:
        period = Period.parse(wanted)
    except AnalyticsError:
        raise HTTPException(404) from None
    for result in results:
        if result.period == period:
            return result
    raise HTTPException(404)


def _language(request: Request) -> Language:
    return language_meant(request.query_params.get("lang"))


def _page(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": public_page.policy(), **CACHED})
