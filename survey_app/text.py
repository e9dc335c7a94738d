"""Text in the two languages of the product: Bahasa Indonesia first, English second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True)
class Text:
    """One wording in both languages."""

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.id

    def format(self, **values: object) -> Text:
        """Fill the same placeholders in both wordings."""
        return Text(self.id.format(**values), self.en.format(**values))
