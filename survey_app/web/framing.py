"""Refusing a request whose end two servers could see in two places: the way to smuggle another one in."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class ClearEnd:
    """ASGI middleware: 400 and the end of the connection where the length of the body is said twice.

    RFC 9112, 6.1 and 6.3: a body with both a length and a transfer coding, or with a coding in HTTP/1.0, is
    an error. A proxy that goes by one and a server that goes by the other would disagree about where the
    next request of the connection begins.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_ambiguous(scope):
            refused = JSONResponse({"error": "bad-request"}, 400, {"Connection": "close"})
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_ambiguous(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"transfer-encoding" in names and (b"content-length" in names or scope["http_version"] == "1.0")
