"""Work of the server between requests: folding new answers into the roll-up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from survey_app.services import results
from survey_app.storage.database import Database

_log = logging.getLogger(__name__)


@asynccontextmanager
async def refreshing(database: Callable[[], Database], every: float) -> AsyncIterator[None]:
    """Open the database, then refresh the roll-up `every` seconds for as long as the block lasts.

    Results are right without it and faster with it, so a failed refresh is logged and tried again.
    """
    opened = await asyncio.to_thread(database)
    task = asyncio.create_task(_refresh_forever(opened, every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _refresh_forever(database: Database, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(results.refresh, database)
        except Exception:  # noqa: BLE001  # a bad moment of the database must not end the refreshing
            _log.exception("the roll-up was not refreshed; trying again in %s s", every)
