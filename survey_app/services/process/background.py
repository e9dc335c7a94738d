"""Work of the server between requests: folding new answers into the roll-up, making reports that are due."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from survey_app.errors import Unavailable
from survey_app.services.ikm import results
from survey_app.storage.database import Database

_log = logging.getLogger(__name__)

#: Seconds between two tries to open the database, and how many: a machine may have just started.
_OPENING = (1.0, 30)

#: Does its work once; between two steps it looks whether the server is stopping.
Work = Callable[[threading.Event], object]


@asynccontextmanager
async def refreshing(database: Callable[[], Database], every: float) -> AsyncIterator[None]:
    """Open the database, then refresh the roll-up `every` seconds for as long as the block lasts.

    Results are right without it and faster with it, so a failed refresh is logged and tried again.
    """
    opened = await _opened(database, *_OPENING)
    async with repeating("refreshing the roll-up", lambda _: results.refresh(opened), every):
        yield


async def _opened(database: Callable[[], Database], pause: float, tries: int) -> Database:
    """The database, waited for while it does not answer: after a power cut it may come up after us."""
    for left in reversed(range(tries)):
        try:
            return await asyncio.to_thread(database)
        except Unavailable as error:
            if left == 0 or error.code != "database-unavailable":
                raise
            _log.warning("%s; trying again", error)
            await asyncio.sleep(pause)
    raise ValueError("the database is tried at least once")


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
        except Unavailable as error:
            _log.error("%s failed: %s; trying again in %s s", name, error, every)
        except Exception:  # noqa: BLE001  # a bad moment of the database must not end the work for good
            _log.exception("%s failed; trying again in %s s", name, every)
