"""Tokens: 256 random bits that are shown once and kept as their SHA-256."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Letters, digits, - and _: fit for a cookie and an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database keeps of a token: a plain hash is enough, as nobody can try 2^256 of them."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
