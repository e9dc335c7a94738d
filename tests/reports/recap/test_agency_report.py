"""The agency's report names its method and coverage with the number, and ranks nobody."""

from __future__ import annotations

import re
from dataclasses import replace

from analytics.comparison.aggregate import Method
from analytics.ikm.estimate import Estimate
from analytics.period import Period
from analytics.reason import Reason
from survey_app.reports.recap import agency_report as page
from survey_app.reports.recap import changes, shared
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.statements import official
from survey_app.reports.typesetting.blocks import Paragraph
from survey_app.reports.typesetting.document import CONTENTS
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.places.acting import ADMIN
from survey_app.services.province.left_out import Why
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.recap_results import result_of
from survey_app.storage.database import Database
from survey_app.text import Language
from survey_app.wording import borrowed_words, left_out_words
from survey_app.wording.reasons import reason_clause
from survey_app.wording.voice import Voice
from tests import printed
from tests.reports import samples


def text_of(
    database: Database, period: str, agency: str = "kabupaten-sekadau", language: Language = "id"
) -> str:
    paper = outgoing_recaps.of_draft(database, recap(database, agency, Period.parse(period)), ADMIN)
    pdf = render_pdf_here(agency_report(RecapReport(paper, samples.MADE_AT, language)))
    return printed.words(pdf)


def two_units(database: Database) -> None:
    """Sekadau's published rows, 78.74, and a unit of one respondent, 100; a third without answers."""
    samples.sekadau(database)
    samples.create_unit(database, "melak", "Puskesmas Melak")
    samples.insert(database, "melak", [[4] * 9], "2019-06")
    samples.create_unit(database, "kosong", "Puskesmas Kosong")


def test_the_number_stands_with_method_coverage_and_what_is_wrong_with_it(database: Database) -> None:
    two_units(database)
    text = text_of(database, "2019-S1")
    cover = text[: text.index(CONTENTS.id)]
    # (78.7415 + 100) / 2 = 89.37 by the published rows' recomputation.
    method, covered = shared.METHODS[Method.MEAN_OF_UNITS].id, shared.COVERAGE.format(n=2, all=3).id
    for expected in ("89,37", method, covered):
        assert expected in cover
    assert borrowed_words.OF_UNITS.format(n=1, names="Puskesmas Melak").id in cover
    assert f"{shared.UNMEASURED.id}Puskesmas Kosong." in cover
    assert f"{shared.ALONE.id}Puskesmas Melak." in cover


def test_units_whose_variance_is_not_their_own_are_named_in_both_languages(database: Database) -> None:
    """The interval is there, by the 49 sheets; units of one sheet each have none, with the reason."""
    two_units(database)
    paper = outgoing_recaps.of_draft(
        database, recap(database, "kabupaten-sekadau", Period.parse("2019-S1")), ADMIN
    )
    whole = paper.result.summary.index
    assert (whole.borrowed, whole.estimate.reason) == (("melak",), Reason.BORROWED)
    assert whole.estimate.interval is not None
    english = shared.notices(paper, Voice("en"))
    assert borrowed_words.OF_UNITS.format(n=1, names="Puskesmas Melak").en in english
    undefined = Estimate.undefined(Reason.NOBODY_TO_BORROW_FROM)
    nobody = replace(whole, borrowed=(), estimate=undefined)
    assert shared.interval(nobody, Voice("id")) == reason_clause(Reason.NOBODY_TO_BORROW_FROM).id


def test_units_are_listed_by_name_with_their_intervals(database: Database) -> None:
    two_units(database)
    text = text_of(database, "2019-S1")
    assert "Dinas Kependudukan dan Pencatatan Sipil 49 78,74 75,67–81,57 B" in text
    assert page.BY_NAME.id in text


