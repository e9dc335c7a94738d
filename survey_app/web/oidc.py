"""/masuk/oidc and /masuk/oidc/kembali: to the provider of OpenID Connect, and back.

Both are opened by a link or a redirect, and so by GET. The browser holds meanwhile what the provider sends
back in the address: nobody comes back in another one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey_app.errors import AppError, NotFound, ProviderAway, Refused, SettingError
from survey_app.services.accounts import oidc
from survey_app.services.accounts.cookies import OIDC_COOKIE, SECURE_OIDC_COOKIE
from survey_app.services.accounts.oidc import Return
from survey_app.services.process.oidc_door import OidcDoor
from survey_app.text import Text, visible
from survey_app.web.sign_in import drawn, local_path
from survey_app.web.site import Endpoint
from survey_app.web.visitor import Door, address_of, language_of, let_go, origin_of

T = TypeVar("T")

_log = logging.getLogger(__name__)
AWAY, BACK = "/masuk/oidc", "/masuk/oidc/kembali"
#: Threads that wait for the provider, apart from all others: while it is slow nobody else is.
_THREADS = 4
NOT_SET_RIGHT = Text(
    "Masuk dengan {name} belum disetel dengan benar. Hubungi admin, atau masuk dengan cara lain.",
    "Signing in with {name} is not set up rightly. Ask the administrator, or sign in another way.",
)
_COOKIES = (OIDC_COOKIE, SECURE_OIDC_COOKIE)


def depart(door: Door) -> Endpoint:
    """GET: 303 to the provider; 503 where it is away, 404 where there is none."""
    limiter = CapacityLimiter(_THREADS)

    async def leave(request: Request) -> Response:
        found = await _found(door, request)
        onward = local_path(request.query_params.get("lanjut"))
        back_to = door.site.address(request) + BACK
        path = address_of(request, onward) if onward == "/" else onward

        def work() -> oidc.Departure:
            # What would fail on the way back fails here: nobody types a password there for nothing.
            found.rules()
            provider, now = found.provider(), door.site.clock()
            return oidc.depart(door.site.database(), provider, back_to, path, now)

        try:
            departure = await _apart(limiter, work)
        except (ProviderAway, SettingError) as error:
            return await _told(door, request, found, error, onward)
        response = RedirectResponse(departure.address, 303)
        held = f"{departure.state}.{language_of(request)}"
        door.hold(request, response, _COOKIES, held, int(oidc.PATIENCE.total_seconds()))
        return response

    return leave


def come_back(door: Door) -> Endpoint:
    """GET: 303 to where somebody wanted to go, signed in; else the sign-in page, with why."""
    limiter = CapacityLimiter(_THREADS)

    async def arrive(request: Request) -> Response:
        found = await _found(door, request)
        given = request.query_params
        held, _, language = door.held(request, _COOKIES).partition(".")
        back = Return(
            state=given.get("state", ""), held=held, code=given.get("code", ""), issuer=given.get("iss")
        )
        onward = "/"

        def work() -> tuple[str, str]:
            nonlocal onward
            database, now = door.site.database(), door.site.clock()
            awaited = oidc.come_back(database, back, now)
            onward = awaited.onward
            rules, provider = found.rules(), found.provider()
            token = oidc.sign_in(
                database, provider, rules, back, awaited, origin_of(request), now, door.times()
            )
            return token, awaited.onward

        try:
            token, path = await _apart(limiter, work)
        except (ProviderAway, SettingError, Refused, NotFound) as error:
            response = await _told(door, _in(language, request), found, error, onward)
        else:
            response = await door.signed_in(request, token, path)
        let_go(response, _COOKIES)
        return response

    return arrive


async def _found(door: Door, request: Request) -> OidcDoor:
    await door.site.pace.check(request, door.site.clock())
    found = door.oidc()
    if found is None:
        raise HTTPException(404)
    return found


async def _apart(limiter: CapacityLimiter, work: Callable[[], T]) -> T:
    return await to_thread.run_sync(work, limiter=limiter)


async def _told(door: Door, request: Request, found: OidcDoor, error: AppError, onward: str) -> Response:
    """The sign-in page with what went wrong; what only an operator can mend stands in the log alone."""
    _log.warning("nobody was signed in by the provider: %s", visible(f"{error} {error.__cause__ or ''}"))
    text = NOT_SET_RIGHT.format(name=found.name) if isinstance(error, SettingError) else error.text
    headers = {"Retry-After": "30"} if isinstance(error, ProviderAway) else None
    return await drawn(door, request, onward, _status(error), problem=text, headers=headers)


def _in(language: str, request: Request) -> Request:
    """A request as if it came in a language, and without what the provider put into its address."""
    query = urlencode({"lang": language}).encode()
    return Request({**request.scope, "query_string": query}, request.receive)


def _status(error: AppError) -> int:
    if isinstance(error, ProviderAway | SettingError):
        return 503
    return {"oidc-refused": 401, "oidc-not-awaited": 400}.get(error.code, 403)
