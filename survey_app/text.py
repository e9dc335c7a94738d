"""Text in the two languages of the product: Bahasa Indonesia first, English second."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from analytics import Period
from survey_app import days
from survey_app.languages import LANGUAGES, Language, language_meant

__all__ = ["LANGUAGES", "Language", "Text", "language_meant", "visible"]

#: Control characters (ends of lines among them), format characters, halves of characters, private and
#: unassigned ones, separators of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True)
class Text:
    """One wording in both languages."""

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.id

    def format(self, **values: object) -> Text:
        """Fill the same placeholders in both wordings, each in its own language.

        So are filled in: a Text, a day, a period by its name, an aware moment by the clock it carries.
        """
        return Text(_filled(self.id, values, "id"), _filled(self.en, values, "en"))


def visible(text: str) -> str:
    """`text` on one line, each character that nobody sees written as its escape.

    For terminals and logs: a terminal obeys some of them, and an end of line begins what looks like another
    entry.
    """
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in _UNSEEN else c for c in text
    )


def _filled(wording: str, values: Mapping[str, object], language: Language) -> str:
    return wording.format(**{name: _written(value, language) for name, value in values.items()})


def _written(value: object, language: Language) -> object:
    match value:
        case Text():
            return value.in_language(language)
        case Period():
            return days.period(value, language)
        case datetime():
            return days.moment(value, language)
        case date():
            return days.day(value, language)
        case _:
            return value
