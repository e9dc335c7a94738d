"""What a spreadsheet would compute is text, and everything else stays what it is."""

from __future__ import annotations

import pytest

from survey_app.services.files.csv_text import never_a_formula


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_would_be_computed_is_led_by_an_apostrophe(cell: str) -> None:
    assert never_a_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Samsat", "a=1", "", -1.5, None])
def test_everything_else_stays(cell: object) -> None:
    assert never_a_formula(cell) is cell
