"""How long somebody who failed to sign in waits before the next try: longer each time, never for good.

Counted three ways, so that neither many passwords for one account, nor one password for many accounts, nor
many addresses get on, and a person who mistypes hardly waits. What is counted does not depend on whether
there is such an account. Nobody is locked out: that would let anybody lock out the administrator. While
strangers with many addresses go on, an owner at an address that is new to the account may wait for long.
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


#: How long an address is known as one from which the owner of an account has signed in.
KNOWN_FOR = timedelta(days=30)
#: One account from one address; one address; one account from anywhere, where strangers would hold up its
#: owner: an address from which the owner has signed in does not wait for what fails elsewhere.
PAIR = Patience(4, timedelta(minutes=15))
ADDRESS = Patience(20, timedelta(minutes=15))
ACCOUNT = Patience(100, timedelta(minutes=1))


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a try is counted under, as hashes: a list of failed tries would name accounts and addresses.

    Under `known` nothing is counted: it is there where the owner has signed in from this address.
    """

    pair: str
    address: str
    account: str
    known: str

    @classmethod
    def of(cls, login: str, network: str) -> Keys:
        named = (f"{login}\n{network}", f"\n{network}", f"{login}\n", f"{login}\n{network}\nknown")
        pair, address, account, known = (hashlib.sha256(name.encode()).hexdigest() for name in named)
        return cls(pair=pair, address=address, account=account, known=known)

    def patience(self) -> dict[str, Patience]:
        return {self.pair: PAIR, self.address: ADDRESS, self.account: ACCOUNT}


def remaining(keys: Keys, counted: Mapping[str, tuple[int, datetime]], now: datetime) -> timedelta:
    """How long to wait still; zero where the try is let in. A clock set back makes no wait longer than due.

    Args:
        counted: of each key that has failed how often, and when last; and `known`, where it is there.
    """
    waits, patience = [timedelta()], keys.patience()
    if keys.known in counted:
        del patience[keys.account]
    for key in patience.keys() & counted.keys():
        failures, last = counted[key]
        due = patience[key].wait(failures)
        waits.append(min(last + due - now, due))
    return max(waits)
