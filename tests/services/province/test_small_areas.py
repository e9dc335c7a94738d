"""Estimates of units: who has one, what they stand on, and what they do not give away."""

from __future__ import annotations

from pathlib import Path

import pytest

import survey_app
from analytics.period import Period
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province import left_out
from survey_app.services.province.left_out import Why
from survey_app.services.province.small_areas import Estimated, estimates
from survey_app.services.province.summary import summary
from survey_app.storage.database import Database
from tests import other_bands
from tests.other_bands import other_rules as other_rules
from tests.reports import samples

OCTOBER, TW4 = Period.parse("2026-10"), Period.parse("2026-TW4")


def sheets(threes: int, fours: int) -> list[list[int]]:
    return [[3] * 9] * threes + [[4] * 9] * fours


@pytest.fixture
def province(database: Database) -> Database:
    """Eleven units of 10 to 20 fours among 30 sheets, in October and half a year before, and one of eight."""
    samples.create_agency(database, "one", "Kabupaten Sekadau")
    for i in range(11):
        samples.create_unit(database, f"u{i}", f"U{i}")
        samples.insert(database, f"u{i}", sheets(20 - i, 10 + i), "2026-10")
        samples.insert(database, f"u{i}", sheets(20 - i, 10 + i), "2026-04")
    samples.create_unit(database, "kecil", "Kecil")
    samples.insert(database, "kecil", sheets(8, 0), "2026-10")
    samples.insert(database, "kecil", sheets(40, 20), "2026-04")
    return database


def by_code(database: Database, period: Period = OCTOBER) -> dict[str, Estimated]:
    found = estimates(database, period)
    units = summary(database, PROVINCE, period).units
    return {u.entry.unit.code: found[u.entry.unit.id] for u in units if u.entry.unit.id in found}


def test_a_unit_of_few_sheets_leans_on_its_own_past(province: Database) -> None:
    small = by_code(province)["kecil"]
    # 75.00 by its eight sheets, 83.33 by the sixty of April.
    assert 75.5 < small.value < 82
    assert small.interval[0] < small.value < small.interval[1]
    own = results.unit_result(province, "kecil", OCTOBER, within=PROVINCE).score.interval
    assert own is not None
    assert small.interval[1] - small.interval[0] < own[1] - own[0]


def test_quarters_and_years_have_estimates_of_their_own(province: Database) -> None:
    quarter, year = by_code(province, TW4), by_code(province, Period.parse("2026"))
    # April lies in another quarter and in the same year: without a past.
    assert quarter["kecil"].value == pytest.approx(by_code(province)["kecil"].value)
    assert year["kecil"].value > quarter["kecil"].value


@pytest.mark.parametrize(
    ("period", "before", "within"), [("2026", "2024-10", "2025-10"), ("2026-10", "2025-09", "2025-10")]
)
def test_no_more_than_the_year_before_is_its_past(
    province: Database, period: str, before: str, within: str
) -> None:
    asked = Period.parse(period)
    found = by_code(province, asked)
    for i in range(11):
        samples.insert(province, f"u{i}", [[2] * 9] * 30, before)
    samples.insert(province, "kecil", [[1] * 9] * 30, before)
    assert by_code(province, asked) == found
    samples.insert(province, "kecil", [[1] * 9] * 30, within)
    for i in range(11):
        samples.insert(province, f"u{i}", sheets(20 - i, 10 + i), within)
    assert by_code(province, asked)["kecil"].value < found["kecil"].value


def test_one_of_four_people_has_none_and_moves_nobody(province: Database) -> None:
    before = by_code(province)
    samples.create_unit(province, "empat", "Empat")
    samples.insert(province, "empat", [[2] * 9] * 20, "2026-04")
    samples.insert(province, "empat", [[1] * 9] * 4, "2026-10")
    assert by_code(province) == before
    overall = summary(province, PROVINCE, OCTOBER)
    (few,) = left_out.of_estimates(overall, estimates(province, OCTOBER))
    assert (few.why, [u.entry.unit.code for u in few.units]) == (Why.FEW, ["empat"])
    samples.insert(province, "empat", [[1] * 9] * 5, "2026-10")
    after = by_code(province)
    assert "empat" in after
    assert after["kecil"] != before["kecil"]


def test_months_of_few_people_tell_of_a_past_only_together(province: Database) -> None:
    before = by_code(province)["kecil"]
    samples.insert(province, "kecil", [[1] * 9] * 3, "2026-06")
    assert by_code(province)["kecil"] == before
    samples.insert(province, "kecil", [[1] * 9] * 3, "2026-07")
    assert by_code(province)["kecil"].value < before.value


def test_a_past_of_another_rule_is_none(database: Database) -> None:
    """PermenPANRB 14/2017 changed the index: 2017 does not lean on 2016."""
    for i in range(12):
        samples.create_unit(database, f"u{i}", f"U{i}")
        samples.insert(database, f"u{i}", sheets(10, 4 + i), "2017-08")
    alone = by_code(database, Period.parse("2017"))
    for i in range(12):
        samples.insert(database, f"u{i}", [[1] * 9] * (10 + i), "2016-08")
    assert by_code(database, Period.parse("2017")) == alone


def test_a_past_on_another_questionnaire_is_none(province: Database) -> None:
    """The same eight sheets, once after sixty fours on another form: told as of a unit without a past."""
    for code, form in {"baru": "skm-2017@1", "berganti": "spak@1"}.items():
        samples.create_unit(province, code, code.title(), instrument=form)
    samples.insert(province, "berganti", [[4] * 5] * 60, "2026-04")
    samples.change_form(province, "berganti", "skm-2017@1")
    for code in ("baru", "berganti"):
        samples.insert(province, code, sheets(8, 0), "2026-10")
    found = by_code(province)
    assert found["baru"].value == found["berganti"].value


def test_fewer_than_ten_units_have_none(database: Database) -> None:
    for i in range(9):
        samples.create_unit(database, f"u{i}", f"U{i}")
        samples.insert(database, f"u{i}", sheets(10, 4 + i), "2026-10")
    assert not estimates(database, OCTOBER)


@pytest.mark.usefixtures("other_rules")
def test_other_scales_and_questionnaires_without_an_ikm_have_none(province: Database) -> None:
    before = by_code(province)
    samples.create_unit(province, "spak", "Spak", instrument="spak@1")
    samples.create_unit(province, "lima", "Lima", instrument=other_bands.FIVE_LEVELS)
    for month in ("2026-04", "2026-10"):
        samples.insert(province, "spak", [[4] * 5] * 10, month)
        samples.insert(province, "lima", [[3] * 9] * 10, month)
    assert by_code(province) == before
    overall = summary(province, PROVINCE, OCTOBER)
    (other,) = left_out.of_estimates(overall, estimates(province, OCTOBER))
    assert (other.why, [u.entry.unit.code for u in other.units]) == (Why.OTHER_SCALE, ["lima"])


def test_what_was_drawn_is_kept_while_no_answer_comes(province: Database) -> None:
    first = estimates(province, OCTOBER)
    again = estimates(province, OCTOBER)
    assert all(again[unit] is found for unit, found in first.items())


@pytest.mark.parametrize("place", ["reports", "web", "cli", "services/publishing", "services/schedules"])
def test_where_an_official_number_stands_nothing_asks_for_estimates(place: str) -> None:
    root = Path(survey_app.__file__).parent / place
    texts = [path.read_text(encoding="utf-8") for path in root.rglob("*.py")]
    assert texts
    assert not [text for text in texts if "small_areas" in text or "area_words" in text]
