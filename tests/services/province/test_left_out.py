"""Whoever is counted and not listed is named with the reason: worked by hand on a few units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from analytics.period import Period
from survey_app.reports.recap import changes
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.typesetting.blocks import Paragraph
from survey_app.reports.typesetting.document import Document
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province import comparison, left_out
from survey_app.services.province.left_out import LeftOut, Why
from survey_app.services.province.summary import summary
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database, open_database
from survey_app.text import Language
from survey_app.wording import left_out_words
from survey_app.wording.voice import Voice
from tests.reports import samples

OCTOBER = Period.parse("2026-10")
MIXED = [[3] * 9, [4] * 9]
LOW = [[2] * 9, [2] * 8 + [3]]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def unit(database: Database, code: str, rows: Sequence[Sequence[int]], *months: str, **more: str) -> None:
    samples.create_unit(database, code, f"Unit {code}", agency="Dinas Uji", **more)
    for month in months or ("2026-10",):
        samples.insert(database, code, rows, month)


def told(groups: Sequence[LeftOut]) -> dict[Why, list[str]]:
    return {group.why: [u.entry.unit.code for u in group.units] for group in groups}


def test_the_units_too_small_for_the_lowest_are_named_the_lowest_first(database: Database) -> None:
    unit(database, "besar", MIXED * 15)
    unit(database, "kecil", MIXED * 9)
    unit(database, "rendah", LOW * 9)
    unit(database, "kosong", [])
    overall = summary(database, PROVINCE, OCTOBER)
    assert [u.entry.unit.code for u in overall.lowest(5, 30)] == ["besar"]
    assert told(left_out.of_lowest(overall, 30)) == {Why.FEW: ["rendah", "kecil"]}
    assert told(left_out.of_lowest(overall, 10)) == {}


def test_every_unit_with_a_value_is_compared_or_said_not_to_be(database: Database) -> None:
    unit(database, "tetap", MIXED * 15, "2026-09", "2026-10")
    unit(database, "baru", MIXED * 15)
    unit(database, "seragam", [[3] * 9] * 30, "2026-09", "2026-10")
    unit(database, "sendiri", [[3] * 9], "2026-09", "2026-10")
    unit(database, "berganti", MIXED * 15, "2026-09")
    samples.change_form(database, "berganti", "skm-2017-tanpa-biaya@1")
    samples.insert(database, "berganti", [row[:8] for row in MIXED * 15], "2026-10")
    overall = summary(database, PROVINCE, OCTOBER)
    assert told(left_out.of_changes(overall)) == {
        Why.NO_ERROR: ["sendiri"],
        Why.NOT_BEFORE: ["baru"],
        Why.OTHER_FORM: ["berganti"],
    }


def test_a_comparison_says_of_each_unit_without_a_place_why(database: Database) -> None:
    unit(database, "a", MIXED * 15)
    unit(database, "b", MIXED * 16)
    unit(database, "kecil", MIXED * 14)
    unit(database, "seragam", [[3] * 9] * 30)
    compared = comparison.comparison(database, PROVINCE, OCTOBER, 1)
    assert {p.result.entry.unit.code for p in compared.places} == {"a", "b"}
    assert told(left_out.of_ranking(compared)) == {Why.FEW: ["kecil"], Why.NO_ERROR: ["seragam"]}


def test_a_unit_large_enough_and_alone_is_not_said_to_be_small(database: Database) -> None:
    unit(database, "a", MIXED * 15)
    unit(database, "kecil", MIXED)
    compared = comparison.comparison(database, PROVINCE, OCTOBER, 1)
    assert told(left_out.of_ranking(compared)) == {Why.FEW: ["kecil"], Why.ALONE: ["a"]}


def test_priorities_say_for_whom_none_are_proposed(database: Database) -> None:
    unit(database, "a", [[4, *[3] * 8]] * 6)
    unit(database, "empat", MIXED * 2)
    unit(database, "lima", [[4, *[3] * 8]] * 5)
    unit(database, "sama", [[3] * 9] * 5)
    overall = summary(database, PROVINCE, OCTOBER)
    assert told(left_out.of_priorities(overall.units)) == {Why.FEW: ["empat"], Why.ALL_ALIKE: ["sama"]}


def few(language: Language, told: str) -> str:
    """What is said of one unit of fewer than 30 respondents."""
    why = left_out_words.WHY[Why.FEW].format(fewest=30)
    reason = left_out_words.REASON.format(n=1, why=why).in_language(language)
    return f"{left_out_words.NOT_IN_THE_LIST.in_language(language)}{reason}: {told}."


@pytest.mark.parametrize(("language", "value"), [("id", "51,39"), ("en", "51.39")])
def test_reports_name_the_unit_that_their_lowest_leave_out(
    database: Database, language: Language, value: str
) -> None:
    """18 sheets, 9 of 18 and 9 of 19 points: 25 x 18.5/9 = 51.39, which is D."""
    unit(database, "besar", MIXED * 15, "2026-09", "2026-10")
    unit(database, "rendah", LOW * 9, "2026-09", "2026-10")
    expected = few(language, f"Unit rendah ({value} D, n 18)")
    paper = outgoing_recaps.of_draft(database, recap(database, None, OCTOBER), ADMIN)
    blocks = changes.lowest(paper.result, Voice(language))
    assert expected in [block.text for block in blocks if isinstance(block, Paragraph)]
    made = RecapReport(paper, samples.MADE_AT, language)
    for document in (province_report(made), agency_report(made)):
        assert expected in whole(document)


def whole(document: Document) -> str:
    """What the typesetter is given."""
    return "\n".join(document.files.values())


def test_of_a_few_people_the_value_is_not_told(database: Database) -> None:
    unit(database, "empat", MIXED * 2)
    found = left_out.of_lowest(summary(database, PROVINCE, OCTOBER), 30)
    assert left_out_words.sentence(found, 30, Voice("id")) == few("id", "Unit empat (n < 5)")
