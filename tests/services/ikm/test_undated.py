"""How many answers have no date: of one unit, of one of its services, by period."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from analytics.period import Period
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, TimeSource
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.submissions import NOW, submission


def answer(database: Database, month: int, source: TimeSource, **changes: Any) -> None:
    moment = datetime(2019, month, 15, tzinfo=UTC)
    given = submission(
        id=uuid7(moment), channel=Channel.IMPORT, client_time=moment, time_source=source, **changes
    )
    assert isinstance(intake.accept(database, given, NOW), intake.Receipt)


def test_only_answers_without_a_date_are_counted_where_they_lie(database: Database, unit: UnitEntry) -> None:
    for month in (3, 6, 6):
        answer(database, month, TimeSource.PERIOD)
    answer(database, 6, TimeSource.ROW)
    quarters = results.unit_result(database, "ptsp", Period.parse("2019-TW2"), length=3, within=PROVINCE)
    assert (quarters.undated, quarters.score.n) == ((0, 1, 2), 3)
    assert results.unit_result(database, "ptsp", Period.parse("2019"), within=PROVINCE).undated[-1] == 3
    assert results.unit_result(database, "ptsp", Period.parse("2018"), within=PROVINCE).undated == ()


def test_other_units_services_and_questionnaires_are_not(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin")
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    answer(database, 6, TimeSource.PERIOD)
    answer(database, 6, TimeSource.PERIOD, service="izin")
    answer(database, 6, TimeSource.PERIOD, unit="lain")
    spak = dict.fromkeys(("diskriminasi", "kecurangan", "imbalan", "pungutan", "percaloan"), 3)
    answer(database, 6, TimeSource.PERIOD, answers=spak, instrument="spak@1")
    june = Period.parse("2019-06")
    assert results.unit_result(database, "ptsp", june, within=PROVINCE).undated[-1] == 2
    assert results.unit_result(database, "ptsp", june, "izin", within=PROVINCE).undated[-1] == 1
