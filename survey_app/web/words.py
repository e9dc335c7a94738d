"""The words of the plain pages, from words.json: Bahasa Indonesia first, English second."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from survey_app.text import Language, Text

#: Statuses of requests that no form of ours sends.
_UNREAD = (400, 401, 403, 405, 415)


class Words:
    """The words in one language: `words["send"]`, `words.fill("progress", done=1, count=9)`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __getitem__(self, key: str) -> str:
        return _words()[key].in_language(self.language)

    def fill(self, key: str, **values: object) -> str:
        return self[key].format(**values)


def of_error(status: int) -> str:
    """The key of what to say to somebody whose request ended with `status`.

    Its title, and with `_hint` behind it what to do. How a request was wrong is no citizen's concern: all
    that cannot be read is one sentence, and a status without words of its own is a fault of ours.
    """
    if status in _UNREAD:
        return "error_unread"
    key = f"error_{status}"
    return key if key in _words() else "error_500"


def told(status: int) -> Text:
    """The same as one text: what happened, then what to do."""
    title, hint = _words()[of_error(status)], _words()[f"{of_error(status)}_hint"]
    return Text(f"{title.id}. {hint.id}", f"{title.en}. {hint.en}")


@cache
def _words() -> Mapping[str, Text]:
    data = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return {key: Text(**text) for key, text in data.items()}
