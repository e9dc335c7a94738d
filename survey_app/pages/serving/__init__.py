"""What Streamlit needs around it to be served well: its shell, headers, compressed files and a lifespan."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware

from survey_app import settings
from survey_app.pages.serving.assets import CompressedAssets
from survey_app.pages.serving.policy import PagePolicy
from survey_app.pages.serving.shell import routes
from survey_app.services import background, runtime

__all__ = ["MIDDLEWARE", "SCRIPT", "lifespan", "routes"]

#: Absolute: under another server a relative path starts and then fails every request.
SCRIPT = Path(__file__).parents[1] / "main.py"
MIDDLEWARE = [Middleware(PagePolicy), Middleware(CompressedAssets)]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Refresh the roll-up in the background, and spare the collector what lives as long as the server."""
    async with background.refreshing(runtime.database, settings.load().refresh_seconds):
        gc.collect()
        gc.freeze()
        yield
