"""How long somebody who failed to sign in waits before the next try: longer each time, never for good.

Counted three ways, so that neither many passwords for one account, nor one password for many accounts, nor many
addresses get on, and a person who mistypes hardly waits. What is counted does not depend on whether there is such
an account. Nobody is locked out: that would let anybody lock out the administrator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

#: A day without a failure, and all is forgotten.
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Patience:
    """`free` failures cost nothing; then one second, two, four ... up to `longest`."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last of so many failures the next try is let in."""
        over = failures - self.free
        # Beyond sixteen doublings it is the longest in any case, and never too large a number.
        return min(timedelta(seconds=2 ** min(over - 1, 16)), self.longest) if over > 0 else timedelta()


#: One account from one address; one address; one account from anywhere, where a stranger holds the owner up as well.
PAIR = Patience(4, timedelta(minutes=15))
ADDRESS = Patience(20, timedelta(minutes=15))
ACCOUNT = Patience(100, timedelta(minutes=1))


def keys(login: str, network: str) -> Mapping[str, Patience]:
    """What a try is counted under, as hashes: a list of failed tries would name accounts and addresses."""
    named = {f"{login}\n{network}": PAIR, f"\n{network}": ADDRESS, f"{login}\n": ACCOUNT}
    return {hashlib.sha256(name.encode()).hexdigest(): patience for name, patience in named.items()}


def remaining(
    counted: Mapping[str, tuple[int, datetime]], patience: Mapping[str, Patience], now: datetime
) -> timedelta:
    """How long to wait still; zero where the try is let in. A clock set back makes nobody wait longer than due."""
    waits = [timedelta()]
    for key, (failures, last) in counted.items():
        due = patience[key].wait(failures)
        waits.append(min(last + due - now, due))
    return max(waits)
