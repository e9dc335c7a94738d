"""Keyed pseudonyms: the same person gets the same word, and nobody without the key can turn it back.

A NIP is eighteen digits that begin with a birthday, so a plain hash of it can be tried out in minutes. The
key comes from the environment, or is made once and kept beside the database, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from survey_app.errors import StorageError
from survey_app.secret_settings import read_private
from survey_app.text import Text

_SHORTEST = 32


def load_key(configured: str | None, path: Path) -> bytes:
    """The configured key, or the one in `path`, made there at first use.

    Raises: SettingError, as `read_private`; StorageError `pseudonym-key` for one too short.
    """
    if configured:
        return configured.encode()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written whole under another name first: a crash must not leave an empty key behind.
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        new.replace(path)
    key = read_private(path).encode()
    if len(key) < _SHORTEST:
        text = Text(
            "Kunci pada {path} terlalu pendek; pulihkan dari cadangan, atau hapus untuk membuat yang baru.",
            "The key in {path} is too short; restore it from a backup, or delete it to have a new one made.",
        )
        raise StorageError("pseudonym-key", text.format(path=path))
    return key


def pseudonym(key: bytes, *identity: str) -> str:
    """32 hexadecimal digits for an identity, a NIP or what stands in for one."""
    message = "\x1f".join(" ".join(part.split()).casefold() for part in identity)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()[:32]
