"""What an edition may tell beside what is public: other periods, passages, quotes, services, recaps."""

from __future__ import annotations

import pytest

from analytics.period import Period
from analytics.reason import Reason
from survey_app.reports.statements import passages
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import UnitReport, all_passages
from survey_app.services.disclosure import outgoing, outgoing_recaps
from survey_app.services.disclosure.comment_tables import tabulate
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import unit_publishing
from survey_app.services.publishing.recap import CommentCount, recap
from survey_app.services.schedules import ordered
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.services.voices.quoting import quotes
from survey_app.storage.database import Database, open_database
from tests.reports import samples

QUARTER = Period.parse("2026-TW1")


@pytest.fixture
def one(sqlite_url: str) -> Database:
    """A unit "x"; which kind of database does not matter to any of these rules."""
    database = open_database(sqlite_url)
    samples.create_unit(database, "x", "Loket")
    return database


def publish(database: Database, period: str) -> UnitPaper:
    made = drafting.publish(database, ADMIN, "x", Period.parse(period), samples.MADE_AT)
    return outgoing.of_publication(database, made)


def draft(database: Database, period: Period = QUARTER, service: str | None = None) -> UnitPaper:
    return outgoing.of_draft(database, results.unit_result(database, "x", period, service, within=PROVINCE))


def earlier(paper: UnitPaper) -> tuple[int, Reason | None]:
    """Respondents of the period before, and why they are not told."""
    before = paper.result.trend[-2].score
    return before.n, before.reason("ikm")


def test_a_published_trend_has_the_published_numbers_and_no_late_answer(one: Database) -> None:
    samples.insert(one, "x", samples.random_rows(20), "2025-12")
    publish(one, "2025-TW4")
    samples.insert(one, "x", [*samples.random_rows(20), [1] * 9], "2025-12")
    samples.insert(one, "x", samples.random_rows(30), "2026-01")
    # 21 people less the published 20 would be one.
    assert earlier(publish(one, "2026-TW1")) == (20, None)


def test_a_publication_tells_nothing_of_a_period_that_is_not_published_and_a_draft_does(
    one: Database,
) -> None:
    samples.insert(one, "x", samples.random_rows(20), "2025-12")
    samples.insert(one, "x", samples.random_rows(30), "2026-01")
    assert earlier(draft(one)) == (20, None)
    assert earlier(publish(one, "2026-TW1")) == (0, Reason.NOT_PUBLISHED)


def test_a_later_publication_changes_nothing_in_the_report_of_an_earlier_one(one: Database) -> None:
    samples.insert(one, "x", samples.random_rows(20), "2025-12")
    samples.insert(one, "x", samples.random_rows(30), "2026-01")
    publish(one, "2026-TW1")
    publish(one, "2025-TW4")
    again = outgoing.of_publication(one, unit_publishing.published(one, "x", QUARTER, within=PROVINCE))
    assert earlier(again) == (0, Reason.NOT_PUBLISHED)


def test_a_draft_is_judged_beside_the_drafts_that_a_schedule_sends_out(one: Database) -> None:
    """Twenty in January and in February, three in March: months and quarter together tell of the three."""
    for month, n in (("2026-01", 20), ("2026-02", 20), ("2026-03", 3)):
        samples.insert(one, "x", samples.random_rows(n), month)
    assert draft(one).hidden is None
    ordered.add(one, ADMIN, Scope(unit="x"), "id", Period.parse("2026-01"))
    assert draft(one).hidden is Reason.SINGLED_OUT
    assert draft(one, Period.parse("2026-02")).hidden is None


def test_the_sheets_of_an_edition_do_not_tell_who_came_first(one: Database) -> None:
    rows = samples.random_rows(12)
    samples.insert(one, "x", rows, "2026-01")
    paper = publish(one, "2026-TW1")
    kept = unit_publishing.published(one, "x", QUARTER, within=PROVINCE).snapshot.sheets
    assert kept.tolist() == rows  # what is stored stays in the order it was stored in
    assert paper.sheets is not None
    assert paper.sheets.tolist() == sorted(rows) != rows


