"""The smallest group that may be told stands in one place; texts and rules take it from there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: The number as people read it before or after whom it is about.
_SAID = re.compile(
    r"(kurang dari|di bawah|sedikitnya|fewer than|below|at least) (5|lima|five) "
    r"(orang|pegawai|jawaban|saran|people|staff|answers|comments)",
    re.IGNORECASE,
)
#: A rule of its own: below so many answers to an unsur an interval does not hold the truth often enough.
_OTHER_RULES = {"analytics/ikm/unanswered.py"}
FILES = [
    path
    for folder in ("analytics", "survey_app")
    for ending in ("*.py", "*.html", "*.js")
    for path in sorted((ROOT / folder).rglob(ending))
]


@pytest.mark.parametrize("text", ["Kurang dari 5 orang menjawab", "of fewer than five staff"])
def test_such_a_text_is_found(text: str) -> None:
    assert _SAID.search(text)


def test_no_text_has_the_minimum_in_it() -> None:
    assert len(FILES) > 400
    found = {str(path.relative_to(ROOT)) for path in FILES if _SAID.search(path.read_text(encoding="utf-8"))}
    assert found <= _OTHER_RULES


def test_no_other_constant_is_the_minimum() -> None:
    constant = re.compile(r"^[A-Z_]*(MINIMUM|SMALLEST|FEW|LEAST)[A-Z_]* = 5$", re.MULTILINE)
    found = [str(path.relative_to(ROOT)) for path in FILES if constant.search(path.read_text("utf-8"))]
    assert found == ["analytics/disclosure/minimum.py"]
