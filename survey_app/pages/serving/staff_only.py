"""What of Streamlit's own paths is for staff: files that pages made, and files that are handed in."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from survey_app.errors import Unavailable
from survey_app.services.accounts.sessions import Session
from survey_app.services.process import signed_in
from survey_app.text import Text

#: The survey page makes no file and takes none. Its connection and its scripts stay open to everybody.
_FOR_STAFF = ("/media/", "/_stcore/upload_file/")
SIGN_IN = Text("Masuk untuk membuka berkas ini.", "Sign in to open this file.")
AWAY = Text("Basis data tidak dapat dihubungi.", "The database cannot be reached.")


async def session_of(request: Request) -> Session | None:
    """Who has signed in behind a request. Raises: Unavailable."""
    caller = signed_in.caller(request.cookies, request.headers, str(request.url))
    if caller.token is None:
        return None
    return await asyncio.to_thread(signed_in.find, caller, config.get_option("server.address"))


class StaffOnly:
    """ASGI middleware: without a session those paths answer 403."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = await _refused(Request(scope)) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)


async def _refused(request: Request) -> PlainTextResponse | None:
    # As Streamlit routes it: what is written %2f in an address is a / here.
    path = request.scope["path"]
    if not path.startswith(_FOR_STAFF):
        return None
    try:
        found = await session_of(request)
    except Unavailable:
        return _said(AWAY, 503)
    return _said(SIGN_IN, 403) if found is None else None


def _said(text: Text, status: int) -> PlainTextResponse:
    return PlainTextResponse(f"{text.id}\n{text.en}\n", status, {"Cache-Control": "no-store"})
