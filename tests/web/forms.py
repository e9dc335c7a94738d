"""What a browser sends, and what a page says, for the tests of the light form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from survey_app.services.answers.ids import uuid7
from tests.submissions import KEYS, NOW


def fields(score: int | str = 3, **changes: str) -> dict[str, str]:
    """A complete form; in the names of `changes`, `__` stands for the dot."""
    answers = {f"a.{key}": str(score) for key in KEYS}
    given = {name.replace("__", "."): value for name, value in changes.items()}
    return {"id": str(uuid7(NOW)), "instrument": "skm-2017@1", "service": "umum", **answers, **given}


def payload(score: object = 3, **changes: object) -> dict[str, object]:
    """A complete submission for the JSON route."""
    return {"id": str(uuid7(NOW)), "unit": "ptsp", "answers": dict.fromkeys(KEYS, score), **changes}


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Mapping[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[Mapping[str, str | None]]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [a for t, a in self.tags if t == tag and wanted.items() <= a.items()]

    def value(self, name: str) -> str | None:
        return self.all("input", name=name)[0]["value"]

    def checked(self) -> dict[str, str]:
        radios = self.all("input", type="radio")
        return {str(a["name"]): str(a["value"]) for a in radios if "checked" in a}


def visible_error(html: str, name: str) -> str | None:
    """The words beside a field, None when there are none to see."""
    match = re.search(rf'<p class="error" id="e-{re.escape(name)}">([^<]*)</p>', html)
    return match[1] if match else None
