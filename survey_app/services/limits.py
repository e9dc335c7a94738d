"""Fairness without shutting anyone out: token buckets per device and per address, in memory only.

Kiosks and many phones behind one address are normal, so the allowances are those of a full waiting hall. Over
the soft limit a device is asked to wait a moment, and nothing is lost; the hard limit is against floods only.
Nothing about an address is ever stored.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

#: Keys remembered; beyond it the one longest unused is forgotten, which only ever forgives.
_MAX_KEYS = 100_000


@dataclass(frozen=True)
class Allowance:
    """`burst` at once, then `per_second`."""

    burst: int
    per_second: float


#: One device, told apart by address and browser: an outbox of a day at once, then one answer every second.
SOFT = Allowance(burst=300, per_second=1)
#: One address: a hall of phones and kiosks behind it.
HARD = Allowance(burst=2_000, per_second=50)


class Limiter:
    """Counts by key. `wait` takes a token and says 0, or takes none and says how long until there is one."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Seconds until `key` may go on; 0 is now. `now` in seconds; a clock set back refills nothing."""
        tokens, since = self._buckets.pop(key, (float(self._allowance.burst), now))
        refill = max(0.0, now - since) * self._allowance.per_second
        tokens = min(float(self._allowance.burst), tokens + refill)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self._allowance.per_second
