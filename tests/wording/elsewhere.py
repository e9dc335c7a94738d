"""Texts for people that stand outside the code: guides, questionnaires, the help of the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from survey_app.cli import main
from survey_app.text import Text

_ROOT = Path(__file__).parents[2]
GUIDES = _ROOT / "docs" / "panduan"
QUESTIONNAIRES = _ROOT / "data" / "instruments"
#: Printed as the regulation has them, also where they break the rules of spelling.
_OF_THE_REGULATION = ("elements", "source")
#: What is typed or read by a machine: blocks and words of code in a guide.
_CODE = re.compile(r"^```.*?^```|^ {4,}.*?$|`[^`]*`", re.MULTILINE | re.DOTALL)


def everything() -> dict[str, Text]:
    return guides() | questionnaires() | helps()


def guides() -> dict[str, Text]:
    """The lines of each guide, in Bahasa Indonesia alone."""
    return {
        f"docs.panduan.{path.name}({i})": Text(line, "")
        for path in sorted(GUIDES.glob("*.md"))
        for i, line in enumerate(_CODE.sub("", path.read_text(encoding="utf-8")).splitlines(), start=1)
        if line.strip()
    }


def questionnaires() -> dict[str, Text]:
    """What the questionnaires say beside their questions: titles, the profile, what is asked of a comment."""
    return {
        f"instruments.{path.stem}{at}": text
        for path in sorted(QUESTIONNAIRES.glob("*.json"))
        if path.name != "published.json"
        for at, text in _texts(json.loads(path.read_text(encoding="utf-8")))
    }


def helps() -> dict[str, Text]:
    """The help of each command and of its options, in Bahasa Indonesia alone."""
    return {f"cli.help.{name}": Text(said, "") for name, said in _helps("", main)}


def _texts(value: object, at: str = "") -> Iterator[tuple[str, Text]]:
    match value:
        case {"id": str() as id_text, "en": str() as en_text}:
            yield at, Text(id_text, en_text)
        case dict():
            for key, inner in value.items():
                if key not in _OF_THE_REGULATION:
                    yield from _texts(inner, f"{at}.{key}")
        case list():
            for i, inner in enumerate(value):
                yield from _texts(inner, f"{at}[{i}]")


def _helps(within: str, command: click.Command) -> Iterator[tuple[str, str]]:
    name = f"{within}{command.name}"
    if command.help:
        yield name, command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield f"{name}.{parameter.name}", parameter.help
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _helps(f"{name}.", inner)
