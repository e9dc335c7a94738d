"""Every request waits for a turn of the sender's address: guessing keys is no faster than asking."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from survey_app.web.api import problems
from survey_app.web.site import Site


class InTurn:
    """ASGI middleware, no dependency: before it asks those, FastAPI reads a body and refuses a broken one."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            try:
                await self._site.pace.check(request, self._site.clock())
            except HTTPException as refused:
                await (await problems.of_status(request, refused))(scope, receive, send)
                return
        await self._app(scope, receive, send)
