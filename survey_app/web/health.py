"""Health: answers 200 when the database answers."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from survey_app.errors import Unavailable
from survey_app.services.places import catalogue
from survey_app.web.site import Endpoint, Site

_log = logging.getLogger(__name__)


def healthz(site: Site) -> Endpoint:
    """`GET /healthz`."""

    async def get(request: Request) -> Response:
        try:
            await run_in_threadpool(lambda: catalogue.list_agencies(site.database()))
        except Unavailable as error:
            _log.error("health check failed: %s", error)
            return JSONResponse({"status": "unavailable"}, 503)
        except Exception:  # noqa: BLE001  # whatever fails, the answer is "unavailable"; the log has the cause
            _log.exception("health check failed")
            return JSONResponse({"status": "unavailable"}, 503)
        return JSONResponse({"status": "ok"})

    return get
