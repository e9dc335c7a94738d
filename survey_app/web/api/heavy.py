"""Work of seconds for programs, few at once: it takes none of the threads that answers of citizens need."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

T = TypeVar("T")

#: Files read or reports made at once, and with those that wait for them.
_AT_ONCE, _TOGETHER = 2, 8
#: Seconds after which one of them has probably ended.
_AGAIN = "20"


class Heavy:
    """The places of one process; of one event loop, so that counting needs no lock."""

    def __init__(self) -> None:
        self._limiter = CapacityLimiter(_AT_ONCE)
        self._taken = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place, from before a file is taken in. Raises: HTTPException 429 where there is none."""
        if self._taken >= _TOGETHER:
            raise HTTPException(429, headers={"Retry-After": _AGAIN})
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """Do it in a thread, when its turn comes."""
        return await to_thread.run_sync(work, limiter=self._limiter)


async def _heavy(request: Request) -> Heavy:
    heavy: Heavy = request.app.state.heavy
    return heavy


HeavyHere = Annotated[Heavy, Depends(_heavy)]
