"""Text in the two languages of the product: Bahasa Indonesia first, English second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]
#: What each language calls itself, the first one first.
LANGUAGES: Mapping[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}


def language_meant(asked: object) -> Language:
    """The language that an address, a form or a stored row asks for; for any other word the first one."""
    return next((language for language in LANGUAGES if language == asked), "id")


@dataclass(frozen=True)
class Text:
    """One wording in both languages."""

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.id

    def format(self, **values: object) -> Text:
        """Fill the same placeholders in both wordings; a Text fills each in its own language."""
        return Text(_filled(self.id, values, "id"), _filled(self.en, values, "en"))


def _filled(wording: str, values: Mapping[str, object], language: Language) -> str:
    own = {k: v.in_language(language) if isinstance(v, Text) else v for k, v in values.items()}
    return wording.format(**own)
