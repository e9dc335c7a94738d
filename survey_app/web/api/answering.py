"""How a read is answered: typed, with a strong ETag where anybody may keep it; HEAD as GET without a body."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey_app.web.api import paging
from survey_app.web.api.paging import Page
from survey_app.web.public_results import CACHED

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": "Strong; for If-None-Match."}}
_LINK = {"Link": {"schema": {"type": "string"}, "description": 'The next page, rel="next".'}}
#: For OpenAPI: what `public` adds.
CACHEABLE: dict[int | str, dict[str, Any]] = {
    200: {"headers": _ETAG},
    304: {"description": "Not Modified", "headers": _ETAG},
}
PAGED: dict[int | str, dict[str, Any]] = {200: {"headers": _LINK}}
CACHEABLE_PAGES: dict[int | str, dict[str, Any]] = {**CACHEABLE, 200: {"headers": {**_ETAG, **_LINK}}}


def public(request: Request, body: BaseModel) -> Response:
    """A published read: as long to be kept as a page of /hasil, and 304 for who has it already."""
    content = body.model_dump_json().encode()
    headers = {**CACHED, **_linked(request, body)}
    # The compressed bytes are others, and a strong tag names bytes.
    coding = b"gzip" if "gzip" in request.headers.get("accept-encoding", "") else b""
    tag = f'"{hashlib.sha256(content + coding).hexdigest()[:32]}"'
    headers["ETag"] = tag
    if _has(request.headers.getlist("if-none-match"), tag):
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    return Response(content, media_type="application/json", headers=headers)


def inside(request: Request, body: BaseModel) -> Response:
    """A read by key: kept by nobody."""
    content = body.model_dump_json().encode()
    return Response(content, media_type="application/json", headers=_linked(request, body))


def _linked(request: Request, body: BaseModel) -> dict[str, str]:
    if isinstance(body, Page) and body.next is not None:
        return {"Link": paging.link(request, body.next)}
    return {}


def _has(conditions: list[str], tag: str) -> bool:
    """Whether If-None-Match names the tag, compared weakly as RFC 9110 (13.1.2) has it."""
    said = ",".join(conditions).strip()
    return said == "*" or tag in _TAG.findall(said)


class HeadAsGet:
    """ASGI middleware, the outermost: HEAD has the headers of GET, those of its compression too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
