"""Ten different units' reports: the index by plain arithmetic, no empty page, no heading left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from analytics.period import Period
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit.report import unit_report
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.voices import comment_groups
from survey_app.services.voices.quoting import every_comment
from survey_app.storage.database import Database, open_database
from survey_app.text import Language
from survey_app.wording.voice import Voice
from tests import printed
from tests.reports import samples

_LONG = (
    "Unit Pelaksana Teknis Daerah Pelayanan Perizinan Terpadu, Penanaman Modal, Pengelolaan Keuangan dan "
    "Aset Daerah Kabupaten Penajam Paser Utara Wilayah Pesisir"
)


@dataclass(frozen=True)
class Case:
    """A unit with its sheets of one period; `before` has the numbers of sheets in periods before it."""

    rows: list[list[int]]
    name: str = "Puskesmas Melak"
    period: str = "2026-S1"
    instrument: str = "skm-2017@1"
    language: Language = "id"
    users: int | None = None
    comments: tuple[str, ...] = ()
    services: int = 0
    before: tuple[int, ...] = ()


CASES = {
    "long names": Case(samples.random_rows(180), _LONG, users=1200, comments=("Antre lama " * 40, "a" * 150)),
    "one respondent": Case([[4] * 9]),
    "no comments": Case(samples.random_rows(60), before=(40, 50, 60)),
    "2,000 respondents": Case(samples.random_rows(2000), users=21_000),
    "eight unsur": Case(samples.random_rows(120, 8), instrument="skm-2017-tanpa-biaya@1", period="2026-TW1"),
    "English": Case(samples.random_rows(150), language="en", before=(90,), comments=("Petugas ramah",)),
    "SPAK": Case(samples.random_rows(80, 5), instrument="spak@1", period="2026-03"),
    "all equal": Case([[3] * 9] * 35, period="2026"),
    "too few to be told apart": Case(samples.random_rows(4), users=90),
    "many services and months": Case(
        samples.random_rows(400), "Mal Pelayanan Publik", "2026-03", services=30, before=(70,) * 11
    ),
}


@pytest.fixture
def database(sqlite_url: str) -> Database:
    """Reports see services only, so one kind of database is enough here."""
    return open_database(sqlite_url)


def pages_of(database: Database, case: Case) -> list[str]:
    period = Period.parse(case.period)
    samples.create_unit(database, "x", case.name, instrument=case.instrument)
    for i in range(case.services):
        catalogue.create_service(database, ADMIN, "x", f"l{i}", f"Layanan {i}")
    for i, n in enumerate(reversed(case.before), start=1):
        month = str(Period(period.shift(-i).start, 1))
        samples.insert(database, "x", samples.random_rows(n, seed=i), month, samples.profiles(n))
    month = str(Period(period.start, 1))
    samples.insert(database, "x", case.rows, month, samples.profiles(len(case.rows)))
    for words in case.comments:
        samples.comment(database, "x", words, month)
    if case.users is not None:
        samples.serve(database, "x", case.period, case.users)
    report = samples.report(database, "x", case.period, case.language)
    said = every_comment(comment_groups.unit_comments(database, report.result))
    report = replace(report, paper=replace(report.paper, quotes=said))
    database.close()
    return printed.pages(render_pdf_here(unit_report(report)))


def by_hand(case: Case) -> Fraction:
    """25 times the mean of all answers; a comment comes with a sheet of all 3."""
    rows = [*case.rows, *([3] * len(case.rows[0]) for _ in case.comments)]
    return 25 * Fraction(sum(map(sum, rows)), len(rows) * len(rows[0]))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_page_is_worth_its_paper_and_the_index_is_right(database: Database, case: Case) -> None:
    pages = pages_of(database, case)
    value = Voice(case.language).decimal(by_hand(case))
    assert value in pages[0]
    assert re.search(rf"\b{re.escape(value)} [ABCD]\b", " ".join(pages[3:]))
    for page in pages[2:]:
        lines = [line for line in page.splitlines() if line.strip()]
        body = lines[1:-1]  # between the running title and the number of the page
        assert len(body) >= 5, page
        assert not re.match(r"(\d\.\d|Bab|Lampiran|Chapter|Annex) ", body[-1]), page
