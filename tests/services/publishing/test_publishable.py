"""What cannot be published: a period that has not begun, runs still, has no answers, or was not seen so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from analytics.period import Period
from survey_app.errors import Conflict, Refused
from survey_app.reports.unit import drafting
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import recap_publishing, report_texts, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database
from tests.reports import samples

PERIOD = Period.parse("2019-S1")
#: Midnight in Pontianak, seven hours ahead of UTC, before the first and after the last day of the period.
BEGIN, END = datetime(2018, 12, 31, 17, tzinfo=UTC), datetime(2019, 6, 30, 17, tzinfo=UTC)
BEFORE_BEGIN, BEFORE_END = (moment.replace(hour=16, minute=59) for moment in (BEGIN, END))

Publish = Callable[..., object]


def unit(database: Database, period: Period, now: datetime, *, running: bool = False) -> None:
    drafting.publish(database, ADMIN, "sekadau", period, now, running=running)


def province(database: Database, period: Period, now: datetime, *, running: bool = False) -> None:
    recap_publishing.publish(database, ADMIN, recap(database, None, period), now, running=running)


def count(database: Database) -> int:
    return len(unit_publishing.publications_of(database, "sekadau")) + len(
        recap_publishing.publications_of(database, None)
    )


@pytest.fixture(autouse=True)
def sekadau(database: Database) -> None:
    samples.sekadau(database)


@pytest.mark.parametrize("publish", [unit, province])
@pytest.mark.parametrize(
    ("now", "running", "code"),
    [
        (BEFORE_BEGIN, True, "period-not-begun"),
        (BEFORE_BEGIN, False, "period-not-begun"),
        (BEGIN, False, "period-running"),
        (BEFORE_END, False, "period-running"),
        (BEGIN, True, None),
        (END, False, None),
    ],
)
def test_a_period_is_published_once_it_is_over_where_the_unit_is_or_when_a_running_one_is_meant(
    database: Database, publish: Publish, now: datetime, running: bool, code: str | None
) -> None:
    if code is None:
        publish(database, PERIOD, now, running=running)
    else:
        with pytest.raises(Refused) as caught:
            publish(database, PERIOD, now, running=running)
        assert caught.value.code == code
    assert count(database) == (code is None)


@pytest.mark.parametrize("publish", [unit, province])
def test_a_period_without_answers_is_not_published(database: Database, publish: Publish) -> None:
    for running in (False, True):
        with pytest.raises(Refused) as caught:
            publish(database, Period.parse("2018"), samples.MADE_AT, running=running)
        assert caught.value.code == "nothing-to-publish"
    assert count(database) == 0


def test_answers_without_a_value_are_something_to_publish(database: Database) -> None:
    # Nobody answered U1: the report says so, and has eight unsur to tell of.
    samples.insert(database, "sekadau", [[0, *[3] * 8]] * 10, "2019-07")
    drafting.publish(database, ADMIN, "sekadau", Period.parse("2019-07"), samples.MADE_AT)
    assert count(database) == 1


def test_of_several_time_zones_the_last_ends_a_period_and_the_first_begins_it(database: Database) -> None:
    catalogue.create_unit(
        database,
        ADMIN,
        "kabupaten-sekadau",
        "timur",
        "Unit timur",
        time_zone="Asia/Jayapura",
        instrument="skm-2017@1",
    )
    # It is July in Jayapura (+9) and June in Pontianak (+7).
    moment = datetime(2019, 6, 30, 16, tzinfo=UTC)
    with pytest.raises(Refused) as caught:
        province(database, PERIOD, moment)
    assert caught.value.code == "period-running"
    with pytest.raises(Refused) as caught:
        province(database, Period.parse("2019-07"), moment, running=True)
    assert caught.value.code == "nothing-to-publish"


def seen(database: Database) -> str:
    return report_texts.fingerprint(results.unit_result(database, "sekadau", PERIOD, within=PROVINCE))


CHANGES: dict[str, Callable[[Database], None]] = {
    "an answer": lambda database: samples.insert(database, "sekadau", [[1] * 9], "2019-05"),
    "an answer in the trend": lambda database: samples.insert(database, "sekadau", [[1] * 9], "2018-05"),
    "the number of users": lambda database: samples.serve(database, "sekadau", "2019-S1", 500),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_since_it_was_seen_is_not_published(database: Database, change: str) -> None:
    before = seen(database)
    CHANGES[change](database)
    with pytest.raises(Conflict) as caught:
        drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT, seen=before)
    assert caught.value.code == "publish-outdated"
    assert count(database) == 0
    drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT, seen=seen(database))
    assert count(database) == 1


def test_answers_elsewhere_change_nothing_that_was_seen(database: Database) -> None:
    before = seen(database)
    # After the period, and of another unit.
    samples.insert(database, "sekadau", [[1] * 9], "2019-07")
    samples.create_unit(database, "lain", "Unit lain")
    samples.insert(database, "lain", [[1] * 9], "2019-05")
    drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT, seen=before)
    assert count(database) == 1


def test_a_recap_has_another_fingerprint_when_anything_in_it_changes(database: Database) -> None:
    def fingerprint() -> str:
        return recap_publishing.fingerprint_of(recap(database, None, PERIOD))

    before = fingerprint()
    assert fingerprint() == before
    samples.insert(database, "sekadau", [[1] * 9], "2019-07")
    assert fingerprint() == before
    for change in (
        CHANGES["the number of users"],
        lambda database: samples.comment(database, "sekadau", "Antre lama", "2019-05"),
        lambda database: samples.create_unit(database, "lain", "Unit lain"),
    ):
        change(database)
        before, old = fingerprint(), before
        assert before != old
