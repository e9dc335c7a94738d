"""/masuk and /keluar: sign in with a password, or where it is open as somebody of the demonstration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey_app.errors import NotFound, Refused
from survey_app.services.accounts import demo_people, links, signing_in
from survey_app.services.accounts.signing_in import TooEarly
from survey_app.services.places.acting import Role
from survey_app.text import Text
from survey_app.web import account_page, words
from survey_app.web.site import Endpoint, status_of
from survey_app.web.visitor import Door, address_of, language_of, origin_of
from survey_app.wording.role_words import ROLES

#: What a page says after a redirect, by what its address names.
DONE = {
    "keluar": Text("Anda sudah keluar.", "You have signed out."),
    "sandi": Text("Kata sandi sudah disimpan. Silakan masuk.", "The password is stored. Please sign in."),
}
#: A path of this server: one slash and then no other, and nothing that browsers turn into one or leave out.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_LONGEST_PATH = 2000


def local_path(given: str | None) -> str:
    """Where to go on to: `given` if it is a path of our own, else the first page."""
    if not given or len(given) > _LONGEST_PATH or not _LOCAL.fullmatch(given) or not given.isprintable():
        return "/"
    try:
        parts = urlsplit(given)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else given


def sign_in(door: Door) -> Endpoint:
    """GET the form, POST it: 303 to where somebody wanted to go, 401, or 429 with how long to wait."""

    async def form(request: Request) -> Response:
        if request.method == "POST":
            return await _take(door, request)
        done = DONE.get(request.query_params.get("selesai", ""))
        return await drawn(door, request, request.query_params.get("lanjut"), done=done)

    return form


def sign_in_to_demo(door: Door) -> Endpoint:
    """POST the role of a person of the demonstration."""

    async def take(request: Request) -> Response:
        fields = await door.read(request)
        if not await door.demo_is_open(request):
            return await drawn(door, request, fields.get("lanjut"), 403, problem=demo_people.NO_DEMO)
        try:
            role = Role(fields.get("peran", ""))
            token = await door.do(
                demo_people.sign_in,
                door.site.database(),
                role,
                origin_of(request),
                door.site.clock(),
                door.times(),
            )
        except ValueError:
            raise HTTPException(400) from None
        except Refused as refused:
            return await drawn(door, request, fields.get("lanjut"), 403, problem=refused.text)
        return await door.signed_in(request, token, onward(request, fields))

    return take


def sign_out(door: Door) -> Endpoint:
    """POST: the session is over, here and everywhere it was open."""

    async def take(request: Request) -> Response:
        await door.read(request)
        return await door.signed_out(request, address_of(request, "/masuk", selesai="keluar"))

    return take


def account_error(request: Request, error: Exception) -> Response:
    """What went wrong, as a page of its own."""
    status, headers = status_of(error)
    text = account_page.FORM_STALE if status == 403 else words.told(status)
    html = account_page.html("account_message.html", language_of(request), "/masuk", {}, text=text)
    policy = {"Content-Security-Policy": account_page.policy(), "Referrer-Policy": "no-referrer"}
    return HTMLResponse(html, status, {**policy, **(headers or {})})


async def _take(door: Door, request: Request) -> Response:
    fields = await door.read(request)
    login, password = fields.get("akun", ""), fields.get("kata_sandi", "")
    try:
        token = await door.do(
            signing_in.sign_in,
            door.site.database(),
            login,
            password,
            origin_of(request),
            door.site.clock(),
            door.times(),
        )
    except TooEarly as early:
        headers = {"Retry-After": str(early.seconds)}
        return await drawn(
            door, request, fields.get("lanjut"), 429, problem=early.text, login=login, headers=headers
        )
    except Refused as refused:
        return await drawn(door, request, fields.get("lanjut"), 401, problem=refused.text, login=login)
    except NotFound as without_role:
        return await drawn(door, request, fields.get("lanjut"), 403, problem=without_role.text, login=login)
    return await door.signed_in(request, token, onward(request, fields))


async def drawn(
    door: Door,
    request: Request,
    wanted: str | None,
    status: int = 200,
    *,
    problem: Text | None = None,
    done: Text | None = None,
    login: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The form, with what is wrong or done."""
    path = local_path(wanted)
    demo = await door.demo_is_open(request)
    values = {
        "problem": problem,
        "done": done,
        "login": login[:100],
        "onward": path,
        "somebody": await door.do(lambda: links.somebody_has_an_account(door.site.database())),
        "session": await door.who(request),
        "demo_roles": {role.value: ROLES[role] for role in demo_people.PEOPLE} if demo else {},
    }
    query = {} if path == "/" else {"lanjut": path}
    # Also where the form came from the address of a person of the demonstration.
    return door.page(request, "account_sign_in.html", values, status, headers, path="/masuk", query=query)


def onward(request: Request, fields: Mapping[str, str]) -> str:
    """Where a form goes on to once somebody has signed in."""
    path = local_path(fields.get("lanjut"))
    return address_of(request, path) if path == "/" else path
