"""Checks on imported rows: each finding names row, field, what is there and what should be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ip_asn import score_employee
from analytics.ip_asn.columns import check_record_columns
from analytics.ip_asn.row_checks import check_records, check_scores, decimal_of, employee_of_row
from survey_app import rulesets

R2019, R2022, R2023 = (rulesets.get(f"ip-asn-{year}") for year in (2019, 2022, 2023))
UNITS = {"bkd", "dukcapil"}
GOOD: dict[str, Any] = {
    "unit": "bkd",
    "status": "PNS",
    "jabatan": "fungsional",
    "kualifikasi": 15,
    "kompetensi": 30,
    "kinerja": 25,
    "disiplin": 5,
    "total": 75,
}
RECORD: dict[str, Any] = {
    "unit": "bkd",
    "status": "PNS",
    "jabatan": "pelaksana",
    "pendidikan": "S1",
    "rating": "85,5",
    "trainings": [{"kind": "teknis", "jp": "24", "end": "2021-03-01"}],
    "penalties": [{"level": "ringan", "on": date(2020, 5, 1)}],
}


def test_good_rows_have_no_problem() -> None:
    assert check_scores([GOOD], R2019, UNITS) == ()
    comma = {**GOOD, "kompetensi": "22,5", "jabatan": "pelaksana", "total": "67,50"}
    assert check_scores([comma], R2019, UNITS) == ()
    assert check_records([RECORD], R2019, UNITS) == ()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"unit": "bkdd"}, "unit-unknown", "unit"),
        ({"unit": None}, "unit-unknown", "unit"),
        ({"status": "honorer"}, "status-unknown", "status"),
        ({"jabatan": "camat"}, "jabatan-unknown", "jabatan"),
        ({"kinerja": "baik"}, "not-a-number", "kinerja"),
        ({"kinerja": "nan"}, "not-a-number", "kinerja"),
        ({"kualifikasi": 26, "total": 86}, "score-range", "kualifikasi"),
        ({"disiplin": -1, "total": 69}, "score-range", "disiplin"),
        ({"kompetensi": 35, "total": 80}, "kompetensi-impossible", "kompetensi"),
        ({"kompetensi": 22.5, "total": 67.5}, "kompetensi-impossible", "kompetensi"),
        ({"total": 75.02}, "total-differs", "total"),
    ],
)
def test_each_problem_of_given_scores(change: dict[str, Any], code: str, field: str) -> None:
    (problem,) = check_scores([GOOD, {**GOOD, **change}], R2019, UNITS, first_row=8)
    assert (problem.row, problem.code, problem.field) == (9, code, field)


def test_the_grid_of_the_own_post_or_of_all_when_it_is_not_known() -> None:
    pelaksana = {**GOOD, "kompetensi": 22.5, "total": 67.5, "jabatan": "pelaksana"}
    assert check_scores([pelaksana, {**pelaksana, "jabatan": None}], R2019, UNITS) == ()
    (problem,) = check_scores([{**GOOD, "kompetensi": 20, "total": 65, "jabatan": None}], R2019, UNITS)
    assert problem.expected == "one of 0, 10, 15, 17.5, 22.5, 25, 30, 40"


def test_a_hundredth_is_rounding_and_more_is_a_difference() -> None:
    assert check_scores([{**GOOD, "total": 75.01}], R2019, UNITS) == ()
    (problem,) = check_scores([{**GOOD, "total": 74.53}], R2019, UNITS)
    assert (problem.difference, problem.expected) == (Decimal("-0.47"), "75")


def test_the_partly_known_rules_have_no_grid_but_ranges() -> None:
    assert check_scores([{**GOOD, "kompetensi": 26.47, "total": 71.47}], R2023, UNITS) == ()
    (problem,) = check_scores([{**GOOD, "kompetensi": 41, "total": 86}], R2023, UNITS)
    assert problem.code == "score-range"


def test_empty_cells_are_left_to_completeness() -> None:
    assert check_scores([{"unit": "bkd", "kualifikasi": "", "total": None}], R2019, UNITS) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "x"}, "unit-unknown"),
        ({"status": ""}, "status-unknown"),
        ({"jabatan": None}, "jabatan-unknown"),
        ({"pendidikan": "S4"}, "pendidikan-unknown"),
        ({"rating": "Baik"}, "not-a-number"),
        ({"trainings": [{"kind": "outbound", "end": "2021-03-01"}]}, "training-unknown"),
        ({"trainings": [{"kind": "teknis", "end": "1 Maret"}]}, "not-a-date"),
        ({"trainings": [{"kind": "teknis"}]}, "not-a-date"),
        ({"trainings": [{"kind": "teknis", "end": "2021-03-01", "jp": "dua"}]}, "not-a-number"),
        ({"penalties": [{"level": "teguran", "on": "2020-05-01"}]}, "penalty-unknown"),
        ({"penalties": [{"level": "ringan", "on": None}]}, "not-a-date"),
    ],
)
def test_each_problem_of_raw_records(change: dict[str, Any], code: str) -> None:
    (problem,) = check_records([{**RECORD, **change}], R2019, UNITS)
    assert (problem.row, problem.code) == (1, code)


def test_a_rating_by_predicate_and_records_the_rules_cannot_score() -> None:
    (problem,) = check_records([{**RECORD, "rating": "85"}], R2022, UNITS)
    assert problem.code == "rating-unknown"
    (problem,) = check_records([RECORD, RECORD], R2023, UNITS)
    assert problem.code == "ruleset-partial"


@pytest.mark.parametrize("written", ["2021-01-05", "05/01/2021", "5-1-2021", "05.01.2021", " 5/1/2021 "])
def test_dates_are_iso_or_begin_with_the_day(written: str) -> None:
    record = {**RECORD, "trainings": [{"kind": "teknis", "jp": "24", "end": written}]}
    assert check_records([record], R2019, UNITS) == ()
    (training,) = employee_of_row(record, "p", date(2021, 12, 31)).trainings
    assert training.end == date(2021, 1, 5)


@pytest.mark.parametrize("written", ["12/31/2021", "31/02/2021", "05/01/21", "2021/01/05", "44201", ""])
def test_other_dates_are_refused(written: str) -> None:
    record = {**RECORD, "trainings": [{"kind": "teknis", "jp": "24", "end": written}]}
    assert [p.code for p in check_records([record], R2019, UNITS)] == ["not-a-date"]


def test_a_row_without_problems_becomes_a_record_that_scores() -> None:
    """Hand: S1 15, teknis for pelaksana 22.5, rating 85,5 Baik 25, one light penalty 3: 65.5."""
    record = employee_of_row(RECORD, "p7", date(2021, 12, 31))
    assert (record.id, record.unit, record.penyetaraan) == ("p7", "bkd", False)
    assert score_employee(record, R2019).total == Decimal("65.5")
    bare = employee_of_row(
        {**RECORD, "rating": "", "pendidikan": None, "trainings": None}, "p8", date(2021, 12, 31)
    )
    assert (bare.rating, bare.pendidikan, bare.trainings) == (None, None, ())


@given(st.sampled_from([Decimal(v) for v in (0, 10, 15, 25, 30, 40)]), st.integers(-100, 100))
def test_a_total_is_reported_exactly_when_it_differs_by_more_than_a_hundredth(
    kompetensi: Decimal, hundredths: int
) -> None:
    total = 45 + kompetensi + Decimal(hundredths) / 100
    problems = check_scores([{**GOOD, "kompetensi": kompetensi, "total": total}], R2019, UNITS)
    assert [p.difference for p in problems] == ([Decimal(hundredths) / 100] if abs(hundredths) > 1 else [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rating": "-0.5"}, "rating-range"),
        ({"rating": "120.1"}, "rating-range"),
        ({"rating": "1e3"}, "rating-range"),
        ({"trainings": [{"kind": "teknis", "end": "2021-03-01", "jp": "-1"}]}, "jp-range"),
        ({"trainings": [{"kind": "teknis", "end": "2021-03-01", "jp": "2000.5"}]}, "jp-range"),
        ({"trainings": [{"kind": "teknis", "end": "1949-12-31"}]}, "date-range"),
    ],
)
def test_numbers_of_raw_records_that_cannot_be(change: dict[str, Any], code: str) -> None:
    """A rating to 120 (PP 30/2019), hours to a working year, dates since 1950; the bounds themselves can."""
    (problem,) = check_records([{**RECORD, **change}], R2019, UNITS)
    assert (problem.row, problem.code) == (1, code)
    edge = {"rating": "120", "trainings": [{"kind": "teknis", "end": "1950-01-01", "jp": "2000"}]}
    assert check_records([{**RECORD, **edge}], R2019, UNITS) == ()


@pytest.mark.parametrize(
    ("field", "value"), [("kualifikasi", 7), ("kinerja", 24), ("disiplin", 4), ("kualifikasi", 16)]
)
def test_a_score_that_no_level_gives_is_impossible_where_the_levels_are_known(field: str, value: int) -> None:
    row = {**GOOD, field: value, "total": 75 - GOOD[field] + value}
    assert [(p.code, p.field) for p in check_scores([row], R2019, UNITS)] == [("score-impossible", field)]
    assert check_scores([row], R2023, UNITS) == ()


@given(st.text(max_size=12))
def test_a_number_is_one_in_plain_digits(text: str) -> None:
    """Other scripts, underscores, inf and nan are none; what is one reads as Python's Decimal does."""
    value = decimal_of(text)
    if value is not None:
        assert set(text.strip()) <= set("0123456789+-.,eE")
        assert value == Decimal(text.strip().replace(",", "."))


@given(st.lists(st.decimals(0, 120, places=1), min_size=1, max_size=6))
def test_ratings_are_doubted_together_or_each_for_itself(ratings: list[Decimal]) -> None:
    rows = [(line, {"rating": str(rating)}) for line, rating in enumerate(ratings, 2)]
    problems = check_record_columns(rows, R2019, date(2021, 12, 31))
    low = [line for line, row in rows if Decimal(row["rating"]) <= 30]
    code = "rating-scale" if len(low) == len(rows) else "rating-low"
    assert [(p.row, p.code) for p in problems] == [(line, code) for line in low]
    assert check_record_columns(rows, R2022, date(2021, 12, 31)) == ()  # predicates, no numbers
