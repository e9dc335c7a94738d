"""Work of the server between requests: folding new answers into the roll-up, making reports that are due."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from survey_app.services import results
from survey_app.storage.database import Database

_log = logging.getLogger(__name__)

#: Does its work once; between two steps it looks whether the server is stopping.
Work = Callable[[threading.Event], object]


@asynccontextmanager
async def refreshing(database: Callable[[], Database], every: float) -> AsyncIterator[None]:
    """Open the database, then refresh the roll-up `every` seconds for as long as the block lasts.

    Results are right without it and faster with it, so a failed refresh is logged and tried again.
    """
    opened = await asyncio.to_thread(database)
    async with repeating("refreshing the roll-up", lambda _: results.refresh(opened), every):
        yield


@asynccontextmanager
async def repeating(name: str, work: Work, every: float) -> AsyncIterator[None]:
    """Do `work` in a thread `every` seconds for as long as the block lasts; 0 never does it."""
    if every <= 0:
        yield
        return
    stopping = threading.Event()
    task = asyncio.create_task(_forever(name, work, every, stopping))
    try:
        yield
    finally:
        stopping.set()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _forever(name: str, work: Work, every: float, stopping: threading.Event) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(work, stopping)
        except Exception:  # noqa: BLE001  # a bad moment of the database must not end the work for good
            _log.exception("%s failed; trying again in %s s", name, every)
