"""Who stands behind a request of the account pages: the session of the browser, and forms only ours can send.

Every form repeats what a cookie holds (double submit): another site can make a browser send a form, and can
neither read the cookie nor, where its name begins with __Host-, set one. These pages are not compressed: a
secret beside what somebody typed would show in their length.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from survey_app.services.accounts import passkeys, sessions, tokens
from survey_app.services.accounts.cookies import (
    COOKIE,
    FORM_COOKIE,
    SECURE_COOKIE,
    SECURE_FORM_COOKIE,
    is_secure,
    public_if_met,
    session_token,
)
from survey_app.services.accounts.sessions import Origin, Session, SessionTimes
from survey_app.services.process.oidc_door import OidcDoor
from survey_app.storage.database import Database
from survey_app.text import Language, language_meant
from survey_app.web import account_page, bodies
from survey_app.web.site import Site

P = ParamSpec("P")
T = TypeVar("T")

#: The name of the field that repeats the cookie.
FORM_FIELD = "formulir"
#: Threads for all of this at once. Comparing passwords holds one for long, and citizens need the others.
_THREADS = 4
#: What a browser calls itself by; the first that fits, since each names those it descends from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)

#: Whether a request with these headers, from this address, may be somebody of the demonstration.
DemoDoor = Callable[[Database, Mapping[str, str], str], bool]


#: Names of a cookie: for who comes over HTTP, and over HTTPS.
Names = tuple[str, str]


def no_provider() -> None:
    """Nobody signs in by a provider."""
    return


def closed(_: Database, __: Mapping[str, str], ___: str) -> bool:
    """Nobody of the demonstration, ever."""
    return False


@dataclass(frozen=True)
class Door:
    """What the account pages share."""

    site: Site
    demo: DemoDoor
    times: Callable[[], SessionTimes]
    oidc: Callable[[], OidcDoor | None] = no_provider
    _limiter: CapacityLimiter = field(default_factory=partial(CapacityLimiter, _THREADS))

    async def do(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """What takes a database or a password, in one of few threads."""
        return await to_thread.run_sync(partial(work, *args, **named), limiter=self._limiter)

    async def who(self, request: Request) -> Session | None:
        """Who has signed in."""
        return await self.do(self._who, request)

    async def demo_is_open(self, request: Request) -> bool:
        return await self.do(lambda: self._is_demo(self.site.database(), request))

    async def read(self, request: Request, *, no_referrer: bool = False) -> Mapping[str, str]:
        """The fields of one of our own forms.

        Raises: HTTPException 400, 403, 413, 415, 429.
        """
        await self.site.pace.check(request, self.site.clock())
        fields = await bodies.read_form(request, null_origin=no_referrer)
        held = request.cookies.get(self._form_cookie(request), "")
        if not held or not hmac.compare_digest(held.encode(), fields.pop(FORM_FIELD, "").encode()):
            raise HTTPException(403)
        return fields

    def page(
        self,
        request: Request,
        name: str,
        values: Mapping[str, object],
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        *,
        path: str | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Response:
        """A page whose forms `read` will know; `path` and `query` are its address, that of the request."""
        held = request.cookies.get(self._form_cookie(request), "")
        token = held if account_page.is_token(held) else tokens.new_token()
        html = account_page.html(
            name, language_of(request), path or request.url.path, query or {}, form_token=token, **values
        )
        policy = {"Content-Security-Policy": account_page.policy()}
        response = HTMLResponse(html, status, {**policy, **(headers or {})})
        if token != held:
            secure = self._is_secure(request)
            _set(response, self._form_cookie(request), token, secure=secure)
        return response

    def place(self, request: Request) -> passkeys.Site:
        """For which address a device makes and uses keys. Raises: HTTPException 400 where it is none."""
        secure = self._is_secure(request, request.headers.get("origin"))
        address = self.site.public_url or f"http{'s' if secure else ''}://{request.headers.get('host', '')}"
        try:
            return passkeys.Site(urlsplit(address).hostname or "", address)
        except ValueError:
            raise HTTPException(400) from None

    async def signed_in(self, request: Request, token: str, path: str) -> Response:
        """Go on with a new session; the one this browser had before ends, whoever's it was."""
        response = RedirectResponse(path, 303)
        if (before := self._token(request)) is not None:
            await self.do(lambda: sessions.end(self.site.database(), before))
        secure = self._is_secure(request, request.headers.get("origin"))
        _set(response, SECURE_COOKIE if secure else COOKIE, token, secure=secure)
        return response

    async def signed_out(self, request: Request, path: str) -> Response:
        """End the session of this browser, and let it forget the token."""
        if (token := self._token(request)) is not None:
            await self.do(lambda: sessions.end(self.site.database(), token))
        response = RedirectResponse(path, 303)
        let_go(response, (COOKIE, SECURE_COOKIE))
        return response

    def hold(self, request: Request, response: Response, names: Names, value: str, seconds: int) -> None:
        """Let the browser keep a value for so long, under the name for how it came."""
        secure = self._is_secure(request)
        _set(response, names[secure], value, secure=secure, seconds=seconds)

    def held(self, request: Request, names: Names) -> str:
        """What the browser keeps so; empty for nothing."""
        return request.cookies.get(names[self._is_secure(request)], "")

    def _who(self, request: Request) -> Session | None:
        if (token := self._token(request)) is None:
            return None
        database = self.site.database()
        demo = partial(self._is_demo, database, request)
        return sessions.find(database, token, self.site.clock(), demo=demo)

    def _is_demo(self, database: Database, request: Request) -> bool:
        return self.demo(database, request.headers, origin_of(request).address)

    def _token(self, request: Request) -> str | None:
        secure = self._is_secure(request, request.headers.get("origin"))
        return session_token(request.cookies, secure=secure)

    def _form_cookie(self, request: Request) -> str:
        # Not by Origin, which a form's GET does not bring and its POST does.
        return SECURE_FORM_COOKIE if self._is_secure(request) else FORM_COOKIE

    def _is_secure(self, request: Request, origin: str | None = None) -> bool:
        host = request.headers.get("host", "")
        return is_secure(f"{request.url.scheme}://", origin, public_if_met(self.site.public_url, host))


def let_go(response: Response, names: Names) -> None:
    """Let the browser forget a value, under both names: whichever it was, nothing stays behind."""
    plain, secure = names
    response.delete_cookie(plain, httponly=True, samesite="lax")
    response.delete_cookie(secure, secure=True, httponly=True, samesite="lax")


def origin_of(request: Request) -> Origin:
    """From where somebody signs in, as shown to themselves later."""
    return Origin(request.client.host if request.client else "", _browser(request))


def language_of(request: Request) -> Language:
    return language_meant(request.query_params.get("lang"))


def address_of(request: Request, path: str, **query: str) -> str:
    """An address of ours in the language of the request."""
    return account_page.address(path, language_of(request), **query)


def _browser(request: Request) -> str:
    agent = request.headers.get("user-agent", "")
    names = (next((shown for part, shown in known if part in agent), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, names))


def _set(response: Response, name: str, value: str, *, secure: bool, seconds: int | None = None) -> None:
    response.set_cookie(name, value, seconds, secure=secure, httponly=True, samesite="lax")
