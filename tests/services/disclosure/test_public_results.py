"""Anyone sees published results only, and nothing that points at a few people."""

from __future__ import annotations

import re

import pytest

from analytics.period import Period
from survey_app import instruments
from survey_app.reports.unit.report import all_passages
from survey_app.services.disclosure import public_results
from survey_app.services.disclosure.public_results import PublicResult
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import unit_publishing
from survey_app.storage.database import Database
from survey_app.web import public_page
from tests.reports import samples


def publish(database: Database, period: str, code: str = "sekadau") -> None:
    result = results.unit_result(database, code, Period.parse(period), within=PROVINCE)
    unit_publishing.publish(database, ADMIN, result, all_passages(result), None, samples.MADE_AT)


def only(database: Database) -> PublicResult:
    (result,) = public_results.of_unit(database, "sekadau")
    return result


def test_nothing_is_seen_before_it_is_published(database: Database) -> None:
    samples.sekadau(database)
    assert public_results.of_unit(database, "sekadau") == ()
    assert public_results.latest(database) == ()


def test_a_published_period_is_seen_with_the_published_numbers(database: Database) -> None:
    samples.sekadau(database)
    publish(database, "2019-S1")
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    result = only(database)
    assert result.score is not None
    assert (str(result.score.ikm), result.score.n) == ("78.74", 49)  # the published table's recomputation
    assert result.unsur is not None
    assert result.unsur[0].total == 138
    assert public_results.latest(database) == (result,)


def test_the_newest_version_of_a_period_replaces_the_older_one(database: Database) -> None:
    samples.sekadau(database)
    publish(database, "2019-S1")
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    publish(database, "2019-S1")
    result = only(database)
    assert result.score is not None
    assert (result.version, result.score.n) == (2, 59)


def test_the_last_period_is_the_one_that_ends_last_and_the_longest_of_those(database: Database) -> None:
    samples.sekadau(database)
    for month in ("2019-12", "2020-01"):
        samples.insert(database, "sekadau", samples.random_rows(30), month)
    for period in ("2019", "2019-06", "2019-12", "2019-S1", "2020-01"):
        publish(database, period)
    found = public_results.of_unit(database, "sekadau")
    assert [str(r.period) for r in found] == ["2019-06", "2019-S1", "2019-12", "2019", "2020-01"]


def test_a_period_without_a_value_does_not_take_the_place_of_one_with_a_value(database: Database) -> None:
    samples.sekadau(database)
    publish(database, "2019-06")
    # Nobody answered U1, so July has an n and no IKM.
    samples.insert(database, "sekadau", [[0, *[3] * 8]] * 10, "2019-07")
    publish(database, "2019-07")
    june, july = public_results.of_unit(database, "sekadau")
    assert july.score is not None
    assert (july.score.ikm, july.score.n) == (None, 10)
    assert public_results.latest(database) == (june,)
    # A hidden value is one: it is the newest, and its row says why it is hidden.
    samples.insert(database, "sekadau", samples.random_rows(3), "2019-08")
    publish(database, "2019-08")
    (last,) = public_results.latest(database)
    assert (str(last.period), last.score) == ("2019-08", None)


