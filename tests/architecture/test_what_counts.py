"""Whoever reads answers leaves out those of files that are staged or withdrawn, or says here why not."""

from __future__ import annotations

import ast
from pathlib import Path

STORAGE = Path(__file__).parents[2] / "survey_app/storage"

#: What a reader of rows uses that knows which of them count: the condition, or the rows that wait for cells.
COUNTING = {"COUNTS", "UNCOUNTED", "tail", "IN_TAIL", "_of_unit", "_commented", "_of_tail", "_TRACED"}

#: Functions of storage that read or change rows whether they count or not, and why.
ALL_ROWS = {
    "answer_files.people": "of files, counting or not: who compares publications asks for both",
    "bulk.ready": "rows that are not stored yet",
    "clock.newest": "a clock that has been is one, whatever came of what arrived",
    "clock.accept": "as newest",
    "comments.written_after": "what points to a person is taken out of every comment",
    "comments.replace": "what points to a person is taken out of every comment",
    "emptying.count": "as _chosen",
    "emptying.due": "as _chosen",
    "emptying._held": "as _chosen",
    "emptying._is_whole": "as _chosen",
    "emptying._number": "as _chosen",
    "emptying._over": "as _chosen",
    "emptying._chosen": "what may be emptied of answers is emptied whether they count or not",
    "emptying.standing": "a receipt is of what was sent",
    "emptying._empty_kind": "as _chosen",
    "folding.sums_of_import": "of one import, whatever its state: they are about to count, or not to",
    "imports.rows_of": "of one import, whatever its state",
    "imports._told": "of imports, whatever their state",
    "responses._count_known": "an id that is stored is stored, and cannot be stored again",
    "responses.received_at": "a receipt is of what was sent",
    "responses.unit_code_of": "a receipt is of what was sent",
    "rollup.sums_of": "rows that are not stored yet",
}


def test_every_reader_of_answers_knows_which_of_them_count() -> None:
    found = {name: used for name, used in _readers() if not used & COUNTING}
    assert sorted(found) == sorted(ALL_ROWS)


def test_sql_that_is_written_out_names_answers_in_backups_alone() -> None:
    """Elsewhere a reader is seen by the name of the table."""
    written = [path.stem for path in STORAGE.glob("*.py") if "FROM response" in path.read_text("utf-8")]
    assert written == ["backup"]


def _readers() -> list[tuple[str, set[str]]]:
    """Every function that names the table of answers, and all names in it."""
    found = []
    for path in sorted(STORAGE.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            used = {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
            if isinstance(node, ast.FunctionDef) and used & {"response", "summed", "_UNDATED", "_ID_MOMENT"}:
                found.append((f"{path.stem}.{node.name}", used))
    return found
