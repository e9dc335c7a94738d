"""One submission as JSON, on either of its addresses: the same way in, and exactly once by all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from survey_app.services.answers.intake import Receipt, Rejection, Submission
from survey_app.services.places import unit_entry
from survey_app.storage.kiosks import Device
from survey_app.web import bodies, devices, submissions
from survey_app.web.api import submitted
from survey_app.web.sending import send, settled, settled_or_raise
from survey_app.web.site import Site

#: Finds the device that proves to have sent a submission; raises HTTPException 401.
Sender = Callable[[Site, Request, Submission], Awaitable[Device | None]]


async def take(site: Site, request: Request, sender: Sender) -> Receipt | Rejection:
    """The receipt of the submission in the request, or every problem with it.

    Raises: HTTPException 400, 401, 403, 408, 413, 415.
    """
    data = await bodies.read_json(request)
    try:
        return await _outcome(site, request, data, sender)
    except HTTPException as refused:
        # A device that was revoked since: what it had sent before is stored all the same.
        return await settled_or_raise(site, submissions.id_of(data), refused)


async def _outcome(
    site: Site, request: Request, data: Mapping[str, object], sender: Sender
) -> Receipt | Rejection:
    submission = submitted.from_json(data, site.clock())
    if isinstance(submission, Rejection):
        return await settled(site, submissions.id_of(data), submission)
    device = await sender(site, request, submission)
    entry = await run_in_threadpool(unit_entry.find, site.database(), submission.unit)
    named = submission if device is None else devices.named(submission, device, entry)
    if isinstance(named, Rejection):
        return await settled(site, submission.id, named)
    return await send(site, entry, named)
