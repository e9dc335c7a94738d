"""Which program stands behind a request: its key, within its limits."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import Caller
from survey_app.services.answers.limits import Allowance, Limiter
from survey_app.services.places.acting import Acting
from survey_app.web.site import Site

#: One key: a dashboard that reads every unit at once, then five questions a second.
PER_KEY = Allowance(burst=300, per_second=5)

_bearer = HTTPBearer(
    auto_error=False, scheme_name="apiKey", description="A key made on the page Sambungan: `survei_...`."
)


async def site_of(request: Request) -> Site:
    """What the routes share. Async, as all dependencies: another kind takes a trip to a thread."""
    site: Site = request.app.state.site
    return site


SiteHere = Annotated[Site, Depends(site_of)]


async def _caller(
    request: Request,
    site: SiteHere,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    token = "" if credentials is None else credentials.credentials
    now = site.clock()
    found = await run_in_threadpool(api_keys.authenticate, site.database(), token, now)
    if found is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    limits: Limiter = request.app.state.limits
    if seconds := limits.wait(str(found.key), now.timestamp()):
        raise HTTPException(429, headers={"Retry-After": str(math.ceil(seconds))})
    return found


async def _acting(caller: Annotated[Caller, Depends(_caller)]) -> Acting:
    return caller.acting


#: Who asks, by the key of the request; 401 without one that works.
ByKey = Annotated[Acting, Depends(_acting)]