def test_priorities_leave_out_units_of_a_few_people(database: Database) -> None:
    two_units(database)
    text = text_of(database, "2019-S1")
    chapter = text[text.rindex(page.PRIORITIES.id) : text.rindex(page.CHANGES.id)]
    assert "U1 Persyaratan; U2 Sistem, Mekanisme, dan Prosedur; dan U8 Sarana dan Prasarana" in chapter
    # Not in the table, and below it said to be left out, and why.
    listed, _, left_out = chapter.partition(left_out_words.NOT_IN_THE_LIST.id)
    assert "Puskesmas Melak" not in listed
    few = left_out_words.WHY[Why.FEW].format(fewest=5)
    assert f"{left_out_words.REASON.format(n=1, why=few).id}: Puskesmas Melak (n < 5)." in left_out


def test_where_nothing_changed_the_lowest_units_are_named_with_interval_and_n(database: Database) -> None:
    for code, name, row in (("a", "Puskesmas A", [3] * 9), ("b", "Puskesmas B", [2] * 9)):
        samples.create_unit(database, code, name)
        for month in ("2026-01", "2026-02"):
            samples.insert(database, code, [row, [4] * 9] * 20, month)
    samples.create_unit(database, "c", "Puskesmas C")
    samples.insert(database, "c", [[1] * 9, [2] * 9], "2026-02")
    chapter = text_of(database, "2026-02").rpartition(page.CHANGES.id)[2]
    assert changes.UNCHANGED.format(n=2).id in chapter
    # 25 x (2 + 4) / 2 = 75.00 before 25 x (3 + 4) / 2 = 87.50; two sheets are too few to be lowest.
    assert re.search(
        r"Puskesmas B: 75,00 C, 95% \d\d,\d\d–\d\d,\d\d, n 40 • Puskesmas A: 87,50 B, 95%", chapter
    )
    assert chapter.count("Puskesmas C") == 2
    for why in (left_out_words.WHY[Why.NOT_BEFORE], left_out_words.WHY[Why.FEW].format(fewest=30)):
        assert f"{left_out_words.REASON.format(n=1, why=why).id}: Puskesmas C (n < 5)." in chapter


def test_a_change_beyond_chance_is_named(database: Database) -> None:
    samples.create_unit(database, "a", "Puskesmas Naik")
    samples.insert(database, "a", [[3] * 9, [2] * 9] * 20, "2026-01")
    samples.insert(database, "a", [[4] * 9, [3] * 9] * 20, "2026-02")
    # 62.50 to 87.50: 25 points at a standard error of 2.8.
    said = changes.CHANGE.format(unit="Puskesmas Naik", direction=changes.UP, points="25,00", ikm="87,50")
    assert said.id in text_of(database, "2026-02")
    said = changes.CHANGE.format(unit="Puskesmas Naik", direction=changes.UP, points="25.00", ikm="87.50")
    assert said.en in text_of(database, "2026-02", language="en")


def test_values_of_two_rules_are_not_compared(database: Database) -> None:
    samples.create_unit(database, "a", "Puskesmas Naik")
    samples.insert(database, "a", [[2] * 9, [1] * 9] * 20, "2016-12")
    samples.insert(database, "a", [[4] * 9, [3] * 9] * 20, "2017-01")
    result = result_of(recap(database, "kabupaten-sekadau", Period.parse("2017-01")))
    told = changes.NOT_COMPARED.format(period="Desember 2016").id
    assert changes.changes(result, Voice("id")) == [Paragraph(told)]
    assert changes.since_last(result, Voice("id")) == told


def test_an_agency_of_forty_units_is_drawn_in_parts(database: Database) -> None:
    for i in range(40):
        samples.create_unit(database, f"u{i:02d}", f"Puskesmas {i:02d}")
        samples.insert(database, f"u{i:02d}", samples.random_rows(6, seed=i), "2026-02")
    text = text_of(database, "2026-02")
    assert shared.COVERAGE.format(n=40, all=40).id in text
    assert "Gambar 3" in text


def test_an_agency_without_units_has_a_report_that_says_so(database: Database) -> None:
    samples.create_agency(database, "kosong", "Dinas Kosong")
    assert official.NO_VALUE_YET.id in text_of(database, "2026-02", "kosong")
