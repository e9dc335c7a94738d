"""What proves that a stored snapshot is the one that was published."""

from __future__ import annotations

import hashlib

from survey_app.errors import StorageError
from survey_app.storage.publications import StoredPublication
from survey_app.text import Text


def fingerprint(text: str) -> str:
    """SHA-256 of a snapshot's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_unchanged(stored: StoredPublication) -> None:
    """Raises: StorageError `snapshot-changed` when the stored text is not the one that was published."""
    if fingerprint(stored.snapshot) != stored.sha256:
        text = Text(
            "Hasil {period} versi {version} telah berubah sejak dipublikasikan. Hubungi admin.",
            "Version {version} of {period} has changed since it was published. Contact the administrator.",
        )
        raise StorageError("snapshot-changed", text.format(period=stored.period, version=stored.version))
