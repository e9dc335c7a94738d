"""A server whose clock cannot be right stores nothing, says so, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app import days
from survey_app.cli import main
from survey_app.errors import Refused, Unavailable
from survey_app.services.answers import intake, paper
from survey_app.services.answers.intake import Channel, Receipt, TimeSource
from survey_app.services.ip_asn import staff_import
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Pulse
from survey_app.services.places import clock
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from survey_app.web.routes import routes
from tests.services.answers.test_paper import sheet
from tests.staff import KEY, staff, write_staff
from tests.submissions import NOW, stored, submission
from tests.web.forms import fields, payload

DAY = timedelta(days=1)
MOON = datetime(1966, 3, 1, tzinfo=UTC)
WRONG = pytest.mark.parametrize("now", [MOON, NOW + 400 * DAY, NOW - 100 * DAY])


@pytest.fixture
def measuring(database: Database, unit: UnitEntry) -> Database:
    """One answer has arrived, at NOW."""
    assert isinstance(intake.accept(database, submission(), NOW), Receipt)
    return database


@WRONG
def test_the_form_answers_503_and_takes_the_same_answer_when_the_clock_is_right(
    measuring: Database, now: datetime
) -> None:
    moment = [now]
    app = Starlette(routes=routes(lambda: measuring, lambda: moment[0]))
    client, form, sheet = TestClient(app, follow_redirects=False), fields(), payload()
    assert client.get("/s/ptsp").status_code == 200  # who has come may still answer: the outbox keeps it
    for refused in (client.post("/s/ptsp", data=form), client.post("/api/responses", json=sheet)):
        assert refused.status_code == 503
        assert refused.headers["retry-after"]
    assert stored(measuring) == 1
    moment[0] = NOW + DAY
    assert client.post("/s/ptsp", data=form).status_code == 303
    assert client.post("/api/responses", json=sheet).status_code == 201
    assert stored(measuring) == 3


@WRONG
def test_everything_that_stores_a_moment_refuses_in_words(
    measuring: Database, now: datetime, tmp_path: Path
) -> None:
    people = write_staff(tmp_path / "a.csv", staff("ptsp", (15, 30, 25, 5)))
    terms = ImportTerms(year=2021, ruleset="ip-asn-2019", scope=PROVINCE)
    pairing = devices.create_pairing(measuring, ADMIN, "ptsp", "Loket 1", NOW)
    device = devices.pair(measuring, pairing.code, NOW).device
    attempts: tuple[Callable[[], object], ...] = (
        lambda: intake.accept(measuring, submission(), now),
        lambda: paper.enter(measuring, ADMIN, sheet(), now),
        lambda: devices.heartbeat(measuring, device, Pulse(0, 0, "1", NOW), now),
        lambda: staff_import.import_staff(measuring, ADMIN, people, terms, now, KEY),
    )
    if clock.FLOOR < now < NOW:
        # Files of staff may be imported as of a day that is over: the latest one counts.
        assert attempts[-1]() is not None
        attempts = attempts[:-1]
    for attempt in attempts:
        with pytest.raises(Unavailable, match="clock-implausible") as refused:
            attempt()
        # Nothing makes a clock of 1966 right.
        assert ("clock accept" in refused.value.cause) == (now != MOON)
        assert days.day(now, "id") in refused.value.text.id
    assert devices.find(measuring, device.code).last_seen == NOW
    assert stored(measuring) == 1


def test_a_year_without_an_answer_is_no_wrong_clock(measuring: Database) -> None:
    """A unit measures once a year at least, and may be a month late."""
    assert isinstance(intake.accept(measuring, submission(), NOW + 395 * DAY), Receipt)
    with pytest.raises(Unavailable):
        intake.accept(measuring, submission(), NOW + 395 * DAY + 396 * DAY)


def test_a_month_back_is_another_servers_clock_and_more_is_a_wrong_one(measuring: Database) -> None:
    """And what came in a month back is no measure of how far the clock may fall next."""
    assert isinstance(intake.accept(measuring, submission(), NOW - 31 * DAY), Receipt)
    for now in (NOW - 31 * DAY - timedelta(seconds=1), NOW - 62 * DAY):
        with pytest.raises(Unavailable, match="clock-implausible"):
            intake.accept(measuring, submission(), now)


def test_what_was_answered_long_ago_is_no_wrong_clock(measuring: Database) -> None:
    """A file of 2019 arrives now."""
    old = submission(
        channel=Channel.IMPORT, client_time=NOW - 2500 * DAY, time_source=TimeSource.ROW, client_id="f"
    )
    assert isinstance(intake.accept(measuring, old, NOW), Receipt)


def test_the_first_answer_of_all_is_held_against_the_floor_alone(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(Unavailable, match="clock-implausible"):
        intake.accept(database, submission(), MOON)
    assert isinstance(intake.accept(database, submission(), clock.FLOOR), Receipt)


def test_no_answer_costs_a_question(measuring: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_: Database) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(clock, "_read", ask)
    for minutes in range(3):
        assert isinstance(intake.accept(measuring, submission(), NOW + timedelta(minutes=minutes)), Receipt)


def test_who_accepted_the_clock_goes_by_it_at_once(measuring: Database) -> None:
    """Two years ahead for an answer, set right and accepted, and two years ahead again."""
    clock.accept(measuring, ADMIN, NOW + 730 * DAY)
    assert isinstance(intake.accept(measuring, submission(), NOW + 730 * DAY), Receipt)
    clock.accept(measuring, ADMIN, NOW)
    with pytest.raises(Unavailable, match="clock-implausible"):
        intake.accept(measuring, submission(), NOW + 720 * DAY)


def test_accepting_the_clock_is_the_way_out_of_a_wrong_stored_moment(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer arrived by a clock two years ahead, which was then set right."""
    from survey_app.services.places import catalogue

    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "dpmptsp", "DPMPTSP")
    catalogue.create_unit(database, ADMIN, "dpmptsp", "ptsp", "PTSP", time_zone="Asia/Makassar")
    assert isinstance(intake.accept(database, submission(), NOW + 730 * DAY), Receipt)
    with pytest.raises(Unavailable):
        intake.accept(database, submission(), NOW)
    with pytest.raises(Refused, match="role-refused"):
        clock.accept(database, Acting(Role.OPERATOR), NOW)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setattr(runtime, "now", lambda: NOW)
    done = CliRunner().invoke(main, ["clock", "accept"])
    assert (done.exit_code, "20 November 2026 pukul 11.00 WITA" in done.output) == (0, True)
    # The server that was running learns it, and goes on from there.
    assert isinstance(intake.accept(database, submission(), NOW), Receipt)
    with pytest.raises(Unavailable):
        intake.accept(database, submission(), NOW + 400 * DAY)
    monkeypatch.setattr(runtime, "now", lambda: MOON)
    assert "clock-implausible" in CliRunner().invoke(main, ["clock", "accept"]).output
    with database.read() as connection:
        kept = connection.execute(sa.text("SELECT count(*) FROM clock_acceptance")).scalar_one()
    assert kept == 1
    database.close()