def test_where_no_period_has_a_value_the_newest_stands(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    for month in ("2019-06", "2019-07"):
        samples.insert(database, "sekadau", [[0, *[3] * 8]] * 10, month)
        publish(database, month)
    assert [str(r.period) for r in public_results.latest(database)] == ["2019-07"]


@pytest.mark.parametrize(("n", "shown"), [(1, False), (4, False), (5, True)])
def test_a_value_of_fewer_than_five_people_is_hidden_whole(database: Database, n: int, shown: bool) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    samples.insert(database, "sekadau", samples.random_rows(n), "2019-05", samples.profiles(n))
    publish(database, "2019-05")
    result = only(database)
    assert (result.score is not None, result.unsur is not None, bool(result.respondents)) == (shown,) * 3
    # Nobody can subtract what is hidden whole, so no other version is to blame.
    assert not result.withheld


def test_an_unsur_that_few_answered_hides_all_unsur_but_not_the_index(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    rows = [[3, 0, *[3] * 7]] * 8 + [[3] * 9] * 4
    samples.insert(database, "sekadau", rows, "2019-05")
    publish(database, "2019-05")
    result = only(database)
    assert result.score is not None
    # Everyone answered 3 wherever they answered: 25 x 3.
    assert str(result.score.ikm) == "75.00"
    assert result.unsur is None


def test_an_unsur_that_nobody_answered_hides_nothing(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    samples.insert(database, "sekadau", [[3, 0, *[3] * 7]] * 8, "2019-05")
    publish(database, "2019-05")
    assert only(database).unsur is not None


def test_small_groups_of_respondents_are_hidden_with_one_more_to_protect_them(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    profiles = [{"jenis_kelamin": "L"}] * 12 + [{"jenis_kelamin": "P"}] * 2 + [{}] * 6
    samples.insert(database, "sekadau", [[3] * 9] * 20, "2019-05", profiles)
    publish(database, "2019-05")
    profile = next(p for p in only(database).respondents if p.field.key == "jenis_kelamin")
    # Two women are hidden; alone they would be 20 - 12 - 6, so the smallest other count is hidden as well.
    assert [n for _, n in profile.counts] == [12, None]
    assert profile.unanswered is None
    others = [p for p in only(database).respondents if p.field.key != "jenis_kelamin"]
    assert all(p.unanswered == 20 for p in others)


def test_a_field_whose_cells_only_the_hidden_total_would_protect_is_hidden_whole(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    field = next(f for f in instruments.get("skm-2017@1").profile if f.key == "pendidikan")
    profiles = [{"pendidikan": option.key} for option in field.options[:5]]
    samples.insert(database, "sekadau", [[3] * 9] * 5, "2019-05", profiles)
    publish(database, "2019-05")
    profile = next(p for p in only(database).respondents if p.field.key == "pendidikan")
    # One person in each of five groups of five people: any shown zero would tell that the others are ones.
    assert {n for _, n in profile.counts} == {None}
    assert profile.unanswered is None


def test_units_are_found_by_words_of_their_own_or_their_agencys_name(database: Database) -> None:
    for code, name, agency in (("a", "Samsat Kota", "Bapenda"), ("b", "Loket Izin", "Dinas PTSP")):
        samples.create_unit(database, code, name, agency=agency)
        samples.insert(database, code, samples.random_rows(9), "2019-05")
        publish(database, "2019", code)
    for words, expected in (("", ["a", "b"]), ("kota SAMSAT", ["a"]), ("ptsp", ["b"]), ("samsat ptsp", [])):
        assert [r.unit_code for r in public_results.named(public_results.latest(database), words)] == expected


def test_a_version_that_adds_a_few_answers_is_not_shown_and_the_older_one_stays(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    samples.insert(database, "sekadau", [[3] * 9] * 20, "2019-05")
    publish(database, "2019-05")
    # The same sheet again is the same answer, so these are four more, and then one more.
    samples.insert(database, "sekadau", [[3] * 9] * 20 + [[1] * 9] * 4, "2019-05")
    publish(database, "2019-05")
    # 24 x 61.11 less 20 x 75 would be the four who answered 1 throughout.
    result = only(database)
    assert (result.version, result.withheld) == (1, False)
    assert result.score is not None
    assert result.score.n == 20
    samples.insert(database, "sekadau", [[3] * 9] * 25, "2019-05")
    publish(database, "2019-05")
    assert only(database).version == 3


def test_a_quarter_that_would_give_away_the_month_left_out_is_hidden_and_says_so(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    for month, n in (("2019-04", 20), ("2019-05", 30), ("2019-06", 3)):
        samples.insert(database, "sekadau", samples.random_rows(n), month)
    for period in ("2019-04", "2019-05", "2019-TW2"):
        publish(database, period)
    april, may, quarter = public_results.of_unit(database, "sekadau")
    assert [r.score is not None for r in (april, may, quarter)] == [True, True, False]
    assert quarter.withheld
    assert quarter.respondents == ()
    assert quarter.unsur is None
    assert [r.withheld for r in public_results.latest(database)] == [True]
    page = public_page.unit_html((april, may, quarter), quarter, (), "id")
    assert "Jika digabung dengan hasil lain" in page
    assert "53" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).split("<main")[1]


def test_another_questionnaire_is_not_subtracted(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    samples.insert(database, "sekadau", [[3] * 9] * 20, "2019-05")
    publish(database, "2019-05")
    catalogue.choose_instrument(database, ADMIN, "sekadau", "skm-2017-tanpa-biaya@1")
    samples.insert(database, "sekadau", [[3] * 8] * 23, "2019-06")
    publish(database, "2019-06")
    publish(database, "2019-TW2")
    assert [r.withheld for r in public_results.of_unit(database, "sekadau")] == [False, False, False]
