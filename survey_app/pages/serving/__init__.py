"""What Streamlit needs around it to be served well: its shell, headers, compressed files and a lifespan."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit import config

from survey_app import settings
from survey_app.pages.serving.assets import CompressedAssets
from survey_app.pages.serving.policy import PagePolicy
from survey_app.pages.serving.shell import routes
from survey_app.services import background, runtime

__all__ = ["MIDDLEWARE", "SCRIPT", "lifespan", "routes"]

#: Absolute: under another server a relative path starts and then fails every request.
SCRIPT = Path(__file__).parents[1] / "main.py"
MIDDLEWARE = [Middleware(PagePolicy), Middleware(CompressedAssets)]
_log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Refresh the roll-up in the background, and spare the collector what lives as long as the server."""
    say_when_open(config.get_option("server.address"))
    async with background.refreshing(runtime.database, settings.load().refresh_seconds):
        gc.collect()
        gc.freeze()
        yield


def say_when_open(address: str | None) -> None:
    """Warn when other machines can connect: nobody has to sign in yet."""
    if address not in ("127.0.0.1", "localhost", "::1"):
        _log.warning(
            "The server listens on %s and nobody has to sign in: everyone who reaches it sees everything.",
            address or "every address",
        )
