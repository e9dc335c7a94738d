"""The poster: one page on both papers, the number with its interval, and a warning where it misleads."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from analytics.reason import Reason
from survey_app.reports.prints import poster as words
from survey_app.reports.prints.poster import Paper, poster
from survey_app.reports.statements import official
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit.report import UnitReport
from survey_app.storage.database import Database
from survey_app.wording.reasons import reason_clause
from tests import printed
from tests.reports import samples


def pages(report: UnitReport, paper: Paper = "a4") -> list[str]:
    return [printed.lines(page) for page in printed.pages(render_pdf_here(poster(report, paper)))]


def test_the_poster_has_what_the_ministry_asks_for(database: Database) -> None:
    samples.sekadau(database)
    (text,) = pages(samples.report(database, "sekadau", "2019-S1", inside=None))
    for expected in ("78,74", "B (Baik)", "Semester I 2019", f"{words.RESPONDENTS.id}: 49", words.THANKS.id):
        assert expected in text
    for field in ("Jenis kelamin", "Usia", "Pendidikan", "Pekerjaan"):
        assert field in text
    assert text.count(words.UNANSWERED.id) == 4
    # NumPy and SciPy's brentq on the 49 rows: where (m - b - (1 - 2 b) x)^2 = t^2 A x (1 - x).
    assert words.INTERVAL.format(interval="75,67–81,57").id in text


@pytest.mark.parametrize(("paper", "width_mm"), [("a4", 210), ("a3", 297)])
def test_both_papers_are_one_page_even_with_the_longest_name(
    database: Database, paper: Paper, width_mm: int
) -> None:
    samples.create_unit(database, "x", "Unit Pelayanan " * 13, agency="Badan Pendapatan " * 11)
    samples.insert(database, "x", samples.random_rows(30), "2026-03", samples.profiles(30))
    samples.serve(database, "x", "2026-S1", 3)  # fewer users than answers: a notice on the poster
    pdf = PdfReader(
        io.BytesIO(render_pdf_here(poster(samples.report(database, "x", "2026-S1", inside=None), paper)))
    )
    assert len(pdf.pages) == 1
    assert round(float(pdf.pages[0].mediabox.width) / 72 * 25.4) == width_mm


def test_one_respondent_is_neither_valued_nor_described(database: Database) -> None:
    """A poster hangs where everybody knows everybody: it shows what the public page shows, and says why."""
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", [[4] * 9], "2026-03", samples.profiles(1))
    (text,) = pages(samples.report(database, "x", "2026-S1", inside=None))
    assert f"{official.NOT_SHOWN.id} {reason_clause(Reason.FEW_PEOPLE).id}" in text
    assert "100" not in text
    assert "Sangat Baik" not in text
    assert "Jenis kelamin" not in text


def test_small_groups_are_hidden_with_one_more_to_protect_them(database: Database) -> None:
    """Of 20 people 12 men, 2 women, 6 not told: the women are hidden, and the 6 who would tell of them."""
    samples.create_unit(database, "x", "Puskesmas")
    who = [{"jenis_kelamin": "L"}] * 12 + [{"jenis_kelamin": "P"}] * 2 + [{}] * 6
    samples.insert(database, "x", samples.random_rows(20), "2026-03", who)
    (text,) = pages(samples.report(database, "x", "2026-S1", inside=None))
    assert f"Jenis kelamin {words.NUMBER.id} Laki-laki 12 Perempuan – {words.UNANSWERED.id} –" in text
    assert words.HIDDEN.format(mark="–", minimum=5).id in text


def test_a_poster_that_hides_nothing_does_not_say_that_it_does(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    samples.insert(database, "x", samples.random_rows(20), "2026-03")
    (text,) = pages(samples.report(database, "x", "2026-S1", inside=None))
    assert "disembunyikan" not in text


def test_an_undefined_index_is_said_to_be_one(database: Database) -> None:
    samples.create_unit(database, "x", "Puskesmas")
    (text,) = pages(samples.report(database, "x", "2026-S1", "en", inside=None))
    assert official.CANNOT_BE_COMPUTED.en in text
