"""The plain routes: the light form, the API and health, beside Streamlit or in a process of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from survey_app.storage.database import Database
from survey_app.web import health
from survey_app.web.headers import SecurityHeaders
from survey_app.web.site import Site, json_error, mount


def routes(database: Callable[[], Database], clock: Callable[[], datetime]) -> list[BaseRoute]:
    """All plain routes; they own /s, /api and /healthz, unknown paths below them included."""
    site = Site(database, clock)
    return [
        Route("/healthz", health.endpoint(site), middleware=[Middleware(SecurityHeaders)]),
        mount("/api", [], json_error),
    ]
