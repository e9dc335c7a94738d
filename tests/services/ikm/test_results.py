"""Results of a unit: the numbers of analytics over the raw rows, of the right unit, service and period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.ikm import Moments, scoring
from analytics.period import Period
from survey_app.errors import NotFound
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt
from survey_app.services.ikm import respondents, results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.submissions import NOW, submission


def answer(database: Database, scores: tuple[int, ...], when: datetime = NOW, **changes: object) -> None:
    sent = submission(scores, client_time=when, **changes)
    assert isinstance(intake.accept(database, sent, when), Receipt)


def at(month: int) -> datetime:
    return datetime(2026, month, 15, tzinfo=UTC)


def test_a_result_is_the_score_of_the_raw_rows(database: Database, unit: UnitEntry) -> None:
    rows = [(4, 3, 3, 4, 3, 3, 4, 2, 3), (2, 3, 4, 4, 3, 3, 3, 3, 3), (3,) * 9]
    for row in rows:
        answer(database, row)
    result = results.unit_result(database, "ptsp", Period.parse("2026-11"), within=PROVINCE)
    assert result.score == scoring.score(Moments.from_answers(rows))
    assert respondents.answer_sheets(database, result).tolist() == [list(row) for row in rows]


def test_an_answer_is_in_the_result_at_once_with_or_without_a_refresh(
    database: Database, unit: UnitEntry
) -> None:
    for expected in range(1, 5):
        answer(database, (3,) * 9)
        assert (
            results.unit_result(database, "ptsp", Period.parse("2026"), within=PROVINCE).score.n == expected
        )
        if expected % 2:
            results.refresh(database)


def test_a_period_takes_its_own_months_and_the_trend_the_earlier_ones(
    database: Database, unit: UnitEntry
) -> None:
    for month, level in ((1, 1), (6, 2), (7, 3), (9, 4)):
        answer(database, (level,) * 9, at(month))
    semester = results.unit_result(database, "ptsp", Period.parse("2026-S2"), within=PROVINCE)
    assert (semester.score.n, semester.score.ikm) == (2, Decimal("87.50"))
    quarter = results.unit_result(database, "ptsp", Period.parse("2026-TW3"), within=PROVINCE)
    assert [str(p.period) for p in quarter.trend][-3:] == ["2026-TW1", "2026-TW2", "2026-TW3"]
    assert [p.score.ikm for p in quarter.trend][-3:] == [Decimal("25.00"), Decimal("50.00"), Decimal("87.50")]
    assert quarter.trend[0].score.ikm is None


def test_a_service_is_counted_by_itself(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    answer(database, (2,) * 9)
    answer(database, (4,) * 9, service="izin")
    period = Period.parse("2026-11")
    assert results.unit_result(database, "ptsp", period, within=PROVINCE).score.ikm == Decimal("75.00")
    izin = results.unit_result(database, "ptsp", period, "izin", within=PROVINCE)
    assert (izin.score.n, izin.score.ikm) == (1, Decimal("100.00"))
    assert respondents.answer_sheets(database, izin).tolist() == [[4] * 9]
    with pytest.raises(NotFound, match="service-unknown"):
        results.unit_result(database, "ptsp", period, "tiada", within=PROVINCE)


def test_respondents_are_counted_with_those_who_left_it_out(database: Database, unit: UnitEntry) -> None:
    for profile in ({"jenis_kelamin": "L"}, {"jenis_kelamin": "L"}, {"jenis_kelamin": "P"}, {}):
        answer(database, (3,) * 9, profile=profile)
    sex = results.unit_result(database, "ptsp", Period.parse("2026-11"), within=PROVINCE).respondents[0]
    assert [(option.key, n) for option, n in sex.counts] == [("L", 2), ("P", 1)]
    assert sex.unanswered == 1


def test_answers_to_another_questionnaire_are_shown_apart(database: Database, unit: UnitEntry) -> None:
    answer(database, (3,) * 9)
    spak = {"diskriminasi": 4, "kecurangan": 4, "imbalan": 4, "pungutan": 4, "percaloan": 4}
    other = replace(submission(), answers=spak, instrument="spak@1")
    assert isinstance(intake.accept(database, other, NOW), Receipt)
    result = results.unit_result(database, "ptsp", Period.parse("2026-11"), within=PROVINCE)
    assert (result.instrument.ref, result.score.n, result.others) == ("skm-2017@1", 1, (("spak@1", 1),))


def test_a_period_answered_only_on_another_questionnaire_shows_that(
    database: Database, unit: UnitEntry
) -> None:
    spak = {"diskriminasi": 4, "kecurangan": 3, "imbalan": 4, "pungutan": 4, "percaloan": 4}
    other = replace(submission(), answers=spak, instrument="spak@1")
    assert isinstance(intake.accept(database, other, NOW), Receipt)
    result = results.unit_result(database, "ptsp", Period.parse("2026-11"), within=PROVINCE)
    assert (result.instrument.ref, result.score.ikm) == ("spak@1", Decimal("95.00"))


def test_users_served_narrow_the_interval(database: Database, unit: UnitEntry) -> None:
    for level in (2, 3, 4, 3):
        answer(database, (level,) * 9)
    period = Period.parse("2026-11")
    wide = results.unit_result(database, "ptsp", period, within=PROVINCE).score
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", period, 8)
    narrow = results.unit_result(database, "ptsp", period, within=PROVINCE).score
    assert wide.se is not None
    assert narrow.se == pytest.approx(wide.se * (1 - 4 / 8) ** 0.5, rel=1e-12)
    assert narrow.population == 8


def test_users_served_of_every_month_add_up_to_a_quarter(database: Database, unit: UnitEntry) -> None:
    answer(database, (3,) * 9, at(8))
    for month, users in (("2026-07", 10), ("2026-08", 20)):
        catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse(month), users)
    quarter = Period.parse("2026-TW3")
    assert results.unit_result(database, "ptsp", quarter, within=PROVINCE).score.population is None
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026-09"), 30)
    assert results.unit_result(database, "ptsp", quarter, within=PROVINCE).score.population == 60
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026-09"), 40)
    assert results.unit_result(database, "ptsp", quarter, within=PROVINCE).score.population == 70


def test_users_of_a_year_may_be_recorded_by_semester_quarter_and_month(
    database: Database, unit: UnitEntry
) -> None:
    """100 in the first semester, 40 in the third quarter, 10 a month after it: 170; 200 for the year wins."""
    answer(database, (3,) * 9, at(8))
    parts = {"2026-S1": 100, "2026-TW3": 40, "2026-10": 10, "2026-11": 10, "2026-12": 10}
    year = Period.parse("2026")
    for part, users in parts.items():
        assert results.unit_result(database, "ptsp", year, within=PROVINCE).score.population is None
        catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse(part), users)
    assert results.unit_result(database, "ptsp", year, within=PROVINCE).score.population == 170
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026-07"), 999)  # inside TW3
    assert results.unit_result(database, "ptsp", year, within=PROVINCE).score.population == 170
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", year, 200)
    assert results.unit_result(database, "ptsp", year, within=PROVINCE).score.population == 200


def test_a_service_switched_off_counts_where_it_served(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    answer(database, (3,) * 9, at(8))
    for service, users in (("umum", 60), ("izin", 40)):
        catalogue.record_volume(database, ADMIN, "ptsp", service, Period.parse("2026-08"), users)
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026-09"), 50)
    catalogue.set_service_active(database, ADMIN, "ptsp", "izin", active=False)
    august, september = (
        results.unit_result(database, "ptsp", Period.parse(f"2026-{m}"), within=PROVINCE)
        for m in ("08", "09")
    )
    assert (august.score.population, len(august.services)) == (100, 2)
    assert (september.score.population, len(september.services)) == (50, 1)


def test_fewer_users_than_answers_cannot_be_right_and_are_set_aside(
    database: Database, unit: UnitEntry
) -> None:
    answer(database, (3,) * 9)
    answer(database, (4,) * 9)
    period = Period.parse("2026-11")
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", period, 1)
    result = results.unit_result(database, "ptsp", period, within=PROVINCE)
    assert (result.score.population, result.current.population_ignored) == (None, True)


def test_eight_unsur_weigh_one_eighth_each(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(
        database, ADMIN, "dpmptsp", "gratis", "Layanan gratis",
        time_zone="Asia/Makassar", instrument="skm-2017-tanpa-biaya@1",
    )  # fmt: skip
    answers = dict(submission((4, 3, 3, 1, 3, 3, 3, 3, 3)).answers)
    del answers["biaya"]
    sent = replace(submission(), unit="gratis", answers=answers)
    assert isinstance(intake.accept(database, sent, NOW), Receipt)
    score = results.unit_result(database, "gratis", Period.parse("2026-11"), within=PROVINCE).score
    assert score.ikm == Decimal("78.13")  # 25 x 25/8 = 78.125, half up
    assert score.comparator_011 is None


def test_a_unit_outside_what_one_may_see_is_not_known(database: Database, unit: UnitEntry) -> None:
    answer(database, (3,) * 9)
    period = Period.parse("2026-11")
    for allowed in (PROVINCE, Scope(agency="dpmptsp"), Scope(unit="ptsp")):
        assert results.unit_result(database, "ptsp", period, within=allowed).score.n == 1
    for closed in (Scope(agency="lain"), Scope(unit="lain"), Scope(agency="lain", unit="ptsp")):
        with pytest.raises(NotFound, match="unit-unknown"):
            results.unit_result(database, "ptsp", period, within=closed)


def test_each_service_has_its_respondents_and_users(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    for service in ("umum", "umum", "izin"):
        answer(database, (3,) * 9, service=service)
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026-11"), 50)
    result = results.unit_result(database, "ptsp", Period.parse("2026-11"), within=PROVINCE)
    assert [(s.service.code, s.n, s.users) for s in result.services] == [("umum", 2, 50), ("izin", 1, None)]


def test_as_many_users_as_answers_are_a_census(database: Database, unit: UnitEntry) -> None:
    for level in (3, 4):
        answer(database, (level,) * 9)
    period = Period.parse("2026-11")
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", period, 2)
    score = results.unit_result(database, "ptsp", period, within=PROVINCE).score
    assert (score.population, score.se, score.interval) == (2, 0.0, (87.5, 87.5))
