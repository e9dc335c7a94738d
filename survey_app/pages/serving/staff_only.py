"""What of Streamlit's own paths is for staff: files that pages made, and files that are handed in."""

from __future__ import annotations

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import exists, get_instance
from streamlit.runtime.session_manager import ClientContext

from survey_app.errors import Unavailable
from survey_app.services.accounts.sessions import Session
from survey_app.services.process import signed_in
from survey_app.text import Text
from survey_app.ui import made_files

#: The survey page makes no file and takes none. Its connection and its scripts stay open to everybody.
_MADE, _HANDED_IN = "/media/", "/_stcore/upload_file/"
SIGN_IN = Text("Masuk untuk membuka berkas ini.", "Sign in to open this file.")
NOT_YOURS = Text("Berkas ini bukan untuk Anda.", "This file is not for you.")
AWAY = Text("Basis data tidak dapat dihubungi.", "The database cannot be reached.")


async def session_of(request: Request) -> Session | None:
    """Who has signed in behind a request. Raises: Unavailable."""
    caller = signed_in.caller(request.cookies, request.headers, str(request.url))
    if caller.token is None:
        return None
    return await asyncio.to_thread(signed_in.find, caller, config.get_option("server.address"))


class StaffOnly:
    """ASGI middleware: a file opens for the session that had it made; a page takes files of its own alone.

    Others are answered with 403, whether there is such a file or not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # As Streamlit routes it: what is written %2f in an address is a / here.
        if scope["type"] != "http" or not scope["path"].startswith((_MADE, _HANDED_IN)):
            await self._app(scope, receive, send)
            return

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Else the next person at the same browser could find the file there.
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        refused = await _refused(Request(scope))
        await (refused or self._app)(scope, receive, send_unkept)


async def _refused(request: Request) -> PlainTextResponse | None:
    path = request.scope["path"]
    try:
        found = await session_of(request)
    except Unavailable:
        return _said(AWAY, 503)
    if found is None:
        return _said(SIGN_IN, 403)
    if path.startswith(_MADE):
        own = made_files.is_for(found, path.removeprefix(_MADE))
    else:
        own = _is_page_of(request, path.removeprefix(_HANDED_IN).partition("/")[0])
    return None if own else _said(NOT_YOURS, 403)


def _is_page_of(request: Request, page: str) -> bool:
    """Whether an open page, by the name Streamlit gives its connection, is of the session that asks."""
    connected = connection(page)
    if connected is None:
        return False
    opened = signed_in.caller(connected.cookies, dict(connected.headers), None)
    asking = signed_in.caller(request.cookies, request.headers, str(request.url))
    return opened.token is not None and opened.token == asking.token


def connection(page: str) -> ClientContext | None:
    """What a browser sent as it opened the connection of a page; None where no such page is open."""
    client = get_instance().get_client(page) if exists() else None
    return None if client is None else client.client_context


def _said(text: Text, status: int) -> PlainTextResponse:
    return PlainTextResponse(f"{text.id}\n{text.en}\n", status)
