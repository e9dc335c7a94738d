"""Sheets with one and the same index are said to be that, and to be alike only where every answer is."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.period import Period
from analytics.reason import Reason
from survey_app.reports.prints.poster import poster
from survey_app.reports.recap import shared
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.statements import official
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import unit_report
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.recap_results import result_of
from survey_app.storage.database import Database, open_database
from survey_app.text import Language
from survey_app.web.routes import routes
from survey_app.wording import reasons
from survey_app.wording.voice import Voice
from tests import printed
from tests.pages.conftest import OpenPage, words_of
from tests.pages.conftest import browser as browser
from tests.pages.conftest import open_page as open_page
from tests.reports import samples

OCTOBER = Period.parse("2026-10")
#: Each gives one unsur the four and the others the three: the index is 28/9 in all of them.
EQUAL_INDEX = [[4 if i == j % 9 else 3 for i in range(9)] for j in range(12)]
EQUAL_ANSWERS = [[3] * 9] * 12
INDEX, ANSWERS = official.SAME_INDEX, official.SAME_ANSWERS
PAGE_INDEX, PAGE_ANSWERS = reasons.SAME_INDEX, reasons.SAME_ANSWERS

each = pytest.mark.parametrize("language", ["id", "en"])
cases = pytest.mark.parametrize("rows", [EQUAL_INDEX, EQUAL_ANSWERS], ids=["equal-index", "equal-answers"])


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def pdf_text(document: Document) -> str:
    return printed.words(render_pdf_here(document))


def measured(database: Database, rows: list[list[int]]) -> None:
    samples.create_unit(database, "satu", "Unit satu", agency="Dinas Uji")
    samples.insert(database, "satu", rows, "2026-10")


def said(text: str, true: str, untrue: str) -> None:
    assert true in text
    assert untrue not in text


@each
@cases
def test_reports_and_public_page_say_what_is_equal(
    database: Database, rows: list[list[int]], language: Language
) -> None:
    measured(database, rows)
    drafting.publish(database, ADMIN, "satu", OCTOBER, samples.MADE_AT)
    pair = (INDEX, ANSWERS) if rows is EQUAL_INDEX else (ANSWERS, INDEX)
    true, untrue = (words.in_language(language) for words in pair)
    result = results.unit_result(database, "satu", OCTOBER, within=PROVINCE)
    unit = drafting.draft(database, result, samples.MADE_AT, language)
    paper = outgoing_recaps.of_draft(database, recap(database, "dinas-uji", OCTOBER), ADMIN)
    agency = RecapReport(paper, samples.MADE_AT, language)
    for document in (unit_report(unit), poster(unit, "a4"), agency_report(agency)):
        said(pdf_text(document), true, untrue)
    book = openpyxl.load_workbook(io.BytesIO(result_workbook(unit)))
    said(str([row for sheet in book for row in sheet.iter_rows(values_only=True)]), true, untrue)
    with TestClient(Starlette(routes=routes(lambda: database, lambda: samples.NOW))) as client:
        said(client.get(f"/hasil/satu?period=2026-10&lang={language}").text, true, untrue)


@each
@cases
def test_the_page_says_what_is_equal(
    database: Database, open_page: OpenPage, rows: list[list[int]], language: Language
) -> None:
    measured(database, rows)
    pair = (PAGE_INDEX, PAGE_ANSWERS) if rows is EQUAL_INDEX else (PAGE_ANSWERS, PAGE_INDEX)
    true, untrue = (words.in_language(language) for words in pair)
    said(words_of(open_page("unit", unit="satu", lang=language)), true, untrue)


@each
def test_units_that_do_not_vary_are_not_said_to_agree_with_each_other(
    database: Database, language: Language
) -> None:
    """One unit of threes and one of fours: no sampling error to be seen, and nobody agreed with anybody."""
    measured(database, EQUAL_ANSWERS)
    samples.create_unit(database, "dua", "Unit dua", agency="Dinas Uji")
    samples.insert(database, "dua", [[4] * 9] * 12, "2026-10")
    whole = result_of(recap(database, "dinas-uji", OCTOBER)).summary.index
    expected = reasons.reason_clause(Reason.NO_VARIATION)
    assert shared.interval(whole, Voice(language)) == expected.in_language(language)
