"""What the plain routes share: the database, the clock, and one way to answer what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ExceptionHandler

from survey_app.storage.database import Database
from survey_app.web.pace import Pace

#: The longest comment in four-byte letters, percent-encoded, with room for the rest.
MAX_BODY = 64 * 1024


Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Site:
    """`database` opens the process's database at first call; `clock` gives the moment in UTC."""

    database: Callable[[], Database]
    clock: Callable[[], datetime]
    pace: Pace


def application(routes: Sequence[BaseRoute], on_error: ExceptionHandler) -> Starlette:
    """`routes` with a body limit, answering every method and unknown path, and errors in their own form."""
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: on_error, Exception: on_error},
        max_body_size=MAX_BODY,
    )
    app.router.redirect_slashes = False
    return app


def json_error(request: Request, error: Exception) -> Response:
    """The error as JSON: its status and a code."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    return JSONResponse({"error": _CODES.get(status, "error")}, status, headers)


_CODES = {
    400: "bad-request",
    401: "device-token",
    403: "cross-site",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "media-type",
    429: "too-many",
    500: "server-error",
}
