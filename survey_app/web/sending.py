"""One submission from any plain route into intake, without blocking the event loop."""

from __future__ import annotations

import asyncio
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from survey_app.errors import Refused
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt, Rejection, Submission
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.web.site import Site


async def send(site: Site, entry: UnitEntry | None, submission: Submission) -> Receipt | Rejection:
    """Check against the unit it is for and store; the receipt comes after the commit."""
    checked = intake.prepare(entry, submission, site.clock())
    if isinstance(checked, Rejection):
        return await settled(site, submission.id, checked)
    # Shielded: a client that goes away must not cancel a write that others share a commit with.
    try:
        first = await asyncio.shield(asyncio.wrap_future(intake.enqueue(site.database(), checked)))
    except Refused as refused:
        return Rejection(refused.problems)
    return intake.receipt(checked, first)


async def settled(site: Site, response_id: UUID | None, refused: Rejection) -> Receipt | Rejection:
    """`intake.settled`, for what a route refuses before it comes to `send`."""
    return await run_in_threadpool(intake.settled, site.database(), response_id, refused)


async def settled_or_raise(site: Site, response_id: UUID | None, refused: HTTPException) -> Receipt:
    """The same for a refusal that is raised."""
    known = await settled(site, response_id, Rejection(()))
    if isinstance(known, Rejection):
        raise refused
    return known
