"""Letting an address that sends too fast wait, and kiosks pass it by."""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from survey_app.services.answers.limits import HARD, SOFT, Limiter, network_of

#: Seconds that somebody waits for a turn before being asked to come again: less than a kiosk or a phone does.
PATIENCE = 5.0
#: More kiosks than a process serves.
_MAX_TOKENS = 10_000


@dataclass(frozen=True)
class Pace:
    """The limits of one process: of each kiosk that has proved itself, and of each address for all others.

    A browser's name or an id that the sender chooses tells nobody apart: all phones of one kind have the same
    name, and a script has as many as it likes.
    """

    kiosk: Limiter
    address: Limiter
    _proven: OrderedDict[str, None] = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, factor: float) -> Pace:
        """The standard allowances, widened by `factor` for a place that needs more."""
        return cls(Limiter(SOFT.widened(factor)), Limiter(HARD.widened(factor)))

    async def check(self, request: Request, now: datetime) -> None:
        """Wait for a turn of the sender's address; a known kiosk has turns of its own.

        Raises: HTTPException 429 with Retry-After; the reader sees plain words, the outbox tries again.
        """
        token = _token(request)
        if token in self._proven:
            seconds = self.kiosk.wait(token, now.timestamp())
            patience = 0.0
        else:
            address = network_of(request.client.host if request.client else "")
            patience = PATIENCE
            seconds = self.address.reserve(address, now.timestamp(), patience)
        if seconds > patience:
            raise HTTPException(429, headers={"Retry-After": str(math.ceil(seconds))})
        if seconds:
            await asyncio.sleep(seconds)

    def proven(self, request: Request, right: bool) -> None:
        """Remember whether the token of a request is the one of a device."""
        token = _token(request)
        self._proven.pop(token, None)
        if right:
            self._proven[token] = None
            if len(self._proven) > _MAX_TOKENS:
                self._proven.popitem(last=False)


def _token(request: Request) -> str:
    return hashlib.sha256(request.headers.get("authorization", "").encode()).hexdigest()
