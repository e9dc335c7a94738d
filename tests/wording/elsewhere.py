"""Texts for people that stand outside the code: guides, questionnaires, the help of the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from survey_app import instruments
from survey_app.cli import main
from survey_app.instruments import Instrument
from survey_app.text import Text

_ROOT = Path(__file__).parents[2]
GUIDES = _ROOT / "docs" / "panduan"
#: What is typed or read by a machine: blocks and words of code in a guide.
_CODE = re.compile(r"^```.*?^```|^ {4,}.*?$|`[^`]*`", re.MULTILINE | re.DOTALL)


def everything() -> dict[str, Text]:
    return guides() | questionnaires() | helps()


def guides() -> dict[str, Text]:
    """The lines of each guide, in Bahasa Indonesia alone."""
    return {
        f"docs.panduan.{path.name}({i})": Text(line, "")
        for path in sorted(GUIDES.glob("*.md"))
        for i, line in enumerate(
            _CODE.sub(_as_many_lines, path.read_text(encoding="utf-8")).splitlines(), start=1
        )
        if line.strip()
    }


def questionnaires() -> dict[str, Text]:
    """What the questionnaires say beside their questions: titles, the profile, what is asked of a comment."""
    return {
        f"instruments.{ref}.{at}": text
        for ref, instrument in instruments.published().items()
        for at, text in _beside_the_questions(instrument)
    }


def helps() -> dict[str, Text]:
    """The help of each command and of its options, in Bahasa Indonesia alone."""
    return {f"cli.help.{name}": Text(said, "") for name, said in _helps("", main)}


def _as_many_lines(code: re.Match[str]) -> str:
    """Nothing but the ends of its lines, so that the lines after it keep their numbers."""
    return "\n" * code[0].count("\n")


def _beside_the_questions(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    """The questions, their answers and the unsur are printed as the regulation has them."""
    yield "title", instrument.title
    yield "comment", instrument.comment_prompt
    for field in instrument.profile:
        yield f"profile[{field.key}]", field.name
        for option in field.options:
            yield f"profile[{field.key}][{option.key}]", option.label


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
