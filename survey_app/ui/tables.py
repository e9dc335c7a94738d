"""Plain HTML tables, read by screen readers and printable; every cell is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere inside the product, with a note below it."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Noted:
    """A cell with a note below it, such as a value with its interval."""

    text: str
    note: str


Cell = str | Link | Noted


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, numeric: int = 0) -> str:
    """A table whose last `numeric` columns are numbers, set to the right."""
    first_number = len(columns) - numeric
    head = "".join(_cell("th", name, i >= first_number) for i, name in enumerate(columns))
    body = "".join(
        f"<tr>{''.join(_cell('td', value, i >= first_number) for i, value in enumerate(row))}</tr>"
        for row in rows
    )
    parts = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="scroll"><table class="plain">{parts}</table></div>'


def cards(columns: Sequence[str], rows: Iterable[Sequence[str]], css: str) -> str:
    """A table whose rows are cards on a phone, where every cell says its column's name.

    Args:
        columns: text, or empty for a column that explains itself.
        rows: HTML, what people wrote in it escaped already.
        css: class of the table, beside `cards`.
    """
    # Drawn as blocks it would no longer be a table to a screen reader: the roles say it.
    head = "".join(f'<th scope="col" role="columnheader">{escape(name)}</th>' for name in columns)
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-of="{escape(name)}"><div>{cell}</div></td>'
            for name, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    parts = f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody>'
    return f'<div class="scroll"><table role="table" class="cards {css}">{parts}</table></div>'


def _cell(tag: str, value: Cell, number: bool) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    css = ' class="number"' if number else ""
    return f"<{tag}{scope}{css}>{_content(value)}</{tag}>"


def _content(value: Cell) -> str:
    if isinstance(value, str):
        return escape(value)
    text = escape(value.text)
    if isinstance(value, Link):
        text = f'<a href="{escape(value.address)}" target="_self">{text}</a>'
    return f"{text}<small>{escape(value.note)}</small>" if value.note else text
