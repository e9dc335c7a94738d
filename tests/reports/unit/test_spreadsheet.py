"""The workbook holds the published numbers as numbers, and never a formula."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from analytics.ikm.quality import Flag
from analytics.reason import Reason
from survey_app.reports.statements import official
from survey_app.reports.unit import reliability_section, spreadsheet
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.storage.database import Database
from survey_app.wording import flag_words
from survey_app.wording.reasons import reason_clause
from survey_app.wording.voice import Voice
from tests.reports import samples


def rows(workbook: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(workbook[name].iter_rows(values_only=True))


def opened(database: Database, code: str, period: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(result_workbook(samples.report(database, code, period))))


def test_sekadau_has_the_published_numbers(database: Database) -> None:
    samples.sekadau(database)
    workbook = opened(database, "sekadau", "2019-S1")
    after = (
        spreadsheet.RESPONDENTS,
        spreadsheet.TREND,
        spreadsheet.QUALITY,
        reliability_section.TITLE,
        spreadsheet.ANSWERS,
    )
    assert workbook.sheetnames == [spreadsheet.RESULT.id, "Unsur", *(title.id for title in after)]
    assert ("IKM", 78.74, None) in rows(workbook, spreadsheet.RESULT.id)
    assert ("Mutu", "B (Baik)", None) in rows(workbook, spreadsheet.RESULT.id)
    assert [row[2] for row in rows(workbook, "Unsur")[1:]] == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    by_score = sorted(tuple(r) for r in samples.sekadau_rows())
    assert [row[1:] for row in rows(workbook, spreadsheet.ANSWERS.id)[1:]] == by_score
    assert (
        sum(
            n
            for name, _, n in rows(workbook, spreadsheet.RESPONDENTS.id)[1:]
            if name == "Usia" and isinstance(n, int)
        )
        == 49
    )


def test_what_the_number_stands_on_are_numbers(database: Database) -> None:
    samples.sekadau(database)
    samples.serve(database, "sekadau", "2019-S1", 500)
    found = {row[0]: row[1] for row in rows(opened(database, "sekadau", "2019-S1"), spreadsheet.RESULT.id)}
    assert found[official.RESPONDENTS.id] == 49
    assert found[official.USERS.id] == 500
    assert found[official.COVERAGE.id] == pytest.approx(49 / 500)
    # The comparators of the published table's recomputation.
    comparators = (official.COMPARATOR.format(weight=weight).id for weight in ("0,111", "0,11"))
    assert [found[name] for name in comparators] == [78.66, 77.95]
    low, high = found[spreadsheet.LOW.id], found[spreadsheet.HIGH.id]
    assert isinstance(low, float)
    assert isinstance(high, float)
    report = samples.report(database, "sekadau", "2019-S1")
    facts = dict(official.facts(report.result, Voice("id")))
    assert facts[official.INTERVAL.id] == f"{low:.2f}–{high:.2f}".replace(".", ",")


def test_why_a_number_is_missing_stands_beside_it(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[3] * 9], "2026-03")
    listed = rows(opened(database, "x", "2026-S1"), spreadsheet.RESULT.id)
    assert (official.RESPONDENTS.id, 1, None) in listed
    assert (official.USERS.id, None, official.NOT_RECORDED.id) in listed
    assert (spreadsheet.LOW.id, None, reason_clause(Reason.ONE_RESPONDENT).id) in listed


def test_the_same_result_is_the_same_bytes(database: Database) -> None:
    samples.sekadau(database)
    report = samples.report(database, "sekadau", "2019-S1")
    assert result_workbook(report) == result_workbook(report)


def test_a_name_is_never_a_formula(database: Database) -> None:
    samples.create_unit(database, "x", "=1+1", agency="https://example.id")
    samples.insert(database, "x", [[3] * 9], "2026-03")
    sheet = opened(database, "x", "2026-S1")[spreadsheet.RESULT.id]
    assert [(sheet.cell(i, 2).value, sheet.cell(i, 2).data_type) for i in (2, 3)] == [
        ("=1+1", "s"),
        ("https://example.id", "s"),
    ]


def test_undefined_and_unanswered_are_empty_cells(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[3, 3, 3, 0, 3, 3, 3, 3, 3]], "2026-03")
    workbook = opened(database, "x", "2026-S1")
    assert ("IKM", None, None) in rows(workbook, spreadsheet.RESULT.id)
    assert rows(workbook, "Unsur")[4] == ("U4", "Biaya/Tarif", 0, 0, None, None, None, None)
    assert rows(workbook, spreadsheet.ANSWERS.id)[1][4] is None


@pytest.mark.parametrize("n", [4, 5])
def test_profiles_of_a_handful_of_people_are_not_shown(database: Database, n: int) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[3] * 9] * n, "2026-03", samples.profiles(n))
    assert bool(rows(opened(database, "x", "2026-S1"), spreadsheet.RESPONDENTS.id)[1:]) == (n == 5)


def test_flags_are_counted_and_what_could_not_be_checked_is_empty(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[4] * 9, [3] * 8 + [1]], "2026-03")
    listed = rows(opened(database, "x", "2026-S1"), spreadsheet.QUALITY.id)
    # 36 + 25 of 18 answers: 84.72; without the sheet of fours 25 x 25/9 = 69.44.
    assert listed[1] == (flag_words.FLAGS[Flag.STRAIGHT_LINE].name.id, 1, 2, 69.44, 15.28)
    assert listed[2] == (flag_words.FLAGS[Flag.TOO_FAST].name.id, None, 0, None, None)
    assert listed[-1] == (flag_words.ANY.id, 1, 2, 69.44, 15.28)
