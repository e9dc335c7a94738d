"""Fairness without shutting anyone out: token buckets per proven device and per address, in memory only.

Kiosks and many phones behind one address are normal, so the allowances are those of a full waiting hall. Who
sends beyond them waits a moment in the order of coming, and only behind a flood is asked to come again;
nothing is lost. Nothing about an address is ever stored.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass

#: Keys remembered; beyond it the one longest unused is forgotten, which only ever forgives.
_MAX_KEYS = 100_000


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the network a household gets whole, of IPv4 the address itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))


@dataclass(frozen=True)
class Allowance:
    """`burst` at once, then `per_second`."""

    burst: int
    per_second: float

    def widened(self, factor: float) -> Allowance:
        """For a place that needs `factor` times as much."""
        return Allowance(round(self.burst * factor), self.per_second * factor)


#: One device that proves who it is: an outbox of a day at once, then one answer every second.
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
        return self.reserve(key, now, 0.0)

    def reserve(self, key: str, now: float, patience: float) -> float:
        """Seconds after which `key` may go on with the token it has taken now, one behind the other.

        More than `patience`: no token was taken, and there will be one after that time.
        """
        tokens, since = self._buckets.pop(key, (float(self._allowance.burst), now))
        refill = max(0.0, now - since) * self._allowance.per_second
        tokens = min(float(self._allowance.burst), tokens + refill)
        seconds = max(0.0, (1 - tokens) / self._allowance.per_second)
        self._buckets[key] = (tokens - 1 if seconds <= patience else tokens, now)
        if len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        return seconds
