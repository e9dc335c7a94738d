"""Public reads, worked out once for everybody who asks within half a minute.

A page of results takes some 40 ms of processor to work out, so a few dozen readers a second, or one script,
would take the processor from the citizen who sends an answer. Publications are appended and never altered:
what was read of them stands until something is published. What else a page depends on (a name, damage in the
database) is seen when they are read again.
"""

from __future__ import annotations

from asyncio import Lock
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")

#: Seconds, here and in the reader's browser (`max-age`): together a minute, as late as a public page may be.
HALF_A_MINUTE = 30
#: Pages of all units in two languages, with their data; the least used goes first.
_MAX_KEPT = 1024


@dataclass(frozen=True)
class Kept:
    """What was worked out, by a key that says what it is.

    Attributes:
        state: what has been published so far, as a value that changes with it.
    """

    state: Callable[[], Hashable]
    clock: Callable[[], datetime]
    _made: OrderedDict[Hashable, tuple[object, object]] = field(default_factory=OrderedDict)
    # One at a time, and waiting takes no thread: the threads are for answers that come in.
    _turn: Lock = field(default_factory=Lock)

    async def read(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What `work_out` reads of the publications, in this half of the minute."""
        state = await run_in_threadpool(self.state)
        return await self.made_of((state, self.clock().timestamp() // HALF_A_MINUTE), key, work_out)

    async def made_of(self, of: object, key: Hashable, work_out: Callable[[], T]) -> T:
        """What `work_out` makes of `of`; made again when `of` is another. An error is not kept."""
        if not self._stands(of, key):
            async with self._turn:
                if not self._stands(of, key):
                    self._made[key] = of, await run_in_threadpool(work_out)
        made = self._made[key][1]
        # Kept with the newest `of`, which may be the same read again: the same object is told at a glance.
        self._keep(of, key, made)
        return cast("T", made)

    def _stands(self, of: object, key: Hashable) -> bool:
        return key in self._made and self._made[key][0] == of

    def _keep(self, of: object, key: Hashable, made: object) -> None:
        self._made[key] = (of, made)
        self._made.move_to_end(key)
        if len(self._made) > _MAX_KEPT:
            self._made.popitem(last=False)
