"""The words of the plain pages, from words.json: Bahasa Indonesia first, English second."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from survey_app.text import Language, Text


class Words:
    """The words in one language: `words["send"]`, `words.fill("progress", done=1, count=9)`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __getitem__(self, key: str) -> str:
        return _words()[key].in_language(self.language)

    def fill(self, key: str, **values: object) -> str:
        return self[key].format(**values)


@cache
def _words() -> Mapping[str, Text]:
    data = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return {key: Text(**text) for key, text in data.items()}
