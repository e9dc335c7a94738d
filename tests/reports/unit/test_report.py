"""Laporan SKM as a reader gets it: the text of the PDF says what the regulation's computation gives.

Sekadau's rows and totals are the published processing table of data/published/skm.json; 78,74, the 0.111 and
0.11 values are that file's recomputation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from analytics.ikm.quality import SIGNALS, Flag
from analytics.ikm.target import Standing
from analytics.period import Period
from analytics.reason import Reason
from survey_app import instruments
from survey_app.reports.statements import findings, official, passages, target_words
from survey_app.reports.typesetting.blocks import Picture
from survey_app.reports.typesetting.document import CONTENTS
from survey_app.reports.typesetting.figures.trend import OTHER_RULE
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit import annexes, chapters, follow_up_chapter
from survey_app.reports.unit.report import SERVICE, UnitReport, all_passages, unit_report
from survey_app.services.ikm.targets import Goal
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.text import Language
from survey_app.wording import flag_words, odds_words
from survey_app.wording.plots import MEASURED_OTHERWISE
from survey_app.wording.reasons import reason_clause
from survey_app.wording.voice import Voice
from tests import printed
from tests.reports import samples


def read(pdf: bytes) -> str:
    """The words of all pages, white space as single spaces."""
    return printed.words(pdf)


def text_of(report: UnitReport) -> str:
    return read(render_pdf_here(unit_report(report)))


def test_sekadau_gives_the_published_figures(database: Database) -> None:
    samples.sekadau(database)
    text = text_of(samples.report(database, "sekadau", "2019-S1"))
    assert "78,74 B (Baik)" in text
    assert f"{official.RESPONDENTS.id} 49" in text
    assert f"{annexes.TOTAL.id} 138 139 150 177 159 163 161 143 159" in text
    assert f"{official.COMPARATOR.id} 78,66".format(weight="0,111") in text
    assert f"{official.COMPARATOR.id} 77,95".format(weight="0,11") in text
    assert "Semester I 2019" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_method_claims_no_way_of_answering(database: Database, language: Language) -> None:
    # These answers came in a file; nobody filled in a form, a kiosk or a sheet that the report knows of.
    samples.sekadau(database)
    report = samples.report(database, "sekadau", "2019-S1", language)
    written = all_passages(report.result)[language]["metode"]
    for claim in ("sendiri", "daring", "kios", "kertas", "themselves", "on line", "kiosk", "paper"):
        assert claim not in written
    assert {"id": "9 unsur pelayanan", "en": "9 service elements (unsur)"}[language] in written


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_result_published_when_intervals_were_otherwise_says_so(
    database: Database, language: Language
) -> None:
    samples.sekadau(database)
    paper = samples.report(database, "sekadau", "2019-S1", language).paper
    result = paper.result
    older = replace(result, trend=(*result.trend[:-1], replace(result.current, interval_anew=True)))
    papers = paper, replace(paper, result=older)
    told = {"id": "dihitung ulang", "en": "computed anew"}[language]
    assert [told in str(annexes.method(r, (), Voice(language))) for r in papers] == [False, True]


def with_target(database: Database, value: str, language: Language = "id") -> str:
    report = samples.report(database, "sekadau", "2019-S1", language)
    return text_of(replace(report, goal=Goal(Period.parse("2019"), Decimal(value))))


def test_the_value_stands_against_its_target(database: Database) -> None:
    samples.sekadau(database)
    # 78,74 less 88,50; the upper end of its interval is below 85, so it is more than chance.
    missed = with_target(database, "88.50")
    said = target_words.AGAINST.format(
        target="88,50",
        period="Tahun 2019",
        reached=target_words.NOT_REACHED,
        value="78,74",
        difference="-9,76",
        interval=target_words.INTERVAL.format(i="75,67–81,57"),
        standing=target_words.STANDING[False, Standing.BELOW],
    )
    # Without peers in words: all of 49 sheets, but nothing is known of other units.
    assert f"{said.id} {odds_words.TARGET_IN_WORDS[0.0].id}" in missed
    assert missed.index("88,50") < missed.rindex(chapters.UNSUR_VALUES.id)
    near = with_target(database, "78.74", "en")
    said = target_words.AGAINST.format(
        target="78.74",
        period="2019",
        reached=target_words.REACHED,
        value="78.74",
        difference="+0.00",
        interval=target_words.INTERVAL.format(i="75.67–81.57"),
        standing=target_words.STANDING[True, Standing.OPEN],
    )
    said_of_it = f"{said.en} {odds_words.TARGET_IN_WORDS[0.25].en}"
    assert said_of_it in near.replace("75.67– 81.57", "75.67–81.57")  # a line may end at its dash
    assert "Target" not in text_of(samples.report(database, "sekadau", "2019-S1"))


def test_one_respondent_is_compared_without_interval_and_chance(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    samples.insert(database, "sekadau", [[3] * 9], "2019-05")
    text = with_target(database, "80.00")
    said = target_words.AGAINST.format(
        target="80,00",
        period="Tahun 2019",
        reached=target_words.NOT_REACHED,
        value="75,00",
        difference="-5,00",
        interval="",
        standing=target_words.STANDING[False, Standing.UNKNOWN],
    )
    assert said.id in text
    assert "Peluang" not in text


def test_the_three_lowest_unsur_are_proposed(database: Database) -> None:
    # By the published totals: 138 persyaratan, 139 prosedur, 143 sarpras.
    samples.sekadau(database)
    text = text_of(samples.report(database, "sekadau", "2019-S1"))
    plan = text[text.index(follow_up_chapter.PRIORITY.id) : text.index(follow_up_chapter.PROPOSED.id)]
    assert re.findall(r"U\d", plan) == ["U1", "U2", "U8"]


def test_every_respondent_is_in_the_processing_table(database: Database) -> None:
    samples.sekadau(database)
    text = text_of(samples.report(database, "sekadau", "2019-S1"))
    # By the scores: the order of arrival would tell who was there when.
    ordered = sorted(samples.sekadau_rows())
    rows = [f"{i} {' '.join(map(str, row))}" for i, row in enumerate(ordered, start=1)]
    assert " ".join(rows) in text


def test_the_same_answers_are_the_same_bytes_on_both_databases(
    sqlite_url: str, fresh_postgres_url: str
) -> None:
    pdfs = []
    for url in (sqlite_url, fresh_postgres_url, fresh_postgres_url):
        database = samples.opened(url)
        if not catalogue.list_units(database, PROVINCE):
            samples.sekadau(database)
        pdfs.append(render_pdf_here(unit_report(samples.report(database, "sekadau", "2019-S1"))))
        database.close()
    assert pdfs[0] == pdfs[1] == pdfs[2]


def test_one_respondent_is_never_a_bare_sangat_baik(database: Database) -> None:
    samples.create_unit(database, "melak", "Puskesmas Melak")
    samples.insert(database, "melak", [[4] * 9], "2026-03")
    text = text_of(samples.report(database, "melak", "2026-S1"))
    cover = text[: text.index(CONTENTS.id)]
    assert official.ONE_RESPONDENT.format(g="100,00 A (Sangat Baik)").id in cover
    assert official.FROM_ONE_RESPONDENT.id in cover
    none = official.NO_INTERVAL.format(why=reason_clause(Reason.ONE_RESPONDENT))
    assert f"{official.INTERVAL.id} {none.id}" in cover
    assert "100,00 A (Sangat Baik) " not in text


def test_an_unanswered_unsur_leaves_no_index_and_says_which(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[3, 3, 3, 0, 3, 3, 4, 3, 3], [4, 3, 3, 0, 3, 3, 4, 3, 0]], "2026-03")
    text = text_of(samples.report(database, "x", "2026-S1"))
    assert official.CANNOT_BE_COMPUTED.id in text
    assert official.NOBODY_ANSWERED.format(unsur="U4 Biaya/Tarif").id in text
    assert "1 3 3 3 – 3 3 4 3 3" in text


def test_a_unit_without_answers_has_a_report_that_says_so(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    text = text_of(samples.report(database, "x", "2026-S1"))
    assert official.NO_SHEETS.id in text
    assert follow_up_chapter.NOTHING_TO_PRIORITISE.id in text


def test_an_instrument_of_eight_unsur_weighs_them_by_an_eighth(database: Database) -> None:
    # One sheet of 1 in U1 and 4 elsewhere, one of all 4: NRR 2.5 and seven 4; (2.5 + 28) / 8 x 25 = 95.3125.
    samples.create_unit(database, "samsat", "Samsat", instrument="skm-2017-tanpa-biaya@1")
    samples.insert(database, "samsat", [[1, *[4] * 7], [4] * 8], "2026-03")
    text = text_of(samples.report(database, "samsat", "2026-S1"))
    assert "95,31 A (Sangat Baik)" in text
    assert "bobot 1/8 per unsur" in text
    assert "Pembanding" not in text[: text.index(CONTENTS.id)]


def test_english_says_the_same_with_a_decimal_point(database: Database) -> None:
    samples.sekadau(database)
    text = text_of(samples.report(database, "sekadau", "2019-S1", "en"))
    assert "78.74 B (Good)" in text
    assert chapters.RESULTS.en in text
    assert "First half of 2019" in text
    assert not re.search(r"\b(Responden|Lampiran|Halaman)\b", text)


def test_a_report_of_one_service_names_it(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", samples.random_rows(5), "2026-03")
    text = text_of(samples.report(database, "x", "2026-S1", service="umum"))
    assert SERVICE.format(name="Layanan umum").id in text


def test_another_questionnaire_is_no_ikm_and_names_its_own_source(database: Database) -> None:
    # Two sheets of SPAK: (4 + 3) / 2 x 25 = 87.50 for every one of its five statements.
    samples.create_unit(database, "bpn", "Kantor Pertanahan", instrument="spak@1")
    samples.insert(database, "bpn", [[4] * 5, [3] * 5], "2026-03")
    text = text_of(samples.report(database, "bpn", "2026-S1"))
    assert (
        f"{official.unsur_value(instruments.get('spak@1'), Voice('id'))} 87,50 87,50 87,50 87,50 87,50"
        in text
    )
    assert "IKM" not in text
    assert "Praktik Zona Integritas" in text
    assert "0,111" not in text
    assert passages.AIM.format(what=passages.JUDGEMENT, unit="Kantor Pertanahan").id in text


def test_one_period_is_no_trend(database: Database) -> None:
    samples.sekadau(database)
    caption = chapters.TREND.id
    assert caption not in text_of(samples.report(database, "sekadau", "2019-S1"))
    samples.insert(database, "sekadau", samples.random_rows(20), "2018-12")
    assert caption in text_of(samples.report(database, "sekadau", "2019-S1"))


@pytest.mark.parametrize(
    ("period", "language", "words"),
    [
        ("2019", "id", "tahun 2019"),
        ("2019-S1", "id", "Semester I 2019"),
        ("2019-S1", "en", "the first half of 2019"),
        ("2019-TW2", "en", "quarter 2 of 2019"),
        ("2019-06", "en", "June 2019"),
        ("2019", "en", "2019"),
    ],
)
def test_a_period_is_written_as_a_sentence_needs_it(
    database: Database, period: str, language: Language, words: str
) -> None:
    samples.sekadau(database)
    unit = "Dinas Kependudukan dan Pencatatan Sipil"
    said = findings.VALUE.in_language(language).partition(" {ikm}")[0].format(unit=unit, period=words)
    assert f"{said} 78" in text_of(samples.report(database, "sekadau", period, language))


def test_a_long_name_gives_way_to_the_period_in_the_running_title(database: Database) -> None:
    samples.create_unit(database, "x", "Unit Pelaksana Teknis Daerah Pelayanan " * 4)
    samples.insert(database, "x", samples.random_rows(5), "2026-03")
    pages = printed.pages(render_pdf_here(unit_report(samples.report(database, "x", "2026-S1"))))
    assert pages[1].splitlines()[0].endswith("…, Semester I 2026")


INJECTION = '#panic("x") *tebal* $x^2$ #read("data.json") <label> @ref // \\ `kode` </text><script>'


def test_markup_in_a_name_is_printed_and_never_run(database: Database) -> None:
    samples.create_unit(database, "x", INJECTION)
    samples.insert(database, "x", samples.random_rows(5), "2026-03")
    assert INJECTION in text_of(samples.report(database, "x", "2026-S1"))


@pytest.mark.parametrize(
    "name", ["Dinas " + "Kependudukan " * 14, "X" * 200, "Puskesmas \U0001f44d \u65e5\u672c\x07"]
)
def test_no_name_stops_a_report(database: Database, name: str) -> None:
    samples.create_unit(database, "x", name)
    samples.insert(database, "x", samples.random_rows(5), "2026-03")
    assert chapters.CONCLUSION.id in text_of(samples.report(database, "x", "2026-S1"))


def test_two_thousand_respondents_repeat_the_header_on_every_page(sqlite_url: str) -> None:
    database = samples.opened(sqlite_url)
    samples.create_unit(database, "rsud", "RSUD")
    samples.insert(database, "rsud", samples.random_rows(2000), "2026-03")
    pdf = render_pdf_here(unit_report(samples.report(database, "rsud", "2026-S1")))
    pages = printed.pages(pdf)
    rows = [page for page in pages if len(re.findall(r"^\d[\d.]*(?: [1-4]){9}$", page, re.M)) > 20]
    assert len(rows) > 20
    assert all(re.search(r"Responden\s+U1\s+U2", page) for page in rows)
    assert sum(len(re.findall(r"^\d[\d.]*(?: [1-4]){9}$", page, re.M)) for page in pages) == 2000
    database.close()


def test_users_served_give_coverage_and_a_narrower_interval(database: Database) -> None:
    samples.sekadau(database)
    before = text_of(samples.report(database, "sekadau", "2019-S1"))
    samples.serve(database, "sekadau", "2019-S1", 100)
    after = text_of(samples.report(database, "sekadau", "2019-S1"))
    assert f"{official.USERS.id} {official.NOT_RECORDED.id}" in before
    assert f"{official.USERS.id} 100 {official.COVERAGE.id} 49,0%" in after
    assert width(after) < width(before)


def width(text: str) -> float:
    match = re.search(rf"{official.INTERVAL.id} ([\d,]+)–([\d,]+)", text)
    assert match is not None
    low, high = (float(end.replace(",", ".")) for end in match.groups())
    return high - low


def test_edited_passages_replace_the_ones_from_the_data(database: Database) -> None:
    samples.sekadau(database)
    report = samples.report(
        database, "sekadau", "2019-S1", edited={"latar_belakang": "Satu.\n\nDua *tebal*."}
    )
    text = text_of(report)
    assert f"{chapters.BACKGROUND.id} Satu. Dua *tebal*. {chapters.LEGAL_BASIS.id}" in text


def test_the_value_without_flagged_answers_stands_in_the_method(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[4] * 9, [3] * 8 + [1]], "2026-03")
    text = text_of(samples.report(database, "x", "2026-S1"))
    assert "84,72" in text  # (36 + 25) / 18 x 25, with all answers
    assert (
        f"{flag_words.FLAGS[Flag.STRAIGHT_LINE].name.id} 1 2 69,44 +15,28" in text
    )  # 25 x 25/9 without the sheet of fours
    assert flag_words.NEVER_DELETES.id in text
    why = flag_words.UNKNOWN[SIGNALS[Flag.OUT_OF_HOURS].needs].id
    assert f"{flag_words.FLAGS[Flag.OUT_OF_HOURS].name.id.lower()} ({why})" in text


def test_a_trend_says_where_the_rule_changed(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    for year in (2016, 2017):
        samples.insert(database, "x", [[3] * 9], f"{year}-03")
    result = samples.report(database, "x", "2017").result
    text = all_passages(result)["id"]
    blocks = chapters.analysis(result, text, (), Voice("id"))
    (trend,) = [block.figure for block in blocks if isinstance(block, Picture)]
    assert "2016 75,00" in trend.alt
    assert trend.alt.count(MEASURED_OTHERWISE.id) == 1
    assert f">{OTHER_RULE.id}</text>" in trend.svg
