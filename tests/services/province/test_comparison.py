"""Units side by side: who is ranked, how far, and what small numbers hide."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.ikm import Moments, scoring
from analytics.period import Period
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province import left_out
from survey_app.services.province.comparison import comparison
from survey_app.services.province.left_out import LeftOut, Why
from survey_app.storage.database import Database
from tests import other_bands
from tests.other_bands import other_rules as other_rules
from tests.reports import samples
from tests.submissions import NOW, submission

TW4 = Period.parse("2026-TW4")
#: n and the share of fours among threes: far apart, close together, and too few.
PLANS = {"top": (12, 9), "mid": (12, 4), "mid2": (12, 4), "few": (3, 1)}


@pytest.fixture
def province(database: Database) -> Database:
    catalogue.create_agency(database, ADMIN, "one", "One")
    for code, (n, fours) in PLANS.items():
        catalogue.create_unit(database, ADMIN, "one", code, code, time_zone="Asia/Makassar")
        for i in range(n):
            scores = (4,) * 9 if i < fours else (3,) * 9
            intake.accept(database, submission(scores, unit=code), NOW)
    return database


def compare(database: Database, scope: Scope = PROVINCE, minimum: int = 10) -> list[str]:
    compared = comparison(database, scope, TW4, 1, minimum)
    return [place.result.entry.unit.code for place in compared.places]


def test_units_are_ranked_by_their_ikm_and_small_ones_are_not(province: Database) -> None:
    compared = comparison(province, PROVINCE, TW4, 1, 10)
    assert [p.result.entry.unit.code for p in compared.places] == ["top", "mid", "mid2"]
    assert [u.entry.unit.code for u in compared.unranked] == ["few"]
    # 25 x (9 x 4 + 3 x 3) / 12 = 93.75.
    assert compared.places[0].result.score.ikm == Decimal("93.75")


def test_equal_units_share_their_group_and_their_range_of_ranks(province: Database) -> None:
    compared = comparison(province, PROVINCE, TW4, 1, 10)
    mid, mid2 = compared.places[1:]
    assert set(mid.groups) == set(mid2.groups)
    assert (mid.rank.low, mid.rank.high) == (mid2.rank.low, mid2.rank.high)
    assert mid.rank.low < mid.rank.high


def test_the_ranges_of_all_units_are_told_from_those_of_one(database: Database) -> None:
    """By 40 sheets each, 96.25 is surely the first alone, in a table of four not; 77.50 is the last."""
    catalogue.create_agency(database, ADMIN, "one", "One")
    for code, fours in {"a": 34, "b": 26, "c": 24, "d": 4}.items():
        samples.create_unit(database, code, code)
        samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (40 - fours), "2026-10")
    places = comparison(database, PROVINCE, TW4, 1).places
    assert [(p.together.low, p.together.high) for p in places] == [(1, 3)] * 3 + [(4, 4)]
    assert [(p.rank.low, p.rank.high) for p in places] == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert [p.groups for p in places] == [(1,)] * 3 + [(2,)]


def test_the_same_draws_give_the_same_ranks(province: Database) -> None:
    first, second = (comparison(province, PROVINCE, TW4, 7, 10) for _ in range(2))
    assert [p.rank for p in first.places] == [p.rank for p in second.places]


def test_a_single_unit_is_not_ranked(province: Database) -> None:
    assert compare(province, Scope(unit="top")) == []


def test_the_funnel_does_not_use_the_population(province: Database) -> None:
    before = comparison(province, PROVINCE, TW4, 1, 10).funnel
    catalogue.record_volume(province, ADMIN, "top", "umum", TW4, 24)
    after = comparison(province, PROVINCE, TW4, 1, 10).funnel
    assert before is not None
    assert after is not None
    assert after.sd == pytest.approx(before.sd)
    # Every sheet is all threes or all fours, so a respondent's index is 75 or 100: pooled within units.
    shares = [(n, fours) for n, fours in PLANS.values() if n >= 10]
    within = sum(fours * (n - fours) / n * 25**2 for n, fours in shares) / sum(n - 1 for n, _ in shares)
    assert before.sd == pytest.approx(within**0.5)


def test_the_heat_map_hides_what_fewer_than_five_answered(province: Database) -> None:
    compared = comparison(province, PROVINCE, TW4, 1, 10)
    cells = {row.result.entry.unit.code: dict(row.values) for row in compared.heat}
    assert set(cells["few"].values()) == {None}
    sheets = [(4,) * 9] * 9 + [(3,) * 9] * 3
    assert cells["top"]["waktu"] == scoring.score(Moments.from_answers(sheets)).unsur[2].ikm


def test_as_many_answers_as_are_asked_for_are_enough(database: Database) -> None:
    """Ten sheets where ten are asked for are ranked; five answers to an unsur are shown, four are not."""
    catalogue.create_agency(database, ADMIN, "one", "One")
    for code, n in (("ten", 10), ("eleven", 11), ("five", 5), ("four", 4)):
        catalogue.create_unit(database, ADMIN, "one", code, code, time_zone="Asia/Makassar")
        for i in range(n):
            intake.accept(database, submission((3 + i % 2,) * 9, unit=code), NOW)
    assert sorted(compare(database)) == ["eleven", "ten"]
    heat = {row.result.entry.unit.code: row.values for row in comparison(database, PROVINCE, TW4, 1).heat}
    # Five sheets: 3 4 3 4 3, so 25 x 17 / 5.
    assert {value for _, value in heat["five"]} == {Decimal("85.00")}
    assert {value for _, value in heat["four"]} == {None}


@pytest.mark.usefixtures("other_rules")
def test_answers_from_one_to_five_are_not_ranked_among_those_from_one_to_four(database: Database) -> None:
    """Threes throughout are 75 of four levels and 60 of five: the lower place would be the scale's alone."""
    threes = [[3] * 9, [3] * 8 + [4]]
    forms = {"empat": "skm-2017@1", "empat-b": "skm-2017@1", "lima": other_bands.FIVE_LEVELS}
    for code, ref in forms.items():
        samples.create_unit(database, code, code, instrument=ref)
        samples.insert(database, code, threes * 6, "2026-10")
    assert sorted(compare(database)) == ["empat", "empat-b"]
    assert compare(database, Scope(unit="lima")) == []
    compared = comparison(database, PROVINCE, TW4, 1, 10)
    (lima,) = compared.unranked
    assert left_out.of_ranking(compared) == (LeftOut(Why.OTHER_SCALE, (lima,)),)
    assert [row.result.entry.unit.code for row in compared.heat] == ["empat", "empat-b", "lima"]


@pytest.mark.usefixtures("other_rules")
def test_a_province_of_answers_from_one_to_five_alone_is_not_ranked_either(database: Database) -> None:
    """Twos and ones are 30 of five levels; of 22 and less no funnel of 25 to 100 can be drawn."""
    for code in ("satu", "dua"):
        samples.create_unit(database, code, code, instrument=other_bands.FIVE_LEVELS)
        samples.insert(database, code, [[1] * 9, [1] * 8 + [2]] * 6, "2026-10")
    assert compare(database) == []
