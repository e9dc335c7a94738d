"""The fleet page: silent devices first, a code to pair with, revoking."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Paired, Pulse
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.ui import fleet_view, words
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW


def paired(database: Database, name: str) -> Paired:
    return devices.pair(database, devices.create_pairing(database, ADMIN, "ptsp", name, NOW).code, NOW)


def button(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()


def code_shown(app: AppTest) -> str:
    match = re.search(r'class="code">([0-9A-Z]{4}-[0-9A-Z]{4})<', html_of(app))
    assert match
    return match[1]


def test_a_code_made_here_pairs_a_device_of_the_unit(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("armada")
    next(f for f in app.text_input if f.label == fleet_view.DEVICE_NAME.id).input("Loket 7")
    button(app, fleet_view.PAIR.id)
    made = devices.pair(database, code_shown(app), NOW)
    assert (made.device.name, made.device.unit_id) == ("Loket 7", unit.unit.id)
    assert "Loket 7" in html_of(app.run())


def test_a_device_without_a_name_is_refused(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("armada")
    button(app, fleet_view.PAIR.id)
    assert app.error[0].value == devices.NAME_LENGTH.format(limit=80).id


def test_silent_devices_stand_first_with_what_waits_on_them(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet, alive = paired(database, "Tua"), paired(database, "Baru")
    devices.heartbeat(database, quiet.device, Pulse(1234, 5, "v1", NOW + timedelta(minutes=7)), NOW)
    later = NOW + timedelta(hours=2)
    devices.heartbeat(database, alive.device, Pulse(0, 0, "v2", later), later)
    app = open_page("armada")
    monkeypatch.setattr(runtime, "now", lambda: later)
    text = re.sub(r"<[^>]+>", " ", html_of(app.run()))
    silent = fleet_view.NOT_CONNECTED.id
    first = rf"Tua .* {silent} .* 2 jam lalu .* 1\.234 .* 5 .* \+0:07:00 .* v1"
    second = rf"Baru .* {fleet_view.CONNECTED.id} .* 0 .* 0 .* {fleet_view.CLOCK_FINE.id} .* v2"
    assert re.search(f"{first} .* {second}", text)


def test_a_device_is_revoked_and_paired_again(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    made = paired(database, "Loket 1")
    app = open_page("armada")
    button(app, fleet_view.YES_REVOKE.id)
    assert devices.authenticate(database, made.device.code, made.token) is None
    assert fleet_view.REVOKED.id in html_of(app)
    button(app, fleet_view.PAIR_AGAIN.id)
    again = devices.pair(database, code_shown(app), NOW)
    assert again.device.code == made.device.code


def test_a_used_up_quarter_of_an_hour_takes_the_code_from_the_screen(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    paired(database, "Loket 1")
    app = open_page("armada")
    button(app, fleet_view.PAIR_AGAIN.id)
    assert code_shown(app)
    monkeypatch.setattr(runtime, "now", lambda: NOW + timedelta(minutes=15))
    assert 'class="code"' not in html_of(app.run())


def test_a_name_is_shown_escaped(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    paired(database, "<b>x</b>")
    assert "<b>x</b>" not in html_of(open_page("armada"))


@pytest.mark.parametrize(
    ("past", "shown"),
    [
        (timedelta(seconds=-3), "0 seconds ago"),
        (timedelta(seconds=1), "1 second ago"),
        (timedelta(seconds=119), "1 minute ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1, hours=2), "1 day ago"),
        (timedelta(days=2), "2 days ago"),
    ],
)
def test_one_day_ago_is_said_as_english_says_it(
    past: timedelta, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "language", lambda: "en")
    assert fleet_view.ago(past) == shown


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (None, "–"),
        (0, fleet_view.CLOCK_FINE.id),
        (-4999, fleet_view.CLOCK_FINE.id),
        (5000, "+0:00:05"),
        (-7_200_000, "−2:00:00"),
    ],
)
def test_a_clock_is_said_to_be_right_within_five_seconds(milliseconds: int | None, shown: str) -> None:
    assert fleet_view.clock(milliseconds) == shown
