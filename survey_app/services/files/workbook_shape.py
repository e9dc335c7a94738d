"""How far the cells of a worksheet reach, and which lines do not say what a person sees.

Read from the XML row by row: the dimension a file declares may be absent or wrong, and what is read by it
would be padded with as many empty cells as it claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.xml.functions import iterparse


@dataclass(kw_only=True)
class Shape:
    """What is known of a sheet after its last row.

    Attributes:
        last_row, columns: how far cells with content reach.
        uncertain: by line, the cells that are merged or hold a formula never computed.
        uncomputed: the lines with such a formula; one with nothing else reads as an empty line.
        hidden_rows, hidden_columns: lines and columns that a filter or a person has hidden.
    """

    last_row: int = 0
    columns: int = 0
    uncertain: dict[int, str] = field(default_factory=dict)
    uncomputed: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class TooFar(Exception):
    """A cell with content beyond what a table may reach to, by its name."""

    cell: str


def holds_anything(source: IO[bytes]) -> bool:
    """Whether any cell has content; as soon as one is found."""
    return any(True for row in _elements(source) if _kind(row) == "row" for _ in _filled(row))


def shape_of(source: IO[bytes], most_rows: int, most_columns: int) -> Shape:
    """Read one sheet.

    Raises:
        TooFar: at the first cell beyond `most_rows` or `most_columns`.
    """
    shape, line = Shape(), 0
    for element in _elements(source):
        if _kind(element) == "mergeCell":
            _take_merged(shape, element.get("ref", "A1"), most_rows)
            continue
        if _kind(element) == "col":
            _take_columns(shape, element, most_columns)
            continue
        line = int(float(element.get("r", line + 1)))
        if _is_hidden(element):
            shape.hidden_rows.append(line)
        for column, cell in _filled(element):
            if line > most_rows or column > most_columns:
                raise TooFar(f"{get_column_letter(column)}{line}")
            _take_cell(shape, cell, column, line)
    return shape


def _elements(source: IO[bytes]) -> Iterator[Element]:
    """Columns, rows and merged areas, each forgotten once it was looked at."""
    for _, element in iterparse(source):
        if _kind(element) in ("col", "row", "mergeCell"):
            yield element
            element.clear()


def _filled(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells with content and their columns."""
    for position, cell in enumerate(row, start=1):
        if any(child.text or _kind(child) == "f" or any(child.itertext()) for child in cell):
            yield _column(cell, position), cell


def _take_cell(shape: Shape, cell: Element, column: int, line: int) -> None:
    shape.last_row, shape.columns = line, max(shape.columns, column)
    if not _is_computed(cell):
        shape.uncertain[line] = f"{get_column_letter(column)}{line}"
        shape.uncomputed.append(line)


def _is_computed(cell: Element) -> bool:
    """Whether a cell says its value: no formula, or one whose result is kept, which may be the empty text."""
    kept = {_kind(child): child.text for child in cell}
    return "f" not in kept or bool(kept.get("v")) or ("v" in kept and cell.get("t") == "str")


def _take_merged(shape: Shape, area: str, most_rows: int) -> None:
    _, first, _, last = range_boundaries(area)
    for line in range(first or 1, min(last or 1, most_rows) + 1):
        shape.uncertain.setdefault(line, area)


def _take_columns(shape: Shape, columns: Element, most_columns: int) -> None:
    if _is_hidden(columns):
        first, last = (int(columns.get(end, 1)) for end in ("min", "max"))
        shape.hidden_columns.extend(range(first, min(last, most_columns) + 1))


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") in ("1", "true")


def _column(cell: Element, position: int) -> int:
    name = cell.get("r")
    return coordinate_to_tuple(name)[1] if name else position


def _kind(element: Element) -> str:
    return element.tag.rpartition("}")[2]
