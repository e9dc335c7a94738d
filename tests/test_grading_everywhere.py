"""A result is graded by the bands of its own questionnaire, wherever it is shown: never by those of 2017.

Every value is 80.56 (25 x 29/9, worked by hand); what it is called comes from the tables in `other_bands`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.period import Period
from analytics.reason import Reason
from survey_app.cli import main
from survey_app.errors import StorageError
from survey_app.pages.specs import PAGES
from survey_app.reports.prints.poster import poster
from survey_app.reports.recap import chapters
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import unit_report
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.summary import summary
from survey_app.services.publishing import recap_publishing, recap_snapshot
from survey_app.services.publishing.recap import Recap, recap
from survey_app.services.publishing.recap_results import result_of
from survey_app.storage.database import Database, open_database
from survey_app.text import LANGUAGES, Language
from survey_app.web.routes import routes
from survey_app.wording.reasons import reason_clause, reason_text
from tests import printed
from tests.other_bands import FIVE_BANDS, PLUS_FIVE, VALUE, WORDS_OF_2017, Rules, letters, measured
from tests.other_bands import other_rules as other_rules
from tests.pages.conftest import OpenPage, words_of
from tests.pages.conftest import browser as browser
from tests.pages.conftest import open_page as open_page
from tests.reports import samples

OCTOBER = Period.parse("2026-10")
pytestmark = pytest.mark.usefixtures("other_rules")
both = pytest.mark.parametrize("rules", [PLUS_FIVE, FIVE_BANDS], ids=lambda r: r.ref)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def own_letter_only(text: str, rules: Rules) -> None:
    assert letters(text) == {rules.letter}, letters(text)
    assert not WORDS_OF_2017.search(text)


def pdf_text(document: Document) -> str:
    return printed.words(render_pdf_here(document))


def publish(database: Database) -> None:
    """Both units, their agency and the province."""
    for code in ("satu", "dua"):
        drafting.publish(database, ADMIN, code, OCTOBER, samples.MADE_AT)
    for agency in ("dinas-uji", None):
        recap_publishing.publish(database, ADMIN, recap(database, agency, OCTOBER), samples.MADE_AT)


@both
def test_every_page_names_the_letter_of_its_own_table(
    rules: Rules, open_page: OpenPage, database: Database
) -> None:
    measured(database, {"satu": rules.ref, "dua": rules.ref})
    graded = {"beranda", "ringkasan", "unit", "seberapa-yakin", "perbandingan"}
    for spec in PAGES:
        app = open_page(spec.path, unit="satu")
        assert not app.exception, spec.path
        text = words_of(app)
        if spec.path in graded:
            own_letter_only(text, rules)
        assert not WORDS_OF_2017.search(text), spec.path
        assert letters(text) <= {rules.letter}, spec.path
    assert rules.word in words_of(open_page("ringkasan"))


def paper(database: Database, agency: str | None) -> RecapPaper:
    return outgoing_recaps.of_draft(database, recap(database, agency, OCTOBER), ADMIN)


@both
def test_every_report_names_the_letter_of_its_own_table(rules: Rules, database: Database) -> None:
    measured(database, {"satu": rules.ref, "dua": rules.ref})
    unit = drafting.draft(
        database, results.unit_result(database, "satu", OCTOBER, within=PROVINCE), samples.MADE_AT, "id"
    )
    agency, province = (RecapReport(paper(database, code), samples.MADE_AT) for code in ("dinas-uji", None))
    for document in (
        unit_report(unit),
        poster(unit, "a4"),
        agency_report(agency),
        province_report(province),
    ):
        text = pdf_text(document)
        own_letter_only(text, rules)
        assert f"{rules.letter} ({rules.word})" in text
    book = openpyxl.load_workbook(io.BytesIO(result_workbook(unit)))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert f"{rules.letter} ({rules.word})" in cells
    assert not WORDS_OF_2017.search("\n".join(cells))


@both
def test_the_public_pages_and_open_data_name_the_letter_of_their_own_table(
    rules: Rules, database: Database
) -> None:
    measured(database, {"satu": rules.ref, "dua": rules.ref})
    publish(database)
    with TestClient(Starlette(routes=routes(lambda: database, lambda: samples.NOW))) as client:
        for path in ("/hasil", "/hasil/satu"):
            own_letter_only(client.get(path).text, rules)
        assert f"{rules.letter} ({rules.word})" in client.get("/hasil").text
        everything = client.get("/hasil.json").json()["results"]
        rows = list(csv.DictReader(io.StringIO(client.get("/hasil.csv").text)))
        own = client.get("/hasil/satu.json").json()["periods"]
        own_rows = list(csv.DictReader(io.StringIO(client.get("/hasil/satu.csv").text)))
    assert [row["kind"] for row in everything] == ["province", "agency", "unit", "unit"]
    assert {row["mutu"] for row in (*everything, *rows, *own)} == {rules.letter}
    assert {row["mutu"] for row in own_rows if row["unsur"] == ""} == {rules.letter}


@both
def test_the_command_line_names_the_letter_of_its_own_table(
    rules: Rules, database: Database, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measured(database, {"satu": rules.ref, "dua": rules.ref})
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    def run(*arguments: object) -> str:
        done = CliRunner().invoke(main, [str(a) for a in arguments])
        assert done.exit_code == 0, done.output
        return done.output

    place = ("--unit", "satu", "--period", "2026-10")
    assert f"IKM 80.56  mutu {rules.letter} ({rules.word})" in run("result", *place)
    told = json.loads(run("result", *place, "--json"))
    assert (told["ikm"], told["mutu"], told["kinerja"]) == (80.56, rules.letter, rules.word)
    run("table", "--period", "2026-10", "-o", tmp_path / "semua.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "semua.csv").read_text(encoding="utf-8"))))
    assert [row["mutu"] for row in rows] == [rules.letter] * 2


@pytest.mark.parametrize("scope", [PROVINCE, Scope(agency="dinas-uji")])
def test_letters_are_counted_by_the_tables_in_use_the_best_first(database: Database, scope: Scope) -> None:
    measured(database, {"satu": FIVE_BANDS.ref, "dua": FIVE_BANDS.ref})
    overall = summary(database, scope, OCTOBER)
    assert overall.by_mutu == (("P", 0), ("Q", 2), ("R", 0), ("S", 0), ("T", 0))


def test_units_of_different_tables_have_a_value_and_no_letter(
    database: Database, open_page: OpenPage
) -> None:
    measured(database, {"satu": PLUS_FIVE.ref, "dua": "skm-2017@1"})
    overall = summary(database, PROVINCE, OCTOBER)
    assert VALUE.match(f"{overall.index.estimate.value:.2f}")
    assert overall.index.band is None
    assert overall.by_mutu == (("A", 0), ("B", 1), ("C", 1), ("D", 0))
    for language in LANGUAGES:
        text = words_of(open_page("ringkasan", lang=language))
        assert reason_text(Reason.DIFFERENT_BANDS).in_language(language) in text
        assert VALUE.search(text)
    # Each unit keeps the letter of its own table, in the comparison and in its own result.
    assert letters(words_of(open_page("perbandingan"))) == {"B", "C"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recap_of_different_tables_says_why_it_has_no_letter(
    database: Database, language: Language
) -> None:
    reason = reason_clause(Reason.DIFFERENT_BANDS).in_language(language)
    measured(database, {"satu": PLUS_FIVE.ref, "dua": "skm-2017@1"})
    publish(database)
    made = RecapReport(paper(database, None), samples.MADE_AT, language)
    for document in (province_report(made), agency_report(made)):
        assert reason in pdf_text(document)
    with TestClient(Starlette(routes=routes(lambda: database, lambda: samples.NOW))) as client:
        assert client.get(f"/hasil?lang={language}").text.count(reason) == 2
        province, agency, *_ = client.get("/hasil.json").json()["results"]
    for row in (province, agency):
        assert (row["ikm"], row["mutu"], row["reason"]) == (80.56, None, "different-bands")


def test_what_was_published_under_the_table_of_2017_keeps_its_letter(database: Database) -> None:
    """Format 1 graded every recap by 2017: it opens unchanged, and says what it said."""
    measured(database, {"satu": PLUS_FIVE.ref, "dua": PLUS_FIVE.ref})
    now = json.loads(recap_snapshot.dump(recap(database, None, OCTOBER)))
    assert (now["format"], now["official"]["mutu"]) == (2, "C")
    then = json.dumps({**now, "format": 1, "official": {**now["official"], "mutu": "B"}})
    opened = recap_snapshot.load(then)
    result = result_of(opened)
    assert {a.band.mutu for a in result.aggregates if a.band} == {"B"}
    inside = outgoing_recaps.of_draft(database, opened, ADMIN)
    assert "B (Baik)" in pdf_text(province_report(RecapReport(inside, samples.MADE_AT)))
    # Written again it is what it was.
    assert json.loads(recap_snapshot.dump(opened)) == json.loads(then)
    with pytest.raises(StorageError, match="snapshot-result"):
        recap_snapshot.load(json.dumps({**now, "official": {**now["official"], "mutu": "B"}}))


def test_a_recap_graded_by_2017_says_that_its_units_are_graded_by_their_own_forms(database: Database) -> None:
    """As units are, not as the index is: that has the one table of 2017."""
    measured(database, {"satu": PLUS_FIVE.ref, "dua": "skm-2017@1"})
    now = json.loads(recap_snapshot.dump(recap(database, None, OCTOBER)))
    then = json.dumps({**now, "format": 1, "official": {**now["official"], "mutu": "B"}})
    inside = outgoing_recaps.of_draft(database, recap_snapshot.load(then), ADMIN)
    assert chapters.BY_OWN_BANDS.id in pdf_text(province_report(RecapReport(inside, samples.MADE_AT)))


def test_a_recap_by_the_table_of_2017_is_stored_as_ever(database: Database) -> None:
    measured(database, {"satu": "skm-2017@1"})
    read: Recap = recap(database, None, OCTOBER)
    written = json.loads(recap_snapshot.dump(read))
    assert (written["format"], written["official"]["mutu"]) == (1, "B")


def test_the_values_of_units_of_other_bands_can_still_be_pooled(database: Database) -> None:
    """The same unsur and scale: respondents can be put together, however the value is graded."""
    measured(database, {"satu": PLUS_FIVE.ref, "dua": "skm-2017@1"})
    aggregates = result_of(recap(database, None, OCTOBER)).aggregates
    assert [a.method.value for a in aggregates] == [
        "mean-of-units",
        "pooled-respondents",
        "weighted-by-volume",
    ]
    assert [(VALUE.match(f"{a.estimate.value:.2f}") is not None, a.band) for a in aggregates[:2]] == [
        (True, None),
        (True, None),
    ]
