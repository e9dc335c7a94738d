"""What the plain routes share: the database, the clock, and one way to answer what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from survey_app.errors import InstrumentError, Unavailable
from survey_app.settings import Contact, Retention
from survey_app.storage.database import Database
from survey_app.web import words
from survey_app.web.kept import Kept
from survey_app.web.pace import Pace

_log = logging.getLogger(__name__)

#: The longest comment in four-byte letters, percent-encoded, with room for the rest.
MAX_BODY = 64 * 1024
#: A name of the DNS, and a port.
_LONGEST_HOST = 253 + 6

Endpoint = Callable[[Request], Awaitable[Response]]
#: Draws what went wrong.
OnError = Callable[[Request, Exception], Response]


@dataclass(frozen=True, kw_only=True)
class Site:
    """`database` opens the process's database at first call; `clock` gives the moment in UTC.

    `retention` and `contact` are what citizens are told of their data.

    `public_url` is the address citizens are sent to; without one it is where the request found us.
    """

    database: Callable[[], Database]
    clock: Callable[[], datetime]
    pace: Pace
    kept: Kept
    public_url: str | None
    retention: Retention
    contact: Contact | None

    def address(self, request: Request) -> str:
        """What stands before the path in a link that leaves this device.

        Raises: HTTPException 400 for a host longer than any name.
        """
        if self.public_url is not None:
            return self.public_url
        url = request.base_url
        if len(url.netloc) > _LONGEST_HOST:
            raise HTTPException(400)
        return f"{url.scheme}://{url.netloc}"


def application(routes: Sequence[BaseRoute], on_error: OnError) -> Starlette:
    """`routes` with a body limit, answering every method and unknown path, and errors in their own form."""
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: on_error,
            Unavailable: _logged(on_error),
            InstrumentError: _logged(on_error),
            Exception: on_error,
        },
        max_body_size=MAX_BODY,
    )
    app.router.redirect_slashes = False
    return app


def json_error(request: Request, error: Exception) -> Response:
    """The error as JSON: its status and a code; of a refusal for good what the page shows to the person."""
    status, headers = status_of(error)
    code = error.code if isinstance(error, InstrumentError) else _CODES.get(status, "error")
    text = {"text": asdict(words.told(status))} if status in _FOR_GOOD else {}
    return JSONResponse({"error": code, **text}, status, headers)


def status_of(error: Exception) -> tuple[int, Mapping[str, str] | None]:
    """The status and headers of what went wrong; what a database could not take may be sent again soon."""
    if isinstance(error, HTTPException):
        return error.status_code, error.headers
    return (503, {"Retry-After": "5"}) if isinstance(error, Unavailable) else (500, None)


def _logged(on_error: OnError) -> OnError:
    """One line for the operator: what is away or damaged fails request after request."""

    def told(request: Request, error: Exception) -> Response:
        _log.error("answered %s: %s", status_of(error)[0], error)
        return on_error(request, error)

    return told


#: What an outbox does not send again.
_FOR_GOOD = (400, 413, 415)

_CODES = {
    400: "bad-request",
    401: "device-token",
    403: "cross-site",
    404: "not-found",
    405: "method-not-allowed",
    408: "too-slow",
    413: "too-large",
    415: "media-type",
    429: "too-many",
    500: "server-error",
    503: "unavailable",
}
