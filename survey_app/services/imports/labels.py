"""Rows of a file that are nobody's sheet: totals by what stands in their label, and rows without a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from survey_app.errors import Problem, Refused
from survey_app.services.files.tabular import Table
from survey_app.services.imports.columns import Columns
from survey_app.services.imports.words import words
from survey_app.text import Text

#: What rows without a number are, below rows that have one.
Unnumbered = Literal["sheets", "leave-out"]

#: One line above with a date or a name is no rule that those below would break.
_SEVERAL = 2

_Row = tuple[int, Sequence[str]]
#: Lines that are named; the rest is counted.
_NAMED = 5
#: A word, not the letters of a code such as R-01.
_WORD = re.compile(r"[^\W\d_]{3}")


def total_in(columns: Columns, header: Sequence[str], cells: Sequence[str]) -> Problem | None:
    """What is wrong with a row of totals or means. A comment or a service may hold any word."""
    for at in columns.labels:
        among = columns.among_services(at, header)
        if len(cells[at]) > 2 and words().names_total(cells[at], among_services=among):
            return Problem.of(
                "row-total",
                "",
                "Baris “{cell}” adalah jumlah atau rata-rata, bukan lembar jawaban; hapus dari berkas.",
                "The row “{cell}” is a total or a mean, not an answer sheet; take it out of the file.",
                cell=cells[at],
            )
    return None


def unnumbered_lines(table: Table, columns: Columns) -> list[int]:
    """Lines with scores and nothing else, below lines that have a number, a date or a name.

    A number is missed wherever most lines have one, also where a word stands in its place; a date or a name
    may be missing anywhere but at the end. Totals that say so are not among them: there is nothing to ask.
    """
    numbered = {at: _numbered(table.rows, at) for at in columns.numbers}
    others = {*columns.profile.values(), *columns.other.values(), *columns.people}
    bare = {
        line
        for line, cells in table.rows
        if not any(cells[at] for at in others)
        and not any(line in lines for lines in numbered.values())
        and any(cells[at] for at in columns.unsur.values())
        and total_in(columns, table.header, cells) is None
    }
    found: set[int] = set()
    for lines in numbered.values():
        if 2 * len(lines) >= len(table.rows):
            found |= {line for line in bare if line > min(lines)}
    for at in (*columns.people, *(columns.other[k] for k in ("date",) if k in columns.other)):
        found |= _last_bare(table.rows, at, bare)
    return sorted(found)


def _numbered(rows: Sequence[_Row], at: int) -> set[int]:
    """The lines that have a number in a column: where most are bare figures, a word beside one is a label."""
    filled = [(line, cells[at]) for line, cells in rows if cells[at]]
    figures = [(line, cell) for line, cell in filled if any(c.isdigit() for c in cell)]
    without_word = [(line, cell) for line, cell in figures if not _WORD.search(cell)]
    usual = next((kind for kind in (without_word, figures) if 2 * len(kind) >= len(filled)), filled)
    return {line for line, _ in usual}


def _last_bare(rows: Sequence[_Row], at: int, bare: set[int]) -> set[int]:
    """The bare lines at the end, where every line before them has the label."""
    labelled = [line for line, cells in rows if cells[at]]
    if len(labelled) < _SEVERAL or labelled != [line for line, _ in rows[: len(labelled)]]:
        return set()
    return {line for line in bare if line > labelled[-1]}


def told_unnumbered(lines: Sequence[int]) -> Refused:
    text = Text(
        "Ada nilai tanpa nomor, tanggal, atau nama, di bawah baris yang memilikinya (baris {lines}): mungkin "
        "rata-rata. Sebutkan --unnumbered leave-out jika bukan lembar jawaban, --unnumbered sheets jika ya.",
        "There are scores without number, date or name below rows that have one (lines {lines}): a mean, "
        "perhaps. Give --unnumbered leave-out where they are no answer sheets, --unnumbered sheets where "
        "they are.",
    )
    named = ", ".join(map(str, lines[:_NAMED])) + (f", … ({len(lines)})" if len(lines) > _NAMED else "")
    return Refused("row-unnumbered", text.format(lines=named))
