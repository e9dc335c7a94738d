"""Data frames hold what the results hold; undefined is missing and says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analytics.period import Period
from survey_app.services.answers import intake
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.frames import units_frame, write_frame
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database
from tests.submissions import KEYS, NOW, submission

PERIOD = Period.parse("2026-11")


def test_a_row_is_the_result_of_its_unit(database: Database, unit: UnitEntry) -> None:
    for scores in ((4, 3, 3, 4, 3, 3, 4, 2, 3), (2, 3, 4, 4, 3, 3, 3, 3, 3)):
        intake.accept(database, submission(scores), NOW)
    catalogue.create_unit(
        database,
        ADMIN,
        "dpmptsp",
        "gratis",
        "Layanan gratis",
        time_zone="Asia/Makassar",
        instrument="skm-2017-tanpa-biaya@1",
    )
    eight = {key: 3 for key in KEYS if key != "biaya"}
    intake.accept(database, replace(submission(), unit="gratis", answers=eight), NOW)
    catalogue.create_unit(database, ADMIN, "dpmptsp", "baru", "Unit baru", time_zone="Asia/Makassar")

    frame = units_frame(overview(database, PROVINCE, PERIOD, back=0).units).set_index("unit")
    score = results.unit_result(database, "ptsp", PERIOD, within=PROVINCE).score
    row = frame.loc["ptsp"]
    assert (row["n"], row["ikm"], row["mutu"]) == (2, float(score.ikm or 0), score.mutu)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(score.interval)
    assert [row[f"nrr_{key}"] for key in KEYS] == list(score.nrr)
    assert frame["nrr_biaya"].isna().to_dict() == {"ptsp": False, "gratis": True, "baru": True}
    assert frame.loc["gratis", "reason"] == "one-respondent"
    assert frame["ikm"].isna().to_dict() == {"ptsp": False, "gratis": False, "baru": True}
    assert frame.loc["baru", "reason"] == "no-answers"


def test_no_units_are_an_empty_frame(database: Database) -> None:
    assert units_frame([]).empty


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_name_never_becomes_a_formula(tmp_path: Path, name: str) -> None:
    write_frame(
        pd.DataFrame({"name": ['=HYPERLINK("http://e","x")', "Unit"], "ikm": [78.74, None]}), tmp_path / name
    )
    if name.endswith("xlsx"):
        sheet = openpyxl.load_workbook(tmp_path / name).worksheets[0]
        assert [sheet["A2"].data_type, sheet["B2"].value, sheet["B3"].value] == ["s", 78.74, None]
    else:
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert lines[1].startswith("\"'=HYPERLINK")
        assert lines[2] == "Unit,"
