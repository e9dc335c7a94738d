"""The connection of a page is opened by our own pages alone."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from survey_app.web.same_origin import is_of_another_host

#: "Policy violation" (RFC 6455, 7.4.1); before a connection stands it is answered with 403.
_REFUSED = 1008


class OwnConnections:
    """ASGI middleware: 403 for a websocket that a page of another host opens.

    Streamlit refuses it too, and before that asks a host of Amazon for our own address, every time anew and
    with nothing else served meanwhile: where the network answers nothing to that, two seconds for each.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and is_of_another_host(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            await self._app(scope, receive, send)
