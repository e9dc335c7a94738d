"""Asking a device or an address that sends too fast to wait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from survey_app.services.limits import HARD, SOFT, Allowance, Limiter


@dataclass(frozen=True)
class Pace:
    """The two limits of one process."""

    device: Limiter
    address: Limiter

    @classmethod
    def of(cls, factor: float) -> Pace:
        """The standard allowances, widened by `factor` for a place that needs more."""
        return cls(_widened(SOFT, factor), _widened(HARD, factor))

    def check(self, request: Request, now: datetime) -> None:
        """Raises: HTTPException 429 with Retry-After; the reader sees plain words, the outbox tries again."""
        address = request.client.host if request.client else ""
        device = f"{address} {request.headers.get('user-agent', '')[:200]}"
        seconds = self.address.wait(address, now.timestamp()) or self.device.wait(device, now.timestamp())
        if seconds:
            raise HTTPException(429, headers={"Retry-After": str(math.ceil(seconds))})


def _widened(allowance: Allowance, factor: float) -> Limiter:
    return Limiter(Allowance(round(allowance.burst * factor), allowance.per_second * factor))
