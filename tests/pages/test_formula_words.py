"""The Indonesian wording of a formula says the same numbers as the English one."""

from __future__ import annotations

import re

import pytest

from analytics.formulas import FORMULAS, Formula
from survey_app.pages.unit import formula_words, working

SHOWN = [formula for formula in FORMULAS if formula.key in working.SHOWN]


def test_every_formula_of_the_page_is_listed() -> None:
    assert len(SHOWN) == len(working.SHOWN)


@pytest.mark.parametrize("formula", SHOWN, ids=lambda formula: formula.key)
def test_the_numbers_are_the_same_with_a_decimal_comma(formula: Formula) -> None:
    indonesian, english = (formula_words.row(formula, language) for language in ("id", "en"))
    assert _numbers(indonesian[1].replace(",", ".")) == _numbers(english[1].replace(",", "."))
    assert not re.search(r"\d\.\d{2}\b", indonesian[1])


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)
