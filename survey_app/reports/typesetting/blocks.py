"""What a report is made of. Python writes the words and the numbers; Typst only sets them on pages.

Every string here is text, never markup: the template prints it as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, asdict, dataclass
from typing import Any, Literal

from survey_app.reports.typesetting.figures import Figure
from survey_app.reports.typesetting.printable import drawable

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """A heading of `level` 1 to 3; a first-level one begins a page unless `same_page`."""

    level: int
    text: str
    same_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """A framed statement that must not be overlooked."""

    text: str


@dataclass(frozen=True)
class KeyFigure:
    """The number a report is about: the value big, what it means under it."""

    label: str
    value: str
    detail: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """`width` in shares of the free width; None takes what its content needs."""

    title: str
    align: Align = "left"
    width: float | None = None


@dataclass(frozen=True)
class Table:
    """A table whose header row is repeated on every page. The last `summary` rows are set bold.

    `compact` sets it smaller; `one_line` promises that no cell needs more than one line, which makes a table
    of thousands of rows quick. A table of up to 25 rows stays on one page unless its texts are `long`.
    `groups` are headings over the rows from a position on, repeated with the header. `tints` name the mutu
    whose tint a cell has, row by row; "" for none.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    _: KW_ONLY
    summary: int = 0
    note: str = ""
    compact: bool = False
    one_line: bool = False
    long: bool = False
    groups: tuple[tuple[int, str], ...] = ()
    tints: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Picture:
    """A figure over the whole width."""

    figure: Figure
    caption: str


@dataclass(frozen=True)
class Gallery:
    """Figures of half a width, two in a row."""

    figures: tuple[Figure, ...]
    caption: str


Block = Heading | Paragraph | Bullets | Notice | KeyFigure | Table | Picture | Gallery


def paragraphs(text: str) -> list[Block]:
    """The paragraphs of an edited passage, which are separated by blank lines."""
    parts = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n")]
    return [Paragraph(part) for part in parts if part]


def block_data(block: Block, files: dict[str, str]) -> dict[str, Any]:
    """`block` for the template's JSON; its figures are added to `files` as SVG."""
    kind = {"kind": type(block).__name__.lower()}
    if isinstance(block, Picture):
        return {**kind, "caption": block.caption, **_image(block.figure, files)}
    if isinstance(block, Gallery):
        images = [_image(figure, files) for figure in block.figures]
        return {**kind, "caption": block.caption, "images": images}
    return {**kind, **asdict(block)}


def _image(figure: Figure, files: dict[str, str]) -> dict[str, str]:
    name = f"figure-{len(files) + 1}.svg"
    files[name] = drawable(figure.svg)
    return {"file": name, "alt": figure.alt}
