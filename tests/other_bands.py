"""Questionnaires of another year, published for one test: other bands, letters, or levels of the answers."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from survey_app.instruments import DATA, files
from survey_app.storage.database import Database
from tests.reports import samples

#: A sheet of 28 and one of 30 points: 25 x 29/9 = 80.56, which the table of 2017 calls B (Baik).
SHEETS = [[4, 3, 3, 3, 3, 3, 3, 3, 3], [4, 4, 4, 3, 3, 3, 3, 3, 3]] * 15
VALUE = re.compile(r"80[.,]56")
#: Words of the table of 2017, which neither of the other tables has.
WORDS_OF_2017 = re.compile(r"Sangat Baik|Kurang Baik|Tidak Baik|\bB \(Baik\)|\bB · Baik")


@dataclass(frozen=True)
class Rules:
    """A questionnaire of its own: `letter` and `word` are what its table says of 80.56."""

    ref: str
    letter: str
    word: str


#: The bands of 2017, five points higher; and five bands with letters that 2017 has not.
PLUS_FIVE = Rules("skm-2030@1", "C", "Cukupan")
FIVE_BANDS = Rules("skm-2031@1", "Q", "Elok")
#: Answers from 1 to 5, so that the IKM is one of 20 to 100.
FIVE_LEVELS = "skm-2032@1"
_TABLES = {
    "skm-2030": (
        ("D", "Lemah", "25.00", "69.99"),
        ("C", "Cukupan", "70.00", "81.60"),
        ("B", "Bagus", "81.61", "93.30"),
        ("A", "Unggul", "93.31", "100.00"),
    ),
    "skm-2031": (
        ("T", "Lemah", "25.00", "55.00"),
        ("S", "Kurang", "55.01", "70.00"),
        ("R", "Cukupan", "70.01", "80.00"),
        ("Q", "Elok", "80.01", "90.00"),
        ("P", "Unggul", "90.01", "100.00"),
    ),
    "skm-2032": (
        ("D", "Lemah", "20.00", "60.00"),
        ("C", "Cukupan", "60.01", "75.00"),
        ("B", "Bagus", "75.01", "88.00"),
        ("A", "Unggul", "88.01", "100.00"),
    ),
}


@pytest.fixture
def other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All of them are published beside those of the product."""
    folder = tmp_path / "data/instruments"
    shutil.copytree(DATA / "instruments", folder)
    lock = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    for name, table in _TABLES.items():
        data = _questionnaire(name, table)
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
        lock[f"{name}@1"] = files.fingerprint(data)
    (folder / "published.json").write_text(json.dumps(lock), encoding="utf-8")
    monkeypatch.setattr(files, "DATA", tmp_path / "data")
    files.published.cache_clear()
    files.lock.cache_clear()
    yield
    files.published.cache_clear()
    files.lock.cache_clear()


def measured(database: Database, refs: dict[str, str], agency: str = "Dinas Uji") -> None:
    """Units by code, each with its questionnaire, of 80.56 in September and October."""
    for code, ref in refs.items():
        samples.create_unit(database, code, f"Unit {code}", agency=agency, instrument=ref)
        for month in ("2026-09", "2026-10"):
            samples.insert(database, code, SHEETS, month)


def letters(text: str) -> set[str]:
    """What stands as a letter right after 80.56, tags left out."""
    plain = re.sub(r"<[^>]*>", " ", text)
    return {found[1] for found in re.finditer(rf"{VALUE.pattern}[\s(·:,\"']*([A-Z])\b", plain)}


def _questionnaire(name: str, table: tuple[tuple[str, str, str, str], ...]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / "instruments/skm-2017.json").read_text(encoding="utf-8"))
    bands = [
        {"mutu": letter, "kinerja": {"id": word, "en": word}, "low": low, "high": high}
        for letter, word, low, high in table
    ]
    if f"{name}@1" == FIVE_LEVELS:
        for element in data["elements"]:
            element["labels"].append({"id": "luar biasa", "en": "superb"})
        data["levels"] = 5
    return {**data, "id": name, "version": 1, "index": "ikm", "bands": bands}
