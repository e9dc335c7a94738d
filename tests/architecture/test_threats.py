"""The page of threats names tests that exist: an answer whose test is gone is none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "threats.md"
#: What may go without a test, for the reason that the page gives.
UNTESTED = {
    "Staff who are shown a receipt find the comment by its reply",
    "Two keys of one name",
    "Whoever has the machine acts as administrator",
    "Who owns the file drops the triggers",
}


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists() -> None:
    named = {tuple(name.split("::")) for row in rows() for name in re.findall(r"`(tests/[^`]+)`", row[-1])}
    assert len(named) > 50
    gone = {
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or test not in names_in(ROOT / file)
    }
    assert gone == set()


def test_every_threat_has_a_test_or_is_known_to_have_none() -> None:
    for row in rows():
        assert len(row) == 5, row
        assert row[1] in {*"STRIDE", ""}, row
        assert ("tests/" in row[-1]) is not (row[2] in UNTESTED), row
