"""A body that is too large is refused before anything of ours runs: the same refusal in our own form."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey_app.web.api import problems


class TooLargeAsProblem:
    """ASGI middleware: the framework's plain 413 as a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain = False

        async def told(message: Message) -> None:
            nonlocal plain
            if message["type"] == "http.response.start" and message["status"] == 413:
                plain = Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
                if plain:
                    refusal = await problems.of_status(Request(scope), HTTPException(413))
                    await refusal(scope, receive, send)
            if not plain:
                await send(message)

        await self._app(scope, receive, told)
