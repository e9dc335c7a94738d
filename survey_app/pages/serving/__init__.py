"""What Streamlit needs around it to be served well: its shell, headers, compressed files and a lifespan."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit import config

from survey_app import settings
from survey_app.pages.serving import first_visit
from survey_app.pages.serving.assets import CompressedAssets
from survey_app.pages.serving.failing import failed
from survey_app.pages.serving.own_connections import OwnConnections
from survey_app.pages.serving.policy import PagePolicy
from survey_app.pages.serving.shell import routes
from survey_app.pages.serving.staff_only import StaffOnly
from survey_app.reports import exports
from survey_app.services.ikm.calibration import Nightly
from survey_app.services.ip_asn import overview, staff_sums
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import background, delivering, demo_door, runtime
from survey_app.services.retention.thinning import thin
from survey_app.storage.database import Database
from survey_app.web import first_link
from survey_app.web.framing import ClearEnd

__all__ = ["ERRORS", "MIDDLEWARE", "SCRIPT", "demo_is_open", "lifespan", "routes"]

#: Absolute: under another server a relative path starts and then fails every request.
SCRIPT = Path(__file__).parents[1] / "main.py"
MIDDLEWARE = [
    Middleware(PagePolicy),
    Middleware(ClearEnd),
    Middleware(OwnConnections),
    Middleware(StaffOnly),
    Middleware(CompressedAssets),
]
ERRORS = {Exception: failed}
#: Done again only for a year with a new import.
_STAFF_SECONDS = 30.0
#: How often it is asked whether a night has begun.
_NIGHTLY_SECONDS = 600.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = (None, "", "0.0.0.0", "::")  # noqa: S104  # to be recognised, not to listen on
_log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Work in the background while the server runs; spare the collector what lives as long as it does."""
    say_when_open(config.get_option("server.address"))
    found = settings.load()
    found.check_secrets()
    async with (
        background.refreshing(runtime.database, found.refresh_seconds),
        background.repeating("making due reports", make_due_reports, found.schedule_seconds),
        background.repeating("sending messages", delivering.send_due, found.deliver_seconds),
        background.repeating("calibrating", Nightly(runtime.database, runtime.now), _NIGHTLY_SECONDS),
        background.repeating(
            "emptying personal data",
            Nightly(runtime.database, runtime.now, partial(thin, kept=found.retention)),
            _NIGHTLY_SECONDS,
        ),
        background.repeating("adding up staff", add_up_staff, _STAFF_SECONDS),
    ):
        first_visit.prepare()
        await first_link.announce(runtime.database, runtime.now, found.public_url or own_address())
        gc.collect()
        gc.freeze()
        yield


def make_due_reports(stopping: threading.Event) -> None:
    """Make the reports that are due, and stop between two of them when the server stops.

    One after another: nobody waits for them, and somebody for a page.
    """
    for _ in exports.maker(runtime.database(), runtime.now, workers=1).make_due():
        if stopping.is_set():
            return


def add_up_staff(stopping: threading.Event) -> None:
    """Add up the IP ASN of every year before somebody asks: tens of thousands of staff take seconds."""
    for year in overview.years(runtime.database()):
        if stopping.is_set():
            return
        staff_sums.refresh(runtime.database(), year)
        overview.ip_asn_year(runtime.database(), PROVINCE, year)


def say_when_open(address: str | None) -> None:
    """Warn where other machines can connect without TLS: passwords and cookies would be read on the way."""
    if address in _LOOPBACK or config.get_option("server.sslCertFile"):
        return
    if (settings.load().public_url or "").startswith("https://"):
        return
    _log.warning(
        "The server listens on %s without TLS: passwords, sessions and answers can be read on the network. "
        "Put a proxy with TLS before it and set SURVEY_PUBLIC_URL to its https:// address.",
        address or "every address",
    )


def own_address() -> str:
    """Where a browser on this machine finds the server."""
    address, port = config.get_option("server.address"), config.get_option("server.port")
    host = address if address in _LOOPBACK else "127.0.0.1" if address in _EVERYWHERE else address
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def demo_is_open(database: Database, headers: Mapping[str, str], client: str) -> bool:
    """Whether a request may be somebody of the demonstration, as this server listens."""
    return demo_door.is_open(database, config.get_option("server.address"), headers, client=client)
