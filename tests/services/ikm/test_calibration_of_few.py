"""What nights tell of few people, of other questionnaires and weights, and where something cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from analytics.ikm import Moments, Month, Past, past_of, score
from analytics.period import Period
from survey_app import instruments
from survey_app.errors import Unavailable
from survey_app.services.answers.questionnaires import publish
from survey_app.services.ikm import results
from survey_app.services.ikm.calibration import calibrate
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import calibrations
from survey_app.storage.database import Database
from survey_app.storage.tables import rollup
from survey_app.text import Text
from tests import questionnaires
from tests.reports import samples
from tests.services.ikm.earlier_months import MONTHS, NOVEMBER, NOW, expected, past, two_units


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with two_units(database_url) as opened:
        yield opened


@pytest.mark.parametrize("said", [[2, 2], [4, 4], [1, 4], [1, 1]])
def test_people_of_a_month_that_is_shown_nowhere_move_nothing_before_they_are_five(
    database: Database, said: list[int]
) -> None:
    """In December 2025 there were two, and in November 2025 two more; with one more they are five."""
    september = Period.parse("2026-09")
    calibrate(database, NOW)
    before = past(database, period=september)
    for month in ("2025-11", "2025-12"):
        samples.insert(database, "satu", [[score] * 9 for score in said], month)
    assert calibrate(database, NOW) is None
    assert past(database, period=september) == before
    samples.insert(database, "satu", [[score] * 9 for score in (1, 4, 1)], "2025-10")
    assert calibrate(database, NOW) == 2
    told = past(database, period=september)
    assert before is not None
    assert told is not None
    assert told.dispersion > before.dispersion


def past_of_service(database: Database, service: str, period: str) -> Past | None:
    found = results.unit_result(database, "satu", Period.parse(period), service, within=PROVINCE)
    assert found.score.sample is not None
    return found.score.sample.past


def test_nothing_is_told_of_a_service_where_the_others_of_its_unit_are_few(database: Database) -> None:
    """The unit is shown: what it tells less what the service tells would be what two people said."""
    catalogue.create_service(database, ADMIN, "satu", "loket", "Loket")
    # The first twelve have the ids of those that are there already, and are not stored again.
    samples.insert(database, "satu", [[3] * 9] * 12 + [[1] * 9, [4] * 9], "2026-05", service="loket")
    calibrate(database, NOW)
    for period in ("2026-06", "2026-10"):
        before = [month for month in MONTHS if month < period and month != "2026-05"]
        assert past_of_service(database, "umum", period) == expected(Period.parse(period), before)


def test_nor_where_a_third_service_is_what_two_leave_of_their_unit(database: Database) -> None:
    """In May twelve of one service and twelve of another: with one person of a third none of them is told."""
    for service in ("loket", "daring"):
        catalogue.create_service(database, ADMIN, "satu", service, service)
    samples.insert(database, "satu", [[3] * 9] * 12 + [[2] * 9, [4] * 9] * 6, "2026-05", service="loket")
    samples.insert(database, "satu", [[3] * 9] * 24 + [[1] * 9], "2026-05", service="daring")
    calibrate(database, NOW)
    before = [month for month in MONTHS if month < "2026-10" and month != "2026-05"]
    assert past_of_service(database, "umum", "2026-10") == expected(Period.parse("2026-10"), before)


def test_each_questionnaire_has_its_own_past(database: Database) -> None:
    """Until July the unit asked nine unsur, from August on eight: what was answered then lends nothing."""
    rows = [[3] * 9] * 6 + [[4] * 9, [2] * 9] * 3
    samples.create_unit(database, "tiga", "tiga")
    for month in MONTHS[:7]:
        samples.insert(database, "tiga", rows, month)
    calibrate(database, NOW)
    nine = past(database, "tiga", Period.parse("2026-07"))
    samples.change_form(database, "tiga", "skm-2017-tanpa-biaya@1")
    for month in MONTHS[7:9]:
        samples.insert(database, "tiga", [row[:8] for row in rows], month)
    assert calibrate(database, NOW) == 2
    shown = results.unit_result(database, "tiga", Period.parse("2026-09"), length=6, within=PROVINCE)
    eight, (*_, july) = shown.score.sample, shown.elsewhere
    assert eight is not None
    assert eight.past is not None
    assert eight.past.calibration == 2
    assert july.result.period == Period.parse("2026-07")
    assert july.result.score.sample is not None
    assert july.result.score.sample.past == nine
    assert nine is not None
    assert nine.calibration == 1
    assert past(database, "tiga", Period.parse("2026-08")) is None


def test_the_unsur_weigh_in_the_past_as_they_do_in_the_index(database: Database) -> None:
    """An unsur that divides people tells more where it weighs more."""
    weights = dict.fromkeys(questionnaires.KEYS, "1/4") | {questionnaires.KEYS[0]: "1/2"}
    published = questionnaires.text(weights=weights)
    ref = publish(database, ADMIN, published, NOW).ref
    samples.create_unit(database, "tiga", "tiga", instrument=ref)
    rows = [[1, 4, 3], [4, 4, 3]] * 6
    for month in MONTHS:
        samples.insert(database, "tiga", rows, month)
    calibrate(database, NOW)
    instrument = instruments.get(ref)
    told = score(Moments.from_answers(rows, instrument.levels), weights=instrument.weights).sample
    assert told is not None
    months = [Month(start=Period.parse(month).start, sample=told) for month in MONTHS]
    october = Period.parse("2026-10")
    assert past(database, "tiga", october) == past_of(months, october.start, 1)


def test_the_index_without_flagged_sheets_has_the_past_of_the_whole(database: Database) -> None:
    calibrate(database, NOW)
    samples.insert(database, "satu", [[3] * 9] * 30, "2026-11")  # 12 of them are there
    results.refresh(database)
    shown = results.unit_result(database, "satu", NOVEMBER, within=PROVINCE)
    assert shown.quality is not None
    assert shown.quality.effect.flagged == 18
    whole, unflagged = shown.score.sample, shown.quality.effect.unflagged.sample
    assert whole is not None
    assert unflagged is not None
    assert whole.past is not None
    assert unflagged.past == whole.past


def test_a_month_that_cannot_be_read_holds_up_no_other_unit(database: Database) -> None:
    results.refresh(database)
    with database.engine.execution_options(write=True).begin() as connection:
        first = sa.select(sa.func.min(rollup.c.unit_id)).scalar_subquery()
        connection.execute(sa.update(rollup).where(rollup.c.unit_id == first).values(moments=b"\0" * 40))
    assert calibrate(database, NOW) == 1
    assert past(database, "dua") is not None


def test_a_database_that_is_away_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **named: object) -> None:
        raise Unavailable("database-unavailable", Text("", ""), "gone")

    monkeypatch.setattr(calibrations, "revise", away)
    with pytest.raises(Unavailable):
        calibrate(database, NOW)
