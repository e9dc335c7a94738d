"""Values per unsur across publications and services: nobody can subtract their way to a few answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure.minimum import MINIMUM
from analytics.period import Period
from survey_app import instruments
from survey_app.reports.unit import drafting
from survey_app.services.disclosure import outgoing, outgoing_recaps, public_results
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.disclosure.unsur_hiding import Answered, tells
from survey_app.services.ikm import narrowed, profiles, results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database, open_database
from tests.reports import samples

MONTHS = [Period.parse(f"2026-0{m}") for m in (1, 2, 3)]
QUARTER = Period.parse("2026-TW1")
BIAYA = instruments.get("skm-2017@1").keys.index("biaya")
GENDER = "jenis_kelamin"


@pytest.fixture
def one(sqlite_url: str) -> Database:
    """A unit "x"; which kind of database does not matter to any of these rules."""
    database = open_database(sqlite_url)
    samples.create_unit(database, "x", "Loket")
    return database


def publish(database: Database, period: str, at: datetime = samples.MADE_AT) -> UnitPaper:
    made = drafting.publish(database, ADMIN, "x", Period.parse(period), at)
    return outgoing.of_publication(database, made)


def biaya(database: Database, period: str) -> int | None:
    """How many answered it, as the public sees it."""
    result = next(r for r in public_results.of_unit(database, "x") if str(r.period) == period)
    return None if result.unsur is None else result.unsur[BIAYA].n


def add(database: Database, month: str, of: int, answering: int, service: str | None = None) -> None:
    """`of` sheets of all 3, of which `answering` answer biaya, with a 1."""
    rows = [
        [1 if i == BIAYA and place < answering else 3 * (i != BIAYA) for i in range(9)] for place in range(of)
    ]
    samples.insert(database, "x", rows, month, service=service)


def test_a_quarter_less_its_months_would_be_two_who_answered_biaya(one: Database) -> None:
    """2, 20 and 20 of twenty a month: the quarter's 42 less the two months' 40 are the two of January."""
    for month, answering in (("2026-01", 2), ("2026-02", 20), ("2026-03", 20)):
        add(one, month, 20, answering)
        publish(one, month)
    paper = publish(one, "2026-TW1")
    assert [biaya(one, p) for p in ("2026-01", "2026-02", "2026-03", "2026-TW1")] == [None, 20, 20, None]
    result = public_results.of_unit(one, "x")[-1]
    assert result.score is not None  # the index of sixty stays
    assert narrowed.unsur_hidden(paper.result.score)
    assert paper.sheets is None


def test_a_corrected_version_that_adds_two_answers_of_biaya_tells_no_unsur(one: Database) -> None:
    """26 sheets after 20, but 22 answers of biaya after 20."""
    add(one, "2026-01", 20, 20)
    publish(one, "2026-TW1")
    add(one, "2026-02", 6, 2)
    again = publish(one, "2026-TW1")
    assert again.result.score.n == 26
    assert narrowed.unsur_hidden(again.result.score)
    # What was shown stays as it was.
    first = outgoing.of_publication(one, unit_publishing.published(one, "x", QUARTER, 1, within=PROVINCE))
    assert not narrowed.unsur_hidden(first.result.score)


def test_a_draft_is_judged_beside_what_is_published(one: Database) -> None:
    for month, answering in (("2026-01", 2), ("2026-02", 20), ("2026-03", 20)):
        add(one, month, 20, answering)
    result = results.unit_result(one, "x", QUARTER, within=PROVINCE)
    assert not narrowed.unsur_hidden(outgoing.of_draft(one, result).result.score)
    publish(one, "2026-02")
    publish(one, "2026-03")
    assert narrowed.unsur_hidden(outgoing.of_draft(one, result).result.score)


def test_a_recap_and_a_table_tell_no_unsur_that_the_unit_may_not_tell(one: Database) -> None:
    for month, answering in (("2026-01", 2), ("2026-02", 20), ("2026-03", 20)):
        add(one, month, 20, answering)
    publish(one, "2026-02")
    read = recap(one, None, QUARTER)
    early = recap_publishing.publish(one, ADMIN, read, samples.MADE_AT)
    publish(one, "2026-03", samples.MADE_AT + timedelta(days=1))

    def told(paper: outgoing_recaps.RecapPaper) -> list[bool]:
        return [not narrowed.unsur_hidden(unit.score) for unit in paper.result.summary.units]

    # When it was published, only February's twenty answers could be taken off: 22 were left.
    assert told(outgoing_recaps.of_publication(one, early)) == [True]
    assert told(outgoing_recaps.of_draft(one, read)) == [False]
    (row,) = outgoing_recaps.of_units(one, read.overview)
    assert row.score.ikm is not None
    assert narrowed.unsur_hidden(row.score)


@given(
    counts=st.lists(st.tuples(st.sampled_from([0, 2, 4, 5, 9, 20]), st.just(20)), min_size=3, max_size=3),
    order=st.permutations([0, 1, 2, 3]),
)
def test_no_months_taken_off_the_quarter_leave_a_few(counts: list[tuple[int, int]], order: list[int]) -> None:
    """Two unsur, the second answered by all; every month shown in full is taken off the quarter if it is."""
    whole = Answered(QUARTER, (sum(n for n, _ in counts), 60), 60, None)
    versions = [*(Answered(m, c, 20, None) for m, c in zip(MONTHS, counts, strict=True)), whole]
    earlier: list[Answered] = []
    shown = []
    for version in (versions[place] for place in order):
        if not tells(version, earlier):
            shown.append(version)
        earlier.append(version)
    months = [version for version in shown if version is not whole]
    for taken in product((0, 1), repeat=len(months)):
        rest = whole.counts[0] - sum(v.counts[0] for v, t in zip(months, taken, strict=True) if t)
        assert whole not in shown or not 0 < rest < MINIMUM
    assert all(not 0 < version.counts[0] < MINIMUM for version in shown)


def draft(database: Database, service: str | None) -> UnitPaper:
    return outgoing.of_draft(database, results.unit_result(database, "x", QUARTER, service, within=PROVINCE))


def women(paper: UnitPaper) -> int | None:
    shown = next(p for p in paper.profiles if p.field.key == GENDER)
    return next(n for option, n in shown.counts if option.key == "P")


def two_services(database: Database, women_of_second: int) -> None:
    """Twenty answers each; twelve women in the first."""
    catalogue.create_service(database, ADMIN, "x", "lain", "Layanan lain")
    for service, n, month in (("umum", 12, "2026-01"), ("lain", women_of_second, "2026-02")):
        who = [{GENDER: "P"}] * n + [{GENDER: "L"}] * (20 - n)
        samples.insert(database, "x", samples.random_rows(20, seed=n), month, who, service)


def test_the_women_of_a_service_do_not_tell_those_of_the_other(one: Database) -> None:
    """14 of the unit less 12 of the one service are the two of the other, which hides them."""
    two_services(one, 2)
    assert women(draft(one, None)) == 14
    assert women(draft(one, "lain")) is None
    assert women(draft(one, "umum")) is None
    assert draft(one, "umum").hidden is None


def test_services_of_enough_women_each_tell_them(one: Database) -> None:
    two_services(one, 8)
    assert [women(draft(one, service)) for service in (None, "umum", "lain")] == [20, 12, 8]


def test_the_only_service_of_a_unit_hides_what_the_unit_hides(one: Database) -> None:
    who = [{GENDER: "P"}] * 12 + [{GENDER: "L"}] * 8
    samples.insert(one, "x", samples.random_rows(20), "2026-01", who)
    assert draft(one, "umum").profiles == draft(one, None).profiles
    assert any(isinstance(p, profiles.ShownProfile) and not p.hides for p in draft(one, "umum").profiles)


def test_an_unsur_of_a_service_does_not_tell_the_two_who_answered_it_in_the_other(one: Database) -> None:
    """22 of the unit's forty answer biaya, twenty of them in the one service."""
    catalogue.create_service(one, ADMIN, "x", "lain", "Layanan lain")
    add(one, "2026-01", 20, 20)
    add(one, "2026-02", 20, 2, "lain")
    assert [
        narrowed.unsur_hidden(draft(one, service).result.score) for service in (None, "lain", "umum")
    ] == [
        False,
        True,
        True,
    ]
