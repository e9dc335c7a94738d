"""The two languages of the product: Bahasa Indonesia first, English second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["id", "en"]
#: What each language calls itself, the first one first.
LANGUAGES: Mapping[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}


def language_meant(asked: object) -> Language:
    """The language that an address, a form or a stored row asks for; for any other word the first one."""
    return next((language for language in LANGUAGES if language == asked), "id")
