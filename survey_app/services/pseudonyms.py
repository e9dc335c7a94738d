"""Keyed pseudonyms: the same person gets the same word, and nobody without the key can turn it back.

A NIP is eighteen digits that begin with a birthday, so a plain hash of it can be tried out in minutes. The
key comes from the environment, or is made once and kept beside the database, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path


def load_key(configured: str | None, path: Path) -> bytes:
    """The configured key, or the one in `path`, made there at first use."""
    if configured:
        return configured.encode()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip().encode()


def pseudonym(key: bytes, *identity: str) -> str:
    """32 hexadecimal digits for an identity, a NIP or what stands in for one."""
    message = "\x1f".join(" ".join(part.split()).casefold() for part in identity)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()[:32]
