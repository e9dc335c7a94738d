"""Intervals lean on what earlier months of the same unit told at night, and on nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.services.ikm import calibration, results
from survey_app.services.ikm.calibration import Nightly, calibrate
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.overview import overview
from survey_app.services.publishing.stored_period import period_data, period_result
from survey_app.storage import calibrations, folding
from survey_app.storage.database import Database
from survey_app.storage.tables import rollup
from tests.reports import samples
from tests.services.ikm.earlier_months import MONTHS, NOVEMBER, NOW, expected, past, two_units


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with two_units(database_url) as opened:
        yield opened


def test_a_period_has_the_past_of_the_months_before_it(database: Database) -> None:
    assert past(database) is None
    assert calibrate(database, NOW) == 1
    for period in ("2026-11", "2026-TW3", "2026-S2", "2026-04", "2026-02"):
        wanted = Period.parse(period)
        before = [month for month in MONTHS if Period.parse(month).start < wanted.start]
        assert past(database, period=wanted) == expected(wanted, before)
    assert past(database, period=Period.parse("2026-01")) is None
    assert past(database, period=Period.parse("2026")) is None


def test_it_narrows_the_interval_and_moves_no_index(database: Database) -> None:
    before = results.unit_result(database, "satu", Period.parse("2026-09"), within=PROVINCE).score
    calibrate(database, NOW)
    after = results.unit_result(database, "satu", Period.parse("2026-09"), within=PROVINCE).score
    assert before.interval is not None
    assert after.interval is not None
    assert after.interval[1] - after.interval[0] < before.interval[1] - before.interval[0]
    assert (after.exact, after.se, after.interval_t) == (before.exact, before.se, before.interval_t)


def test_an_answer_elsewhere_moves_no_interval(database: Database) -> None:
    """Another unit's move nothing, whatever the night finds; the unit's own earlier ones nothing before."""
    calibrate(database, NOW)
    shown = results.unit_result(database, "satu", NOVEMBER, within=PROVINCE).current
    samples.insert(database, "dua", [[1, 4] * 4 + [1]] * 40, "2026-10")
    calibrate(database, NOW)
    assert results.unit_result(database, "satu", NOVEMBER, within=PROVINCE).current is shown
    samples.insert(database, "satu", [[1] * 9, [4] * 9] * 20, "2026-10")
    assert results.unit_result(database, "satu", NOVEMBER, within=PROVINCE).current is shown
    assert calibrate(database, NOW) == 3
    told = past(database)
    assert told is not None
    assert told.calibration == 3
    assert (
        results.unit_result(database, "satu", NOVEMBER, within=PROVINCE).score.interval
        != shown.score.interval
    )


def test_lists_of_units_have_the_same_past(database: Database) -> None:
    calibrate(database, NOW)
    for unit in overview(database, PROVINCE, NOVEMBER).units:
        whole = results.unit_result(database, unit.entry.unit.code, NOVEMBER, length=2, within=PROVINCE)
        assert [p.score for p in unit.trend] == [p.score for p in whole.trend]


def test_a_service_has_its_own_past(database: Database) -> None:
    catalogue.create_service(database, ADMIN, "satu", "loket", "Loket")
    for month in MONTHS:
        # The first twelve have the ids of those that are there already, and are not stored again.
        rows = [[3] * 9] * 12 + [[4] * 9] * 6 + [[3] * 9] * 6
        samples.insert(database, "satu", rows, month, service="loket")
    calibrate(database, NOW)
    whole, umum, loket = (
        results.unit_result(database, "satu", Period.parse("2026-10"), service, within=PROVINCE).score.sample
        for service in (None, "umum", "loket")
    )
    assert whole is not None
    assert umum is not None
    assert loket is not None
    assert umum.past == expected(Period.parse("2026-10"), MONTHS[:-1])
    assert len({whole.past, umum.past, loket.past}) == 3


def test_a_month_counts_when_it_is_over_where_the_unit_is(database: Database) -> None:
    """A minute earlier October is not over in Pontianak, and November has what October has."""
    calibrate(database, datetime(2026, 10, 31, 16, 59, tzinfo=UTC))
    october = past(database, period=Period.parse("2026-10"))
    assert october == past(database)
    calibrate(database, datetime(2026, 10, 31, 17, 1, tzinfo=UTC))
    assert past(database) != october


def test_a_withdrawn_file_tells_nothing_after_the_next_night(database: Database) -> None:
    calibrate(database, NOW)
    before = past(database)
    number, cells = samples.file(database, "satu", [[1] * 9, [4] * 9] * 20, "2026-09", "a")
    calibrate(database, NOW)
    assert past(database) != before
    database.write(lambda connection: folding.withdraw_import(connection, number, cells))
    calibrate(database, NOW)
    told = past(database)
    assert told is not None
    assert before is not None
    assert (told.weight, told.dispersion, told.calibration) == (before.weight, before.dispersion, 3)


def test_a_published_period_keeps_what_was_known(database: Database) -> None:
    calibrate(database, NOW)
    result = results.unit_result(database, "satu", NOVEMBER, within=PROVINCE)
    stored = period_data(result.current)
    samples.insert(database, "satu", [[1] * 9, [4] * 9] * 20, "2026-10")
    calibrate(database, NOW)
    read = period_result(stored, result.instrument)
    assert read.score == result.score
    assert period_data(read) == stored
    assert past(database) != result.score.sample.past  # type: ignore[union-attr]
    assert not read.interval_anew
    del stored["past"]
    assert period_result(stored, result.instrument).score.sample.past is None  # type: ignore[union-attr]
    del stored["interval_method"]
    assert period_result(stored, result.instrument).interval_anew
    # The first with a past did not name their method, and a result without an interval has none to change.
    assert not period_result(stored | {"past": [30, 0.1, 1]}, result.instrument).interval_anew


def test_a_unit_that_cannot_be_read_keeps_what_it_had(database: Database) -> None:
    calibrate(database, NOW)
    before = past(database)
    samples.insert(database, "dua", [[1] * 9, [4] * 9] * 20, "2026-10")
    results.refresh(database)
    with database.engine.execution_options(write=True).begin() as connection:
        of_first = (
            rollup.c.unit_id == results.unit_result(database, "satu", NOVEMBER, within=PROVINCE).entry.unit.id
        )
        connection.execute(sa.update(rollup).where(of_first).values(instrument="gone@1"))
    assert calibrate(database, NOW) == 2
    with database.read() as connection:
        kept = calibrations.read(connection, None, (0, 202611))
    assert before is not None
    assert {row.calibration for row in kept if row.unit_id == 1} == {1}
    assert 2 in {row.calibration for row in kept if row.unit_id == 2}


def test_once_a_night_and_at_once_after_a_start(database: Database) -> None:
    """01.00 in the office's zone, Asia/Makassar, is 17.00 UTC."""
    moments = [
        datetime(2026, 11, 5, 4, tzinfo=UTC),
        datetime(2026, 11, 5, 16, 59, tzinfo=UTC),
        datetime(2026, 11, 5, 17, 1, tzinfo=UTC),
        datetime(2026, 11, 6, 16, 30, tzinfo=UTC),
        datetime(2026, 11, 6, 17, 30, tzinfo=UTC),
    ]
    made, clock = [], iter(moments)
    nightly = Nightly(lambda: database, lambda: next(clock))
    for each in range(len(moments)):
        samples.insert(database, "satu", [[1] * 9, [4] * 9] * 20 * 2**each, "2026-10")
        nightly(threading.Event())
        with database.read() as connection:
            newest = calibrations.newest(connection)
        made.append(None if newest is None else newest[0])
    assert made == [1, 1, 2, 2, 3]


def test_a_stopping_server_stores_nothing_of_a_night_half_done(database: Database) -> None:
    stopping = threading.Event()
    stopping.set()
    nightly = Nightly(lambda: database, lambda: NOW)
    nightly(stopping)
    assert past(database) is None
    nightly(threading.Event())
    assert past(database) is not None


def test_before_the_first_survey_there_could_be_nothing_is_calibrated(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights: list[object] = []
    monkeypatch.setattr(calibration, "calibrate", lambda *made: nights.append(made))
    early = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=3)
    clock = iter((early, NOW))
    nightly = Nightly(lambda: database, lambda: next(clock))
    nightly(threading.Event())
    assert nights == []
    nightly(threading.Event())
    assert len(nights) == 1
    assert past(database) is None
