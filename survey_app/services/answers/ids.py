"""UUIDv7 ids (RFC 9562): made where the answer is given, so that sending twice is one response."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

#: Digits and letters that are not mistaken for one another (Crockford).
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid7(now: datetime, random_bits: Callable[[int], int] = secrets.randbits) -> UUID:
    """A version 7 UUID of the moment `now`: 48 bits of milliseconds, 74 random bits."""
    value = (int(now.timestamp() * 1000) & (2**48 - 1)) << 80
    value |= 0x7 << 76 | random_bits(12) << 64
    value |= 0b10 << 62 | random_bits(62)
    return UUID(int=value)


def receipt_code(response_id: UUID) -> str:
    """Eight characters a person can read out, the same for every sending of one response.

    Taken from the id's hash, so it tells nobody when the answer was given and cannot be turned back into it.
    """
    number = int.from_bytes(hashlib.sha256(response_id.bytes).digest()[:5])
    letters = "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def as_made(typed: str) -> str:
    """A code in this alphabet from what a person typed: O, I and L are its digits 0, 1 and 1."""
    return "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