def test_a_service_is_hidden_when_the_rest_of_its_unit_is_a_few_people(one: Database) -> None:
    """Twenty answers to one service and three to another: the unit less the twenty are the three."""
    samples.insert(one, "x", samples.random_rows(20), "2026-01")
    assert draft(one, service="umum").hidden is None
    catalogue.create_service(one, ADMIN, "x", "lain", "Layanan lain")
    samples.insert(one, "x", samples.random_rows(3, seed=3), "2026-02", service="lain")
    assert draft(one, service="lain").hidden is Reason.FEW_PEOPLE
    assert draft(one, service="umum").hidden is Reason.SINGLED_OUT
    assert draft(one).hidden is None


def test_own_words_about_hidden_numbers_are_left_out_and_it_is_said(one: Database) -> None:
    samples.insert(one, "x", samples.random_rows(3), "2026-01")
    result = results.unit_result(one, "x", QUARTER, within=PROVINCE)
    own = {"kesimpulan": "IKM kami 91,67 dari tiga orang.", "latar_belakang": "Kami ada sejak 1990."}
    text = all_passages(result, {"id": own})
    made = unit_publishing.publish(one, ADMIN, result, text, None, samples.MADE_AT, {"id": tuple(own)})
    told = UnitReport.of(one, made).text
    assert told["latar_belakang"] == own["latar_belakang"]
    assert told["kesimpulan"] == passages.LEFT_OUT.id
    assert UnitReport.of(one, made, "id", ADMIN).text["kesimpulan"] == own["kesimpulan"]


def test_comments_of_few_are_quoted_together_or_not_at_all() -> None:
    large = CommentGroup("waktu", (("keluhan", 5), ("pujian", 1)), ("c", "b", "a", "e", "d"))
    small = [CommentGroup(key, (("keluhan", 2),), (f"{key} 2", f"{key} 1")) for key in ("biaya", "produk")]
    found = quotes([large, *small], withheld=False)
    assert [(g.kinds, g.examples) for g in found.groups] == [((("keluhan", 5),), ("a", "b", "c", "d", "e"))]
    assert (found.folded, found.less) == ((), True)
    third = CommentGroup("sarpras", (("saran", 1),), ("sarpras 1",))
    # Five different ones together, in the order of the letters.
    together = quotes([*small, third], withheld=False).folded
    assert together == ("biaya 1", "biaya 2", "produk 1", "produk 2", "sarpras 1")
    assert quotes([large], withheld=True) == quotes([third], withheld=True)


def test_a_count_of_comments_is_hidden_with_one_that_protects_it() -> None:
    """Complaints 9 and 8, suggestions 6 and 1: the 1 and its neighbours in row and column."""
    counts = [("waktu", "keluhan", 9), ("waktu", "saran", 6), ("biaya", "keluhan", 8), ("biaya", "saran", 1)]
    rows = tabulate([CommentCount(*c) for c in counts], every=False).rows
    shown = [n for row in rows for n in (*row.counts, row.total)]
    assert shown.count(None) >= 4
    assert 1 not in shown
    every = tabulate([CommentCount(*c) for c in counts], every=True)
    assert [row.total for row in every.rows] == [15, 9]


def test_a_recap_with_two_hidden_units_tells_no_second_mean_of_them(one: Database) -> None:
    samples.insert(one, "x", samples.random_rows(30), "2026-01")
    for code in ("y", "z"):
        samples.create_unit(one, code, f"Loket {code}")
        samples.insert(one, code, samples.random_rows(3, seed=len(code)), "2026-01")
    read = recap(one, None, QUARTER)
    paper = outgoing_recaps.of_draft(one, read)
    whole = outgoing_recaps.of_draft(one, read, ADMIN)
    assert paper.result.summary.index.estimate.exact == whole.result.summary.index.estimate.exact
    assert (len(paper.result.aggregates), len(whole.result.aggregates)) == (1, 3)
    assert [u.entry.unit.code for u in paper.hidden] == ["y", "z"]
    assert sum(n for _, n in paper.result.summary.by_mutu) == 1
