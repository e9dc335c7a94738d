"""The plain routes: the light form, the API and health, beside Streamlit or in a process of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from survey_app import settings
from survey_app.services.disclosure import public_results
from survey_app.services.process import oidc_door, runtime
from survey_app.services.process.oidc_door import OidcDoor
from survey_app.storage.database import Database
from survey_app.web import oidc
from survey_app.web.account import account
from survey_app.web.api.answering import HeadAsGet
from survey_app.web.api.field import api_routes
from survey_app.web.api.too_large import TooLargeAsProblem
from survey_app.web.api.v1 import api_v1
from survey_app.web.devices import device_routes
from survey_app.web.form import form_routes, page_error
from survey_app.web.headers import SecurityHeaders
from survey_app.web.health import healthz
from survey_app.web.kept import Kept
from survey_app.web.kiosk import kiosk_routes, pairing
from survey_app.web.one_time_link import link_routes
from survey_app.web.pace import Pace
from survey_app.web.passkey import ask_for_new_key, ask_to_sign_in, sign_in_with_passkey
from survey_app.web.personal import personal_page
from survey_app.web.public_results import (
    public_error,
    public_index,
    public_index_csv,
    public_index_json,
    public_routes,
)
from survey_app.web.sign_in import account_error, sign_in, sign_in_to_demo, sign_out
from survey_app.web.site import Endpoint, OnError, Site, application, json_error
from survey_app.web.visitor import DemoDoor, Door, closed
from survey_app.web.worker_script import worker_script


def routes(
    database: Callable[[], Database],
    clock: Callable[[], datetime],
    demo: DemoDoor = closed,
    provider: Callable[[], OidcDoor | None] = oidc_door.configured,
) -> list[BaseRoute]:
    """All plain routes.

    They own /s, /k, /hasil, /data-pribadi, /api, /masuk, /tautan, /akun, /keluar, /sw.js and /healthz,
    unknown paths below included.

    Args:
        demo: whether a request may be somebody of the demonstration; nobody is in a process of its own.
        provider: by which people may sign in as well.
    """
    found = settings.load()
    kept = Kept(lambda: public_results.published_so_far(database()), clock)
    site = Site(
        database=database,
        clock=clock,
        pace=Pace.of(found.limit_factor),
        kept=kept,
        public_url=found.public_url,
        retention=found.retention,
        contact=found.contact,
    )
    outer = [Middleware(SecurityHeaders), Middleware(GZipMiddleware)]
    door = Door(site, demo, runtime.session_times, provider)
    # Not compressed: a secret beside what somebody typed would show in their length.
    strict = [Middleware(SecurityHeaders)]
    return [
        _single("/masuk", sign_in(door), account_error, strict, ["GET", "POST"]),
        _single("/masuk/kunci", sign_in_with_passkey(door), account_error, strict, ["POST"]),
        _single("/masuk/kunci/mulai", ask_to_sign_in(door), account_error, strict, ["POST"]),
        _single("/akun/kunci/mulai", ask_for_new_key(door), account_error, strict, ["POST"]),
        _single("/masuk/contoh", sign_in_to_demo(door), account_error, strict, ["POST"]),
        _single(oidc.AWAY, oidc.depart(door), account_error, strict),
        _single(oidc.BACK, oidc.come_back(door), account_error, strict),
        _single("/keluar", sign_out(door), account_error, strict, ["POST"]),
        _single("/akun", account(door), account_error, strict, ["GET", "POST"]),
        _single("/tautan", _nothing, account_error, strict),
        _below("/tautan", application(link_routes(door), account_error), middleware=strict),
        _single("/healthz", healthz(site), json_error, outer),
        _single("/sw.js", worker_script, json_error, outer),
        _single("/s", _nothing, page_error, outer),
        _single("/k", pairing, page_error, outer),
        _single("/hasil", public_index(site), public_error, outer),
        _single("/hasil.csv", public_index_csv(site), public_error, outer),
        _single("/hasil.json", public_index_json(site), public_error, outer),
        _single("/data-pribadi", personal_page(site), public_error, outer),
        _single("/api", _nothing, json_error, outer),
        _below("/s", application(form_routes(site), page_error), middleware=outer),
        _below("/k", application(kiosk_routes(site), page_error), middleware=outer),
        _below("/hasil", application(public_routes(site), public_error), middleware=outer),
        _below(
            "/api/v1",
            api_v1(site, found.limit_factor),
            middleware=[Middleware(HeadAsGet), *outer, Middleware(TooLargeAsProblem)],
        ),
        _below("/api", application([*device_routes(site), *api_routes(site)], json_error), middleware=outer),
    ]


def _below(path: str, app: ASGIApp, middleware: Sequence[Middleware]) -> Mount:
    """All that begins with `path`, line breaks too: else what stands outside would answer, in its form."""
    mount = Mount(path, app, middleware=middleware)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def _single(
    path: str,
    endpoint: Endpoint,
    on_error: OnError,
    outer: Sequence[Middleware],
    methods: Sequence[str] | None = None,
) -> Route:
    # Mounted whole, so that a method it does not take is answered here and not by Streamlit's catch-all.
    return Route(path, application([Route(path, endpoint, methods=methods)], on_error), middleware=outer)


async def _nothing(request: Request) -> Response:
    raise HTTPException(404)
