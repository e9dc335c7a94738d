"""Keyed pseudonyms: the same person gets the same word, and nobody without the key can turn it back.

A NIP is eighteen digits that begin with a birthday, so a plain hash of it can be tried out in minutes. The
key comes from the environment, or is made once and kept beside the database, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from survey_app.services.files import key_file


def load_key(configured: str | None, path: Path) -> bytes:
    """The configured key, or the one in `path`, made there at first use.

    Raises: SettingError, as `read_private`; StorageError `pseudonym-key` for one too short.
    """
    return key_file.load_key(configured, path, "pseudonym-key")


def pseudonym(key: bytes, *identity: str) -> str:
    """32 hexadecimal digits for an identity, a NIP or what stands in for one."""
    message = "\x1f".join(" ".join(part.split()).casefold() for part in identity)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()[:32]
