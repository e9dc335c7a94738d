"""Pairing, tokens, heartbeats and the fleet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from survey_app.errors import NotFound, Refused
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Paired, Pulse
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.tables import device as device_table
from survey_app.storage.tables import pairing as pairing_table
from tests.submissions import NOW

MINUTE = timedelta(minutes=1)


def paired(database: Database, name: str = "Loket 1", unit: str = "ptsp") -> Paired:
    return devices.pair(database, devices.create_pairing(database, ADMIN, unit, name, NOW).code, NOW)


def test_a_code_pairs_one_device_with_its_unit(database: Database, unit: UnitEntry) -> None:
    made = paired(database)
    known = devices.authenticate(database, made.device.code, made.token)
    assert known == made.device
    assert (made.device.name, made.device.unit_id) == ("Loket 1", unit.unit.id)
    assert devices.unit_of(database, made.device).unit.code == "ptsp"


def test_a_code_is_good_once(database: Database, unit: UnitEntry) -> None:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    devices.pair(database, code, NOW)
    with pytest.raises(Refused) as caught:
        devices.pair(database, code, NOW)
    assert caught.value.code == "pairing-code"
    assert len(devices.fleet(database, ADMIN, NOW)) == 1


def test_of_eight_devices_with_the_same_code_one_is_paired(database: Database, unit: UnitEntry) -> None:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code

    def attempt(_: int) -> bool:
        try:
            devices.pair(database, code, NOW)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert len(devices.fleet(database, ADMIN, NOW)) == 1


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (15, False), (16, False)])
def test_a_code_ends_after_a_quarter_of_an_hour(
    database: Database, unit: UnitEntry, minutes: int, works: bool
) -> None:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    if works:
        devices.pair(database, code, NOW + minutes * MINUTE)
    else:
        with pytest.raises(Refused):
            devices.pair(database, code, NOW + minutes * MINUTE)


def test_a_code_is_read_as_a_person_types_it(database: Database, unit: UnitEntry) -> None:
    """Small letters, blanks, and O, I and L for 0 and 1, as Crockford's alphabet has it."""
    for _ in range(5):
        code = devices.create_pairing(database, ADMIN, "ptsp", "Loket", NOW).code
        typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert devices.pair(database, typed, NOW).device.name == "Loket"


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "x" * 500, "'; --", "\x00"])
def test_a_wrong_code_pairs_nothing(database: Database, unit: UnitEntry, code: str) -> None:
    with pytest.raises(Refused):
        devices.pair(database, code, NOW)
    assert devices.fleet(database, ADMIN, NOW) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_device_needs_a_name(database: Database, unit: UnitEntry, name: str) -> None:
    with pytest.raises(Refused):
        devices.create_pairing(database, ADMIN, "ptsp", name, NOW)


def test_a_device_needs_a_unit(database: Database) -> None:
    with pytest.raises(NotFound):
        devices.create_pairing(database, ADMIN, "nowhere", "Loket", NOW)


def test_no_secret_is_in_the_database(database: Database, unit: UnitEntry) -> None:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    made = devices.pair(database, code, NOW)
    with database.read() as connection:
        rows = [
            *connection.execute(sa.select(device_table)).one(),
            *connection.execute(sa.select(pairing_table)).one(),
        ]
    text = " ".join(str(value) for value in rows)
    assert made.token not in text
    assert code not in text
    assert code.replace("-", "") not in text


def test_a_token_is_good_for_its_own_device_only(database: Database, unit: UnitEntry) -> None:
    first, second = paired(database, "Loket 1"), paired(database, "Loket 2")
    assert devices.authenticate(database, second.device.code, first.token) is None
    assert devices.authenticate(database, first.device.code, first.token + "x") is None
    assert devices.authenticate(database, first.device.code, "") is None
    assert devices.authenticate(database, "nowhere", first.token) is None


def test_a_revoked_device_is_refused_until_it_is_paired_again_with_a_new_token(
    database: Database, unit: UnitEntry
) -> None:
    made = paired(database)
    devices.revoke(database, ADMIN, made.device.code, NOW)
    assert devices.authenticate(database, made.device.code, made.token) is None
    again = devices.pair(
        database, devices.create_repairing(database, ADMIN, made.device.code, NOW).code, NOW + MINUTE
    )
    assert again.device.code == made.device.code
    assert devices.authenticate(database, again.device.code, again.token) is not None
    assert devices.authenticate(database, again.device.code, made.token) is None
    assert len(devices.fleet(database, ADMIN, NOW)) == 1


def test_revoking_twice_keeps_the_first_moment(database: Database, unit: UnitEntry) -> None:
    made = paired(database)
    devices.revoke(database, ADMIN, made.device.code, NOW)
    devices.revoke(database, ADMIN, made.device.code, NOW + MINUTE)
    assert devices.find(database, made.device.code).revoked_at == NOW
    with pytest.raises(NotFound):
        devices.revoke(database, ADMIN, "nowhere", NOW)


def test_a_heartbeat_says_what_waits_and_how_wrong_the_clock_is(database: Database, unit: UnitEntry) -> None:
    made = paired(database)
    pulse = Pulse(unsent=7, refused=2, version="abc", clock=NOW - timedelta(hours=2))
    devices.heartbeat(database, made.device, pulse, NOW)
    seen = devices.find(database, made.device.code)
    assert (seen.unsent, seen.refused, seen.version, seen.last_seen) == (7, 2, "abc", NOW)
    assert seen.clock_offset_ms == -2 * 60 * 60 * 1000


def test_the_fleet_shows_silent_devices_first_and_revoked_ones_last(
    database: Database, unit: UnitEntry
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "samsat", "Samsat", time_zone="Asia/Makassar")
    gone, quiet, alive = (paired(database, name, "samsat") for name in ("gone", "quiet", "alive"))
    pulse = Pulse(0, 0, "abc", NOW)
    devices.heartbeat(database, alive.device, pulse, NOW + 20 * MINUTE)
    devices.heartbeat(database, quiet.device, pulse, NOW + 4 * MINUTE)
    devices.revoke(database, ADMIN, gone.device.code, NOW)
    fleet = devices.fleet(database, ADMIN, NOW + 20 * MINUTE)
    assert [(f.device.name, f.silent, f.revoked) for f in fleet] == [
        ("quiet", True, False),
        ("alive", False, False),
        ("gone", False, True),
    ]
    assert fleet[0].entry.unit.code == "samsat"
