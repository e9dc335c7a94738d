"""codes, as an operator types it: made, printed, required, used, counted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey_app.cli import main
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import open_database
from tests.printed import pages
from tests.submissions import NOW, submission

BASE = ("--base-url", "https://survei.kaltimprov.go.id")


@pytest.fixture
def folder(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "opd", "Dinas Perhubungan")
    catalogue.create_unit(database, ADMIN, "opd", "ptsp", "Pelayanan Terpadu", time_zone="Asia/Makassar")
    database.close()
    return tmp_path


def codes(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["codes", *map(str, arguments)])
    return done.exit_code, done.output


def test_from_printing_to_counting(folder: Path, sqlite_url: str) -> None:
    out, pdf = folder / "codes.csv", folder / "slips.pdf"
    new = ("new", "--service", "ptsp/umum", "--count", "22", "--valid-days", "30", *BASE)
    code, said = codes(*new, "--out", out, "--pdf", pdf)
    assert (code, "22 kode untuk ptsp/umum" in said, "codes require ptsp/umum on" in said) == (0, True, True)
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["code"] for row in rows}) == 22
    assert all(row["address"] == f"{BASE[1]}/s/ptsp/umum?kode={row['code']}" for row in rows)
    assert [file.stat().st_mode & 0o777 for file in (out, pdf)] == [0o600, 0o600]
    printed = pages(pdf)
    assert len(printed) == 2
    assert all(any(row["code"] in page for page in printed) for row in rows)
    assert codes("require", "ptsp/umum", "on") == (0, "ptsp/umum hanya menerima jawaban dengan kode\n")
    database = open_database(sqlite_url)
    assert isinstance(intake.accept(database, submission(code=rows[0]["code"]), NOW), Receipt)
    database.close()
    cells = codes("status", "--service", "ptsp/umum")[1].splitlines()[1].split("\t")
    assert (cells[1:3], cells[5:]) == (["ptsp/umum", "ya"], ["22", "1", "0", "21"])
    assert codes("status", "--service", "ptsp/lain")[1].count("\n") == 1
    assert "tanpa kode" in codes("require", "ptsp/umum", "off")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--service", "ptsp", "--count", "1", *BASE, "--out"), "UNIT/LAYANAN"),
        (("--service", "ptsp/x", "--count", "1", *BASE, "--out"), "service-unknown"),
        (("--service", "ptsp/umum", "--count", "0", *BASE, "--out"), "batch-size"),
        (("--service", "ptsp/umum", "--count", "1", "--base-url", "survei", "--out"), "base-url"),
    ],
)
def test_what_cannot_be_made_is_said_and_leaves_no_file(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    out = folder / "codes.csv"
    code, said = codes("new", *arguments, out)
    assert code != 0
    assert words in said
    assert not out.exists()


def test_codes_are_never_printed_over_those_of_another_batch(folder: Path) -> None:
    out = folder / "codes.csv"
    out.write_text("an older batch")
    code, _ = codes("new", "--service", "ptsp/umum", "--count", "1", *BASE, "--out", out)
    assert (code, out.read_text()) == (1, "an older batch")
    assert codes("status")[1].count("\n") == 1
    assert codes("new", "--service", "ptsp/umum", "--count", "1", *BASE)[0] == 2
