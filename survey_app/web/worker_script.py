"""`GET /sw.js`: the service worker that opens the form without a network and sends what waits."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from survey_app.web import assets


async def worker_script(request: Request) -> Response:
    """Served at the root, registered by the form for /s/ only; browsers ask for it again on their own."""
    headers = {"Content-Security-Policy": assets.worker_policy(), "Cache-Control": "no-cache"}
    return Response(assets.worker(), media_type="text/javascript", headers=headers)
