"""The plain routes as a process of their own.

    uvicorn survey_app.web.asgi:app --http survey_app.web.patience:Patient --proxy-headers --no-access-log

A busy dashboard then never slows a citizen down.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from survey_app import settings
from survey_app.services.process import background, runtime
from survey_app.web import first_link
from survey_app.web.framing import ClearEnd
from survey_app.web.headers import SecurityHeaders
from survey_app.web.routes import routes


@asynccontextmanager
async def _lifespan(_: Starlette) -> AsyncIterator[None]:
    found = settings.load()
    found.check_secrets()
    async with background.refreshing(runtime.database, found.refresh_seconds):
        # Where we listen is known to who started us, and to us only by the public address.
        await first_link.announce(runtime.database, runtime.now, found.public_url)
        yield


#: Outermost, so that also a path that nothing answers, a redirect and a fault of the server are strict.
app = SecurityHeaders(ClearEnd(Starlette(routes=routes(runtime.database, runtime.now), lifespan=_lifespan)))
