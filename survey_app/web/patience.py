"""How long a client may take to send a request: by itself uvicorn waits for the rest of one for ever.

Part of the command: `uvicorn survey_app.web.asgi:app --http survey_app.web.patience:Patient`.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds for headers and body together, from opening the connection or the next request's first byte.
LONGEST = 60.0


class Patient(H11Protocol):
    """Ends a connection whose request does not come to its end. Working on an answer takes what it takes."""

    _ending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._stop()
        elif self._ending is None:
            self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _begin(self) -> None:
        self._ending = self.loop.call_later(LONGEST, self.transport.abort)

    def _stop(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
