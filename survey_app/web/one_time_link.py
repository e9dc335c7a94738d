"""/tautan/{token}: a one-time link sets a password. Opening it uses nothing up; sending the form does."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from survey_app.errors import AppError, Conflict, NotFound, Refused
from survey_app.services.accounts import links, sessions
from survey_app.services.accounts.links import Kind, Link
from survey_app.services.accounts.passwords import LONGEST, SHORTEST
from survey_app.text import Text
from survey_app.web.site import Endpoint
from survey_app.web.visitor import Door, address_of, origin_of

#: The address is the secret: it must not go on to wherever the page leads, nor through a redirect.
_NO_REFERRER = "no-referrer"


def link_routes(door: Door) -> list[Route]:
    """Routes below /tautan."""
    return [Route("/{token}", one_time_link(door), methods=["GET", "POST"])]


def one_time_link(door: Door) -> Endpoint:
    """GET the form, POST it: 303 with a session, 404 for a dead link, 422 with what is wrong."""

    async def form(request: Request) -> Response:
        response = await answer(request)
        response.headers["Referrer-Policy"] = _NO_REFERRER
        return response

    async def answer(request: Request) -> Response:
        token, database = request.path_params["token"], door.site.database()
        fields = await door.read(request, no_referrer=True) if request.method == "POST" else {}
        try:
            found = await door.do(links.look, database, token, door.site.clock())
            if request.method != "POST":
                return _drawn(door, request, found)
            account = await door.do(_use, door, found, token, fields)
        except NotFound as dead:
            return door.page(request, "account_message.html", {"text": dead.text}, 404)
        except (Refused, Conflict) as refused:
            return _drawn(door, request, found, fields, refused)
        return await _signed_in(door, request, account)

    return form


def _use(door: Door, found: Link, token: str, fields: Mapping[str, str]) -> int:
    database, password, now = door.site.database(), fields.get("kata_sandi", ""), door.site.clock()
    if found.kind is Kind.FIRST:
        login, name = fields.get("akun", ""), fields.get("nama", "")
        return links.use_first(database, token, login, name, password, now)
    return links.use(database, token, password, now)


async def _signed_in(door: Door, request: Request, account: int) -> Response:
    """Who has just chosen a password need not type it again."""
    try:
        token = await door.do(
            sessions.begin,
            door.site.database(),
            account,
            origin_of(request),
            door.site.clock(),
            door.times(),
            way="link",
        )
    except NotFound:  # the role was taken back meanwhile
        return RedirectResponse(address_of(request, "/masuk", selesai="sandi"), 303)
    return await door.signed_in(request, token, address_of(request, "/"))


def _drawn(
    door: Door,
    request: Request,
    found: Link,
    fields: Mapping[str, str] | None = None,
    refused: AppError | None = None,
) -> Response:
    fields = fields or {}
    values = {
        "link": found,
        "first": found.kind is Kind.FIRST,
        "login": fields.get("akun", "")[:100],
        "full_name": fields.get("nama", "")[:100],
        "problems": problems_of(refused),
        "shortest": SHORTEST,
        "longest": LONGEST,
    }
    return door.page(request, "account_link.html", values, 200 if refused is None else 422)


def problems_of(refused: AppError | None) -> dict[str, list[Text]]:
    """What is wrong by the field it is about; "" for the whole."""
    if refused is None:
        return {}
    if not refused.problems:
        return {"login" if refused.code == "login-taken" else "": [refused.text]}
    found = dict[str, list[Text]]()
    for problem in refused.problems:
        found.setdefault(problem.path, []).append(problem.text)
    return found
