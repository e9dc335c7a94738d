"""One submission from any plain route into intake, without blocking the event loop."""

from __future__ import annotations

import asyncio

from starlette.concurrency import run_in_threadpool

from survey_app.errors import Refused
from survey_app.services import intake
from survey_app.services.intake import Receipt, Rejection, Submission
from survey_app.web.site import Site


async def send(site: Site, submission: Submission) -> Receipt | Rejection:
    """Check and store; the receipt comes after the commit."""
    database = site.database()
    context = await run_in_threadpool(intake.load_context, database, submission.unit)
    checked = intake.prepare(context, submission, site.clock())
    if isinstance(checked, Rejection):
        # Stored, its receipt lost on the way, sent again after its service was closed: still stored.
        known = await run_in_threadpool(intake.find_receipt, database, submission.id)
        return known or checked
    # Shielded: a client that goes away must not cancel a write that others share a commit with.
    try:
        first = await asyncio.shield(asyncio.wrap_future(intake.enqueue(database, checked)))
    except Refused as refused:
        return Rejection(refused.problems)
    return intake.receipt(checked, first)
