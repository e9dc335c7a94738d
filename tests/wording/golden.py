"""Every text with a name, in both languages, as one page to read; run as a module it writes that page anew.

A test that looks at what people read refers to the text by its name. The words themselves are held here: a
changed word changes one line of `golden.txt` and breaks one test.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from string import Formatter

import survey_app
from survey_app.text import Text

DOCUMENT = Path(__file__).with_name("golden.txt")
_APP = Path(survey_app.__file__).parent
#: What runs when it is imported, and has nothing to say.
_SILENT = {"__main__.py", "main.py", "asgi.py", "migrations"}

#: What stands in the place of a placeholder; one that is not here stands as its name.
SAMPLES = {
    "n": "12",
}


class Sample(str):
    """A sample is text, whatever form the words ask for."""

    def __format__(self, spec: str) -> str:
        return str(self)


def page(texts: Mapping[str, Text]) -> str:
    """Name, Indonesian and English of every text, sorted by name."""
    return "".join(
        f"{name}\n    {_filled(texts[name].id)}\n    {_filled(texts[name].en)}\n" for name in sorted(texts)
    )


def named() -> dict[str, Text]:
    """Every text that a module gives a name, alone or within a table, by that name."""
    sources = (path for path in sorted(_APP.rglob("*.py")) if not _SILENT & set(path.parts))
    return {name: text for path in sources for name, text in _of_file(path)}


def placeholders(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name is not None}


def _of_file(path: Path) -> Iterator[tuple[str, Text]]:
    """What the file names itself: a name that it imports belongs elsewhere."""
    short = ".".join(path.relative_to(_APP).with_suffix("").parts)
    module = importlib.import_module(f"survey_app.{short}")
    for name in re.findall(r"^(\w+)(?:: [^=\n]+)? = ", path.read_text(encoding="utf-8"), re.MULTILINE):
        yield from _within(f"{short}.{name}", getattr(module, name, None))


def _within(name: str, value: object) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        if value.id or value.en:
            yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(f"{name}[{_key(key)}]", inner)
    elif isinstance(value, tuple | list):
        for i, inner in enumerate(value):
            yield from _within(f"{name}[{i}]", inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(f"{name}.{field.name}", getattr(value, field.name))


def _key(key: object) -> str:
    if isinstance(key, tuple):
        return ", ".join(map(_key, key))
    return key.name or "none" if isinstance(key, Enum) else str(key)


def _filled(wording: str) -> str:
    values = {name: Sample(SAMPLES.get(name, f"‹{name}›")) for name in placeholders(wording)}
    line = wording.format(**values).replace("\n", "\\n")
    # A space at an end is part of the text, and would be lost on the page.
    return re.sub("^ | $", "␣", line)


if __name__ == "__main__":
    DOCUMENT.write_text(page(named()), encoding="utf-8")
