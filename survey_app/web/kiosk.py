"""`/k`: pairing a device, and the kiosk itself."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from survey_app.errors import NotFound
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Pair
from survey_app.services.kiosks import devices
from survey_app.services.places.catalogue import UnitEntry
from survey_app.web import assets, kiosk_page
from survey_app.web.site import Endpoint, Site
from survey_app.web.submissions import is_plain


def kiosk_routes(site: Site) -> list[Route]:
    """Routes below /k."""
    return [Route("/{device}", _kiosk(site))]


async def pairing(request: Request) -> Response:
    """`GET /k`: the code is typed, or comes behind the # of a QR code's link, which no log ever sees."""
    return _page(kiosk_page.pairing_html())


def _kiosk(site: Site) -> Endpoint:
    async def get(request: Request) -> Response:
        code = request.path_params["device"]
        entry, pairs = await run_in_threadpool(_find, site, code)
        form_url = f"{site.address(request)}/s/{entry.unit.code}"
        return _page(kiosk_page.kiosk_html(entry, pairs, code, form_url, site.contact))

    return get


def _find(site: Site, code: str) -> tuple[UnitEntry, Sequence[Pair]]:
    """The unit of a device and what it tells; a revoked one too, whose answers still wait to be saved."""
    if not is_plain(code):
        raise HTTPException(404)
    try:
        entry = devices.unit_of(site.database(), devices.find(site.database(), code))
        return entry, plans.published_pairs(site.database(), entry.unit.code)
    except NotFound:
        raise HTTPException(404) from None


def _page(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": assets.kiosk_policy()})
