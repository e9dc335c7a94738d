"""Secrets of the server that are made once and kept in a file, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from survey_app.errors import StorageError
from survey_app.secret_settings import read_private
from survey_app.text import Text

_SHORTEST = 32
_TOO_SHORT = Text(
    "Kunci pada {path} terlalu pendek; pulihkan dari cadangan, atau hapus untuk membuat yang baru.",
    "The key in {path} is too short; restore it from a backup, or delete it to have a new one made.",
)

_NOT_MADE = Text(
    "Kunci tidak dapat disimpan pada {path}: {detail}.", "The key cannot be kept in {path}: {detail}."
)


def load_key(configured: str | None, path: Path, code: str) -> bytes:
    """The configured key, or the one in `path`, made there at first use.

    Raises: SettingError, as `read_private`; StorageError `code` for a file that holds less than a key, or
    that cannot be made.
    """
    if configured:
        return configured.encode()
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path)
        except OSError as error:
            raise StorageError(code, _NOT_MADE.format(path=path, detail=str(error))) from error
    key = read_private(path).encode()
    if len(key) < _SHORTEST:
        raise StorageError(code, _TOO_SHORT.format(path=path))
    return key


def _make(path: Path) -> None:
    """Written whole under another name first: a crash must not leave an empty key behind.

    Linked and not renamed: of two servers that make one at once, both use the first.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()
