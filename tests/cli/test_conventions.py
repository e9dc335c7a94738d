"""Checking a printed IKM from the command line, on tables that were published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analytics.ikm.conventions import conventions
from survey_app.cli import conventions as way
from survey_app.cli import main

CASES = json.loads((Path(__file__).parents[2] / "data/published/skm.json").read_text(encoding="utf-8"))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["conventions", *arguments])
    return result.exit_code, result.output


#: What is said when no way gives the value, up to the value.
NOTHING = way.NONE.id.partition("{")[0]


def marked(output: str) -> list[str]:
    return [line.split()[0] for line in output.splitlines() if way.NAMED.id in line]


@pytest.mark.parametrize(
    ("agency", "keys"),
    [
        ("Kanwil Kementerian Agama Sulawesi Barat", ["0.11"]),
        ("BP Batam", ["exact", "nrr-3"]),
        ("Pemerintah Provinsi Sumatera Barat", []),
    ],
)
def test_a_published_table_is_named_by_the_way_it_was_computed(agency: str, keys: list[str]) -> None:
    case = next(c for c in CASES if c["agency"] == agency)
    nrr = [str(case["nrr"][f"U{i}"]).replace(".", ",") for i in range(1, 10)]
    code, output = run("--published", str(case["published_as_printed"]), *nrr)
    assert code == 0
    assert marked(output) == keys
    assert (NOTHING in output) is (keys == [])
    assert [line.split()[0] for line in output.splitlines()[:8]] == [c.key for c in conventions(9)]


def test_a_value_printed_with_fewer_decimals_is_compared_at_those() -> None:
    """3.15 throughout is 78.75 exactly: printed with one decimal 78.8, with none 79; 0.11 gives 77.9625."""
    for printed in ("78.75", "78,8", "79"):
        assert "exact" in marked(run("--published", printed, *["3.15"] * 9)[1])
    assert marked(run("--published", "78.0", *["3.15"] * 9)[1]) == ["0.11"]


def test_eight_unsur_have_no_printed_weight() -> None:
    """skm.md: only the weights of nine unsur are printed; 3 throughout is 75 by every way but 0.13."""
    _, output = run("--published", "75", *["3"] * 8)
    assert marked(output) == ["exact", "nrr-2", "nrr-3", "index-2", "index-3"]
    assert "0,111" not in output


@pytest.mark.parametrize(
    "arguments", [("--published", "80"), ("--published", "80", "5"), ("--published", "x", "3")]
)
def test_what_is_no_table_is_refused(arguments: tuple[str, ...]) -> None:
    code, output = run(*arguments)
    assert code != 0
    assert "Error" in output


def test_a_weight_of_three_unsur_is_named() -> None:
    """25 x 0.33 x 10.5 = 86.625, half up 86.63; exactly weighted 87.50."""
    _, output = run("--published", "86.63", "3.50", "3.50", "3.50")
    assert marked(output) == ["0.33"]
    assert f"{way.WEIGHT.format(w='0,33', source='').id}\n" in output


def test_a_value_within_the_rounding_of_the_nrr_is_said_to_be_so_in_both_languages() -> None:
    """Eight of 3.92 and 3.93 are 98.03 exactly; 0.005 more or less in each gives 97.90 to 98.15."""
    nrr = ["3.92"] * 8 + ["3.93"]
    _, output = run("--published", "97.99", *nrr)
    assert marked(output) == []
    assert NOTHING not in output
    exact = way.REACH.format(key=way.EXACTLY, low="97,90", high="98,15")
    said = way.ONLY_WITHIN.id.partition("{reaches}")[0].format(published="97,99", places=2)
    assert said in output
    assert exact.id in output
    assert way.CHANCE.format(named=2, chance=25).id in output
    _, english = run("--language", "en", "--published", "97.99", *nrr)
    assert way.REACH.format(key=way.EXACTLY, low="97.90", high="98.15").en in english
    _, finer = run("--decimals", "3", "--published", "97.99", *nrr)
    assert way.NONE.format(published="97,99").id in finer
