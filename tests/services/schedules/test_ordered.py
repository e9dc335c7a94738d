"""What is due: the periods that are over where the unit is, missed ones included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from analytics.period import Period
from survey_app.errors import Conflict, NotFound, Refused
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database
from survey_app.storage.schedules import Status
from tests.services.schedules.schedulers import APRIL, monthly

#: 1 April 2026, 00:00 in Samarinda, which is eight hours ahead of UTC and knows no summer time.
MIDNIGHT = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)


def due(database: Database, now: datetime) -> list[str]:
    """Periods that are due, the oldest first."""
    return [str(line.period) for line in reversed(ordered.lines(database, now, PROVINCE))]


def test_a_month_is_due_from_midnight_of_the_units_own_zone(database: Database, unit: UnitEntry) -> None:
    monthly(database, since="2026-03")
    assert due(database, MIDNIGHT - timedelta(microseconds=1)) == []
    assert due(database, MIDNIGHT) == ["2026-03"]
    assert due(database, MIDNIGHT.astimezone(UTC) + timedelta(hours=1)) == ["2026-03"]


def test_the_province_waits_for_its_westernmost_unit(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "barat", "Loket Barat", time_zone="Asia/Jakarta")
    ordered.add(database, ADMIN, PROVINCE, "id", Period.parse("2026-03"))
    monthly(database, since="2026-03")
    assert due(database, MIDNIGHT) == ["2026-03"]  # the unit's own
    assert due(database, MIDNIGHT + timedelta(hours=1)) == ["2026-03", "2026-03"]


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        ("2025-11", MIDNIGHT, ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]),
        ("2025-TW4", MIDNIGHT, ["2025-TW4", "2026-TW1"]),
        ("2025-S1", MIDNIGHT, ["2025-S1", "2025-S2"]),
        ("2024", MIDNIGHT, ["2024", "2025"]),
        ("2026", MIDNIGHT, []),
        ("2027-01", MIDNIGHT, []),
    ],
)
def test_every_period_since_the_first_one_is_due_once_it_is_over(
    database: Database, unit: UnitEntry, since: str, now: datetime, expected: list[str]
) -> None:
    monthly(database, since=since)
    assert due(database, now) == expected


def test_planning_takes_note_of_each_report_once(database: Database, unit: UnitEntry) -> None:
    monthly(database)
    assert [ordered.plan(database, APRIL) for _ in range(2)] == [3, 0]
    lines = ordered.lines(database, APRIL, PROVINCE)
    assert [(str(x.period), x.status, x.run is not None) for x in lines] == [
        ("2026-03", Status.DUE, True),
        ("2026-02", Status.DUE, True),
        ("2026-01", Status.DUE, True),
    ]


def test_a_paused_schedule_owes_nothing_and_catches_up_when_it_goes_on(
    database: Database, unit: UnitEntry
) -> None:
    schedule = monthly(database)
    ordered.set_active(database, ADMIN, schedule.id, active=False)
    assert ordered.plan(database, APRIL) == 0
    ordered.set_active(database, ADMIN, schedule.id, active=True)
    assert ordered.plan(database, APRIL) == 3


def test_a_schedule_without_units_owes_nothing(database: Database) -> None:
    catalogue.create_agency(database, ADMIN, "kosong", "Instansi tanpa unit")
    ordered.add(database, ADMIN, Scope(agency="kosong"), "id", Period.parse("2020"))
    assert due(database, APRIL) == []


def test_the_running_period_is_that_of_the_units_zone(database: Database, unit: UnitEntry) -> None:
    here = Scope(unit="ptsp")
    assert str(ordered.current(database, here, "month", MIDNIGHT)) == "2026-04"
    assert str(ordered.current(database, here, "quarter", MIDNIGHT - timedelta(seconds=1))) == "2026-TW1"
    nowhere = Scope(unit="lain")
    assert str(ordered.current(database, nowhere, "month", MIDNIGHT)) == "2026-03"


def test_the_same_schedule_twice_is_refused(database: Database, unit: UnitEntry) -> None:
    for scope in (Scope(unit="ptsp"), Scope(agency="dpmptsp"), PROVINCE):
        ordered.add(database, ADMIN, scope, "id", Period.parse("2026-01"))
        ordered.add(database, ADMIN, scope, "en", Period.parse("2026-01"))
        ordered.add(database, ADMIN, scope, "id", Period.parse("2026"))
        with pytest.raises(Conflict) as caught:
            ordered.add(database, ADMIN, scope, "id", Period.parse("2026-02"))
        assert caught.value.code == "schedule-exists"
    assert len(ordered.every(database, PROVINCE)) == 9


def test_a_schedule_is_for_something_that_exists(database: Database, unit: UnitEntry) -> None:
    for scope, error, code in (
        (Scope(unit="x"), NotFound, "unit-unknown"),
        (Scope(agency="x"), NotFound, "agency-unknown"),
        (Scope("dpmptsp", "ptsp"), Refused, "input-refused"),
    ):
        with pytest.raises(error) as caught:
            ordered.add(database, ADMIN, scope, "id", Period.parse("2026"))
        assert caught.value.code == code
