"""Every text in both languages, as one page to read; run as a module it writes that page anew.

A test that looks at what people read refers to the text by its name. The words themselves are held here: a
changed word changes one line of `golden.txt` and breaks one test.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

import survey_app
from survey_app.text import Text
from tests.wording import in_place

DOCUMENT = Path(__file__).with_name("golden.txt")
_APP = Path(survey_app.__file__).parent
#: What runs when it is imported, and has nothing to say.
_SILENT = {"__main__.py", "main.py", "asgi.py", "migrations"}
#: What stands in the place of a placeholder, each unlike the others; one that is not here stands as its name.
SAMPLES: dict[str, Text] = {
    "all": Text("1.500", "1,500"),
    "before": Text("Juni 2026", "June 2026"),
    "day": Text("20 November 2026", "20 November 2026"),
    "difference": Text("+1,20", "+1.20"),
    "fewest": Text("30", "30"),
    "grade": Text("B (Baik)", "B (Good)"),
    "high": Text("81,14", "81.14"),
    "ikm": Text("78,74", "78.74"),
    "interval": Text("74,05–82,90", "74.05–82.90"),
    "least": Text("5", "5"),
    "low": Text("76,17", "76.17"),
    "mutu": Text("B", "B"),
    "n": Text("12", "12"),
    "name": Text("Loket 1", "Loket 1"),
    "names": Text("Puskesmas A dan Puskesmas B", "Puskesmas A and Puskesmas B"),
    "now": Text("26", "26"),
    "nrr": Text("3,149", "3.149"),
    "period": Text("Juli 2026", "July 2026"),
    "points": Text("2,10", "2.10"),
    "published": Text("79,25", "79.25"),
    "share": Text("88%", "88%"),
    "target": Text("82,00", "82.00"),
    "then": Text("14", "14"),
    "unit": Text("Puskesmas Melak", "Puskesmas Melak"),
    "unsur": Text("U4 Biaya/Tarif", "U4 Cost/fee"),
    "value": Text("80,50", "80.50"),
    "year": Text("2026", "2026"),
}


def page(texts: Mapping[str, Text]) -> str:
    """Name, Indonesian and English of every text, sorted by name."""
    seen = {name: Text(_visible(texts[name].id), _visible(texts[name].en)) for name in sorted(texts)}
    return "".join(f"{name}\n    {text.id}\n    {text.en}\n" for name, text in seen.items())


@cache
def everything() -> Mapping[str, Text]:
    """What stands on the page: with samples in the places of what has a name, otherwise as it is written."""
    filled = {name: _filled(text) for name, text in (named() | kept_for_scripts()).items()}
    return MappingProxyType(filled | in_place.texts(_APP))


def named() -> dict[str, Text]:
    """Every text that a module gives a name, alone or within a table, by that name."""
    sources = (path for path in sorted(_APP.rglob("*.py")) if not _SILENT & set(path.parts))
    return {name: text for path in sources for name, text in _of_file(path)}


def kept_for_scripts() -> dict[str, Text]:
    """What pages without Streamlit say, by the key that their templates and scripts know it by."""
    files = sorted((_APP / "web").glob("*words.json"))
    return {
        f"web.{path.name}[{key}]": Text(**words)
        for path in files
        for key, words in json.loads(path.read_text(encoding="utf-8")).items()
    }


def placeholders(wording: str) -> set[str]:
    """The names that are filled in."""
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


def _filled(text: Text) -> Text:
    """With a sample in every place."""
    named = {name: SAMPLES.get(name, f"‹{name}›") for name in placeholders(text.id) | placeholders(text.en)}
    return text.format(**named)


def _visible(line: str) -> str:
    """Ends of lines, and spaces at the ends, would be lost on the page."""
    return re.sub("^ | $", "␣", line.replace("\n", "\\n"))


if __name__ == "__main__":
    DOCUMENT.write_text(page(everything()), encoding="utf-8")
